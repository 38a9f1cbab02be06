import type { CsvEntity } from '../../src/adapter/csv-system.ts';
import type { Fields } from '../../src/model/record.ts';

/** The first three characters of an id of Salesforce say what it is the id of. */
const objects: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '005': 'User',
  '006': 'Opportunity',
  '00Q': 'Lead',
};

/**
 * Puts beside each column that may hold ids of several objects one that says of which: `WhoId` 00Q… has the type
 * Lead. The export leaves it to the prefix; the API gives it as `Who.Type`.
 */
export function typedIds(types: Readonly<Record<string, string>>): NonNullable<CsvEntity['shape']> {
  const added = new Set(Object.values(types));
  return {
    read: (cells) => {
      const found: Record<string, Fields[string]> = { ...cells };
      for (const [idColumn, typeColumn] of Object.entries(types)) {
        const id = cells[idColumn];
        const object = typeof id === 'string' ? objects[id.trim().slice(0, 3)] : undefined;
        if (object !== undefined) found[typeColumn] = object;
      }
      return found;
    },
    write: (fields) =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !added.has(name))),
  };
}
