import type { Fields, Value } from '../model/record.ts';
import type { CsvEntity } from './csv-system.ts';
import { isGroup } from './value.ts';

type Shape = NonNullable<CsvEntity['shape']>;

/** Columns of a group, by their names within it: `{ home: { city: 'Home City' } }`. */
export type ColumnGroups = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every column of some groups. */
export const groupedColumns = (groups: ColumnGroups): readonly string[] =>
  Object.values(groups).flatMap((columns) => Object.values(columns));

/** Columns that belong together (`Home City`, `Home State` …) as one group of the record, and back again. */
export function columnGroups(groups: ColumnGroups): Shape {
  const grouped = new Set(groupedColumns(groups));
  return {
    read: (cells) => {
      const fields = without(cells, grouped);
      for (const [group, columns] of Object.entries(groups)) {
        const found: Record<string, Value> = {};
        for (const [name, column] of Object.entries(columns))
          if (cells[column] !== undefined) found[name] = cells[column];
        if (Object.keys(found).length > 0) fields[group] = found;
      }
      return fields;
    },
    write: (fields) => {
      const cells = without(fields, new Set(Object.keys(groups)));
      for (const [group, columns] of Object.entries(groups)) {
        const found = fields[group];
        if (!isGroup(found)) continue;
        for (const [name, column] of Object.entries(columns)) {
          const value = found[name];
          if (value !== undefined) cells[column] = value;
        }
      }
      return cells;
    },
  };
}

function without(fields: Fields, names: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
}
