import type { TableName } from '../crm/column.ts';
import { type Path, compilePath, itemItself } from './path.ts';
import type { Condition } from './condition.ts';
import type { WantedForm } from './forms/contract.ts';
import type { Place } from './document.ts';
import { type SourceFields, findField } from './source-field.ts';
import type { ValueTable } from './transform.ts';

/** Where paths begin: at the record, or at an item of a list. */
export interface PathScope {
  /** Path of the list whose item this is; empty for the record. */
  readonly list: string;
  readonly fields: SourceFields;
  /** Notes that a field is used, of every record. */
  use(path: string): void;
  /** Notes that a field is used of some records; the function it gives says that this is one. */
  useAtTimes(path: string): () => void;
}

/** A further row of a record (`also`), as links see it. */
export interface Part {
  readonly table: string;
  readonly condition: Condition | undefined;
}

/** What the rules of one mapping may refer to. */
export interface MappingScope {
  readonly entity: string;
  readonly root: TableName;
  readonly record: PathScope;
  readonly parts: ReadonlyMap<string, Part>;
  readonly tables: ReadonlyMap<string, ValueTable>;
  /** Notes that a field is read in the form of its column. */
  readonly wantForm: (field: string, kind: WantedForm['kind']) => void;
  /** Source entities that links may name; nothing where the source does not declare them. */
  readonly entities: readonly string[] | undefined;
  readonly tablesOf: TablesOf;
}

/** The tables of an entity's rows, or of a part of them; none where no mapping says. */
export type TablesOf = (entity: string, part: string | undefined) => readonly string[];

/**
 * Compiles a path and checks it against the source's fields. It counts as used, unless it only leads to a `list` whose
 * items are used field by field, or stands in a `condition`.
 */
export function pathIn(
  scope: PathScope,
  text: string,
  place: Place,
  as?: 'list' | 'condition',
): Path {
  const { wrong } = findField(text, scope.fields);
  if (wrong !== undefined) place.report(wrong);
  else if (text === itemItself && scope.list === '') place.report('"." is the item of an each');
  if (as === undefined) scope.use(text);
  return compilePath(text);
}

/** What messages and coverage call a path. */
export function fieldName(scope: PathScope, path: string): string {
  if (scope.list === '') return path;
  return path === itemItself ? `${scope.list}[]` : `${scope.list}[].${path}`;
}

/** What custom_fields call a path: the item itself has the name of its list. */
export function customName(scope: PathScope, path: string): string {
  return path === itemItself ? scope.list : path;
}
