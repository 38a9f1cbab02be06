import type { Value } from '../model/record.ts';
import type { ConditionsText } from './schema.ts';
import type { Path } from './path.ts';
import { remembering } from './remembering.ts';
import { hasData, isList } from './shape.ts';
import { foldSpelling } from './table.ts';

/** How many different texts a comparison remembers. */
const rememberedTexts = 1000;

/** Whether a record, or an item of a list, fits. */
export type Condition = (from: Value) => boolean;

/** What stands under `when` and `unless`. */
export interface ConditionalText {
  readonly when?: ConditionsText | undefined;
  readonly unless?: ConditionsText | undefined;
}

/**
 * Compiles conditions: each of `when` must hold, none of `unless` may. Gives nothing where there are none, so that the
 * hot loop need not ask. `pathOf` compiles and checks a path that stands under `word`.
 */
export function compileConditions(
  { when = {}, unless = {} }: ConditionalText,
  pathOf: (path: string, word: 'when' | 'unless') => Path,
): Condition | undefined {
  const required = Object.entries(when).map(([path, expected]) =>
    comparison(pathOf(path, 'when'), expected),
  );
  const forbidden = Object.entries(unless).map(([path, expected]) =>
    comparison(pathOf(path, 'unless'), expected),
  );
  if (required.length + forbidden.length === 0) return undefined;
  return (from) => {
    for (const holds of required) if (!holds(from)) return false;
    for (const holds of forbidden) if (holds(from)) return false;
    return true;
  };
}

function comparison(path: Path, expected: ConditionsText[string]): Condition {
  if (expected === 'filled') return (from) => hasData(path.read(from));
  if (expected === 'empty') return (from) => !hasData(path.read(from));
  const texts = new Set(expected.map(foldSpelling));
  const isExpected = remembering(rememberedTexts, (text) => texts.has(foldSpelling(text)));
  const fits = (value: Value): boolean =>
    typeof value === 'string' ? isExpected(value) === true : isList(value) && value.some(fits);
  return (from) => fits(path.read(from));
}
