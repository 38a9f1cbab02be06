import { nameText } from '../model/name-text.ts';
import type { Value } from '../model/record.ts';
import type { CustomFields } from './custom-fields.ts';
import { isSpreadsheetError } from './forms/damage.ts';
import type { Place } from './document.ts';
import type { Path } from './path.ts';
import type { RecordPass } from './record-pass.ts';
import type { Rule } from './schema.ts';
import { type MappingScope, type PathScope, customName, fieldName, pathIn } from './scope.ts';
import { hasData, isGroup, isList } from './shape.ts';
import { compileSteps, runSteps } from './steps.ts';
import { foldSpelling } from './table.ts';

/** Gives a column its value from a record, or from an item of it; null where it has none. */
export type Evaluate<Result> = (
  from: Value,
  pass: RecordPass,
  custom: CustomFields,
) => Result | null;

/** Where a rule is compiled: `paths` says where its paths begin. */
export interface RuleScope {
  readonly mapping: MappingScope;
  readonly paths: PathScope;
  /** Whether the rule, or its row, is there for some records only. */
  readonly atTimes?: boolean;
}

/**
 * What stands behind the transforms of a rule: brings the value into the column's form, or makes a reference of it. It
 * makes null of null.
 */
type Finish<Result> = (value: Value, pass: RecordPass) => Result | null;

interface Source {
  readonly path: Path;
  /** Its name in custom_fields. */
  readonly name: string;
}

/** Compiles a rule that reads: `from` or `combine`, then `do`, then `finish`. */
export function compileReading<Result>(
  rule: Rule,
  place: Place,
  { mapping, paths, atTimes = false }: RuleScope,
  finish: Finish<Result>,
): Evaluate<Result> {
  const word = rule.from === undefined ? 'combine' : 'from';
  const texts = rule.from === undefined ? (rule.combine ?? []) : [rule.from];
  const applications: (() => void)[] = [];
  const noting: PathScope = {
    ...paths,
    use: (path) => {
      applications.push(paths.useAtTimes(path));
    },
  };
  const sources = texts.map((text) => ({
    path: pathIn(atTimes ? noting : paths, text, place.at(word)),
    name: customName(paths, text),
  }));
  const steps = compileSteps(rule.do, place, mapping);
  const fields = texts.map((text) => fieldName(paths, text));
  for (const { leavesForm } of steps)
    if (leavesForm !== undefined) for (const one of fields) mapping.wantForm(one, leavesForm);
  const field = fields.join(', ');
  const columns = fields.map((one) => one.replaceAll('[]', ''));
  const alwaysKeep = rule.keepOriginal === true;
  const [first] = sources;
  const read: (from: Value) => Value =
    word === 'from' && first !== undefined
      ? (from) => first.path.read(from)
      : (from) => sources.map(({ path }) => path.read(from));
  // Half of all fields are empty, and then there is nothing to do.
  const readsNothing = steps.some((step) => step.readsNothing);

  return (from, pass, custom) => {
    for (const apply of applications) apply();
    const written = read(from);
    if (written === null && !readsNothing) return null;
    pass.begin(field, written, columns);
    const input = withoutErrors(written, pass);
    const result = finish(steps.length === 0 ? input : runSteps(steps, input, pass), pass);
    if (pass.originalWanted) keepOriginals(sources, from, custom);
    else if (alwaysKeep || pass.originalAtRisk) keepOriginals(sources, from, custom, result);
    return result;
  };
}

/** A value without what a spreadsheet shows where a formula failed, which is no value. */
function withoutErrors(value: Value, pass: RecordPass): Value {
  if (typeof value === 'string') {
    if (!isSpreadsheetError(value.trim())) return value;
    pass.issue('SPREADSHEET_ERROR', { value });
    return null;
  }
  return isList(value) && value.some((item) => typeof item === 'string' && item.startsWith('#'))
    ? value.map((item) => withoutErrors(item, pass))
    : value;
}

/** Keeps the source's values of a rule, but for those that the result says as they are, however spelt. */
function keepOriginals(
  sources: readonly Source[],
  from: Value,
  custom: CustomFields,
  result: unknown = null,
): void {
  for (const { path, name } of sources) {
    const original = path.read(from);
    if (hasData(original) && !says(result, original)) custom.keep(name, withoutEmpty(original));
  }
}

/** What says nothing in a group need not be kept. */
function withoutEmpty(value: Value): Value {
  if (!isGroup(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => hasData(member)));
}

function says(result: unknown, original: Value): boolean {
  if (result === original) return true;
  if (typeof original === 'string') {
    if (typeof result === 'string') return foldSpelling(result) === foldSpelling(original);
    return refersTo(result, original);
  }
  return (
    isList(original) &&
    Array.isArray(result) &&
    original.length === result.length &&
    original.every((item, index) => says(result[index], item))
  );
}

/** Whether the value is a link to the record with this very id. */
function refersTo(result: unknown, id: string): boolean {
  if (typeof result !== 'object' || result === null || !('key' in result)) return false;
  const { key } = result;
  return typeof key === 'string' && key.slice(key.indexOf(':') + 1) === nameText(id.trim());
}
