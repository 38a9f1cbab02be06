/** What a column of the CRM holds; decides its SQL type, its check and how a mapped text is validated. */
export type ColumnType =
  | { readonly kind: 'text'; readonly max?: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'integer' }
  | { readonly kind: 'numeric' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date' }
  | { readonly kind: 'timestamp' }
  /** A list of texts, `text[]`. */
  | { readonly kind: 'texts' }
  | { readonly kind: 'json' }
  | { readonly kind: 'link'; readonly to: TableName };

/** A column as it is declared: its type, and whether the CRM wants a value in it. */
export interface Column {
  readonly type: ColumnType;
  /** The database refuses a row without it (`NOT NULL`). */
  readonly required?: boolean;
  /** The CRM's forms ask for it; a record without it is incomplete, and still comes in (`lenient`). */
  readonly expected?: boolean;
  /** What the database fills in where no value is given, as SQL. */
  readonly default?: string;
  /** What the column means, where its name does not say it; units included. */
  readonly about?: string;
}

/** A value that may stand once per account among the rows that are not deleted. */
export interface UniqueRule {
  readonly column: string;
  /** What a second live row with the value becomes: the same row (`duplicate`), or one without it (`clear`). */
  readonly collision: 'duplicate' | 'clear';
}

/** A table of schema `crm`, apart from the columns that all tables have (`commonColumns`). */
export interface Table {
  readonly name: TableName;
  /** One of its rows, in words. */
  readonly one: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly unique?: readonly UniqueRule[];
  /** The link to the row that owns this one: it is deleted with it and retired when it is no longer listed. */
  readonly owner?: string;
}

export const tableNames = [
  'users',
  'relations',
  'people',
  'properties',
  'property_images',
  'leads',
  'deals',
  'deal_people',
  'deal_properties',
  'activities',
  'attachments',
] as const;

/** The tables that an import fills, in the order in which their rows can be written. */
export type TableName = (typeof tableNames)[number];

/** Whether a text names a table that an import fills. */
export function isTableName(name: string): name is TableName {
  return (tableNames as readonly string[]).includes(name);
}
