/**
 * The stable name of a row in its source: `entity:sourceId`, and `#part` for the further rows of one
 * record. An entity never holds a colon, so the first colon divides.
 */
export type Key = string;

/** The key of a record, or of one of its parts. */
export function keyOf(entity: string, sourceId: string, part = ''): Key {
  return part === '' ? `${entity}:${sourceId}` : `${entity}:${sourceId}#${part}`;
}

/**
 * A reference that is still symbolic: resolved by the plan, through keys, by an agent's e-mail, or by a value that a
 * column of the rows of one source entity has.
 */
export type Reference =
  | { readonly by: 'key'; readonly key: Key }
  | { readonly by: 'email'; readonly email: string }
  | {
      readonly by: 'value';
      readonly entity: string;
      readonly column: string;
      readonly value: string;
    };

/** The text of a reference: what links are staged as, and what cases and messages show. */
export function referenceText(reference: Reference): string {
  switch (reference.by) {
    case 'key':
      return reference.key;
    case 'email':
      return `email:${reference.email}`;
    case 'value':
      return `${valuePrefix(reference)}${reference.value}`;
  }
}

/** What stands before the value in a reference by value; no entity has a dot in its name. */
export function valuePrefix({
  entity,
  column,
}: {
  readonly entity: string;
  readonly column: string;
}): string {
  return `${entity}.${column}:`;
}

/** A value in canonical form, as its column takes it: text of numbers, dates, booleans; lists; JSON. */
export type ColumnValue = string | null | readonly string[];

/** A row of the CRM as it should be, references still symbolic. */
export interface Draft {
  readonly table: string;
  readonly entity: string;
  readonly sourceId: string;
  /** Names the row among the record's further rows; empty for one that is known by the record's own key in its table. */
  readonly part: string;
  /** Whether the record's fate is this draft's: exactly one draft of a record is its root. */
  readonly root: boolean;
  readonly deleted: boolean;
  /** The record that stands for the same row, where this one says so. Of root drafts only. */
  readonly twin?: Key | undefined;
  readonly values: Readonly<Record<string, ColumnValue>>;
  readonly links: Readonly<Record<string, Reference>>;
  /** Set where the mapping already knows that the row will not come in. */
  readonly fate?: 'rejected' | 'excluded' | undefined;
}
