import { tableNames, type TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import type { Lookup, MissingParent, TablePolicy } from '../mapping/contract.ts';

/** A column that refers to another row, with what to do when that row is not there. */
export interface LinkColumn {
  readonly name: string;
  readonly to: TableName;
  readonly required: boolean;
  readonly missing: MissingParent;
  /** Other tables of which the record that is meant may be a row. */
  readonly elsewhere: readonly TableName[];
  /** Written in a second pass, because the row it refers to may be written later (cycles, self references). */
  readonly late: boolean;
  /** Values by which its rules find rows, besides keys. */
  readonly lookups: readonly Lookup[];
}

/** The link columns of a table under a policy. */
export function linksOf(table: TableName, policy: TablePolicy): readonly LinkColumn[] {
  return Object.entries(columnsOf(table)).flatMap(([name, { type, required }]) => {
    if (type.kind !== 'link') return [];
    const isRequired = required ?? false;
    return [
      {
        name,
        to: type.to,
        required: isRequired,
        missing: policy.missing[name] ?? (isRequired ? 'park' : 'null'),
        elsewhere: policy.elsewhere[name] ?? [],
        late: tableNames.indexOf(type.to) >= tableNames.indexOf(table),
        lookups: policy.lookups[name] ?? [],
      },
    ];
  });
}
