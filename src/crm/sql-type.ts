import type { ColumnType } from './column.ts';

/** The SQL type of a column, in `crm` and in `staging` alike. */
export function sqlTypeOf(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'enum':
      return 'text';
    case 'integer':
      return 'integer';
    case 'numeric':
      return 'numeric';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'timestamp':
      return 'timestamptz';
    case 'texts':
      return 'text[]';
    case 'json':
      return 'jsonb';
    case 'link':
      return 'uuid';
  }
}
