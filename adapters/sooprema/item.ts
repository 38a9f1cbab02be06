import type { SourceEvent } from '../../src/adapter/contract.ts';
import { contentId, isGroup, isList, textAt } from '../../src/adapter/value.ts';
import type { JsonItem, JsonMalformed } from '../../src/formats/json.ts';
import { issue } from '../../src/model/issue.ts';
import type { Fields, Value } from '../../src/model/record.ts';

/** An item with the collection it is from, and the time zone its document names. */
export interface Placed {
  readonly file: string;
  readonly entity: string;
  readonly timezone: string | undefined;
}

// How much of a broken record its issue quotes; the whole is in the record.
const shown = 200;

/** Where a file of rejected records gives the reason; no field of the source. */
export const reasonKey = '_rejected';

/** The record of an item. One that cannot be identified comes too, with an error, so that it is accounted for. */
export function recordOf(item: JsonItem, { file, entity, timezone }: Placed): SourceEvent {
  const { line } = item;
  const value = withLists(withoutReason(item.value));
  const fields: Fields = isGroup(value) ? value : { value };
  const id = isGroup(value) ? identityOf(entity, fields) : undefined;
  const sourceId = id ?? contentId(value);
  const about = { entity, sourceId, file, line };
  const issues = item.duplicateKeys.map((field) => issue('DUPLICATE_KEY', { ...about, field }));
  for (const field of item.numbers ?? []) {
    const number = { ...about, field, value: textAt(fields, field) ?? '' };
    issues.push(issue('PHONE_WRITTEN_AS_NUMBER', number));
  }
  if (!isGroup(value)) {
    const found = typeof value === 'string' ? value : JSON.stringify(value);
    issues.push(issue('RECORD_UNREADABLE', { ...about, value: found.slice(0, shown) }));
  } else if (id === undefined) issues.push(issue('RECORD_WITHOUT_ID', about));
  const deleted = ['1', 'true'].includes(textAt(fields, 'isDeleted') ?? '');
  const zone = timezone === undefined ? {} : { timezone };
  return {
    kind: 'record',
    file,
    record: { entity, sourceId, deleted, line, fields, ...zone },
    issues,
  };
}

/** The record in the place of a line that is not JSON. */
export function malformedOf(found: JsonMalformed, file: string): SourceEvent {
  const { line, text: value, reason } = found;
  const record = {
    entity: 'properties',
    sourceId: contentId(value),
    deleted: false,
    line,
    fields: { value },
  };
  const { entity, sourceId } = record;
  const details = { entity, sourceId, file, line, value: value.slice(0, shown), args: { reason } };
  return { kind: 'record', file, record, issues: [issue('RECORD_MALFORMED', details)] };
}

/** Numbers and digit strings are one; a property without an id is known by its reference. */
function identityOf(entity: string, fields: Fields): string | undefined {
  const id = textAt(fields, 'id')?.trim();
  if (id !== undefined && id !== '') return id;
  if (entity !== 'properties') return undefined;
  return textAt(fields, 'salesReference')?.trim() || undefined;
}

/** PHP writes a list with gaps as an object with numbers for names, beside which the `total` may stand. */
function withLists(value: Value): Value {
  if (value === null || typeof value === 'string') return value;
  if (isList(value)) {
    const items = value.map(withLists);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  // Names that are numbers come first, in their order, whatever order they were written in.
  const names = Object.keys(value);
  if (isNumber(names[0]) && names.every((name) => isNumber(name) || name === 'total'))
    return names.filter(isNumber).map((name) => withLists(value[name] ?? null));
  let changed: Record<string, Value> | undefined;
  for (const name of names) {
    const found = value[name] ?? null;
    const made = withLists(found);
    if (made !== found) (changed ??= { ...value })[name] = made;
  }
  return changed ?? value;
}

const isNumber = (name: string | undefined): boolean => /^\d{1,9}$/.test(name ?? '');

function withoutReason(value: Value): Value {
  if (!isGroup(value) || !Object.hasOwn(value, reasonKey)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== reasonKey));
}
