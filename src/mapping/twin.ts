import type { TableName } from '../crm/column.ts';
import { type Key, keyOf } from '../model/draft.ts';
import { nameText, storableText } from '../model/name-text.ts';
import type { Value } from '../model/record.ts';
import type { Place } from './document.ts';
import { checkEntity } from './link.ts';
import type { MappingText } from './schema.ts';
import { type MappingScope, pathIn } from './scope.ts';

/** Compiles `twin`: gives the key of the record that a record names as standing for the same row. */
export function compileTwin(
  written: MappingText['twin'],
  { to, place, scope }: { to: TableName; place: Place; scope: MappingScope },
): ((fields: Value) => Key | undefined) | undefined {
  if (written === undefined) return undefined;
  const { entity, from } = written;
  checkEntity(to, { entity, part: undefined }, place, scope);
  // It says who the record is and fills no column, so it stays with what no rule uses.
  const path = pathIn(scope.record, from, place.at('from'), 'condition');
  return (fields) => {
    const value = path.read(fields);
    const id = typeof value === 'string' ? storableText(value.trim()) : '';
    return id === '' ? undefined : keyOf(entity, nameText(id));
  };
}
