import type { Column, TableName } from '../crm/column.ts';
import { isTableName, tableNames } from '../crm/column.ts';
import { type Reference, keyOf } from '../model/draft.ts';
import { nameText, storableText } from '../model/name-text.ts';
import type { Value } from '../model/record.ts';
import { didYouMean } from './closest.ts';
import type { MissingParent } from './contract.ts';
import type { Place } from './document.ts';
import { type MakeReference, compileLookup } from './lookup.ts';
import { type Evaluate, type RuleScope, compileReading } from './reading.ts';
import type { RecordPass } from './record-pass.ts';
import type { Rule } from './schema.ts';
import type { MappingScope } from './scope.ts';

/** Compiles a rule of a link column; `to` is the table that the column refers to. */
export function compileLink(
  to: TableName,
  rule: Rule,
  place: Place,
  scope: RuleScope,
): Evaluate<Reference> {
  checkTable(to, rule, place);
  if (rule.missing === 'placeholder' && to !== 'users')
    place.at('missing').report('only a missing row of users can become a placeholder');
  if (rule.self === true) return linkToRoot(to, rule, place, scope);
  if (rule.from !== undefined) return linkByField(to, rule, rule.from, place, scope);
  if (rule.part !== undefined) return linkToPart(to, rule.part, place, scope);
  place.report('a link needs "from", "part" or "self: true"');
  return () => null;
}

/** What becomes of a row whose parent is not there, where the mapping does not say. */
export function missingByDefault(column: Column): MissingParent {
  return column.required === true ? 'park' : 'null';
}

function checkTable(to: TableName, { link = '' }: Rule, place: Place): void {
  if (!isTableName(link))
    place.at('link').report(`the CRM has no table "${link}".${didYouMean(link, tableNames)}`);
  else if (link !== to) place.at('link').report(`the column refers to ${to}, not to ${link}`);
}

function linkToRoot(
  to: TableName,
  rule: Rule,
  place: Place,
  { mapping }: RuleScope,
): Evaluate<Reference> {
  if (rule.from !== undefined || rule.part !== undefined)
    place.at('self').report('a link to the root row has no "from" and no "part"');
  if (mapping.root !== to)
    place.at('self').report(`the root row is one of ${mapping.root}, not of ${to}`);
  return (_, pass) => ({ by: 'key', key: pass.rootKey });
}

function linkToPart(
  to: TableName,
  name: string,
  place: Place,
  { mapping }: RuleScope,
): Evaluate<Reference> {
  const part = mapping.parts.get(name);
  if (part === undefined) {
    place
      .at('part')
      .report(`no row of "also" is called "${name}".${didYouMean(name, mapping.parts.keys())}`);
    return () => null;
  }
  if (part.table !== to)
    place.at('part').report(`"${name}" is a row of ${part.table}, not of ${to}`);
  const { condition } = part;
  // A row that the record does not have cannot be referred to, so the next rule may give the link.
  return (_, { record }) =>
    condition?.(record.fields) === false
      ? null
      : { by: 'key', key: keyOf(record.entity, record.sourceId, name) };
}

function linkByField(
  to: TableName,
  rule: Rule,
  from: string,
  place: Place,
  scope: RuleScope,
): Evaluate<Reference> {
  const { entity, part = '', by } = rule;
  if (entity !== undefined) checkEntity(to, { entity, part: rule.part }, place, scope.mapping);
  let reference: MakeReference;
  if (by !== undefined) reference = compileLookup(to, rule, by, place);
  else if (entity !== undefined)
    reference = (text) => ({ by: 'key', key: keyOf(entity, nameText(text), part) });
  else {
    place.report(`"from: ${from}" holds an id; "entity" must say of what, or "by" what it is`);
    return () => null;
  }
  return compileReading(rule, place, scope, (value, pass) => {
    const text = oneText(value, pass);
    return text === null ? null : reference(text, pass);
  });
}

/** Reports an entity that the source has not, or that becomes rows of other tables than `to`. */
export function checkEntity(
  to: TableName,
  { entity, part }: { readonly entity: string; readonly part: string | undefined },
  place: Place,
  { entities, tablesOf }: Pick<MappingScope, 'entities' | 'tablesOf'>,
): void {
  if (entities !== undefined && !entities.includes(entity)) {
    place
      .at('entity')
      .report(`the source has no entity "${entity}".${didYouMean(entity, entities)}`);
    return;
  }
  const tables = tablesOf(entity, part);
  if (tables.length > 0 && !tables.includes(to))
    place
      .at('entity')
      .report(`"${entity}" becomes rows of ${[...new Set(tables)].join(' and ')}, not of ${to}`);
}

function oneText(value: Value, pass: RecordPass): string | null {
  if (value === null) return null;
  if (typeof value === 'string') {
    const text = storableText(value.trim());
    return text === '' ? null : text;
  }
  pass.issue('VALUE_NOT_EXPECTED_SHAPE');
  return null;
}
