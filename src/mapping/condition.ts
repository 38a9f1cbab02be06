import type { Value } from '../model/record.ts';
import type { ConditionsText } from './schema.ts';
import type { Path } from './path.ts';
import { hasData, isList } from './shape.ts';
import { foldSpelling } from './table.ts';

/** How many different texts a comparison remembers; a bound on memory, not on use. */
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
  return (from) =>
    required.every((holds) => holds(from)) && !forbidden.some((holds) => holds(from));
}

function comparison(path: Path, expected: ConditionsText[string]): Condition {
  if (expected === 'filled') return (from) => hasData(path.read(from));
  if (expected === 'empty') return (from) => !hasData(path.read(from));
  const texts = new Set(expected.map(foldSpelling));
  const known = new Map<string, boolean>();
  const isExpected = (text: string): boolean => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = texts.has(foldSpelling(text));
    if (known.size < rememberedTexts) known.set(text, result);
    return result;
  };
  const fits = (value: Value): boolean =>
    typeof value === 'string' ? isExpected(value) : isList(value) && value.some(fits);
  return (from) => fits(path.read(from));
}
