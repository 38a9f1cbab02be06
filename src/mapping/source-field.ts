import type { SourceField } from '../adapter/contract.ts';
import { didYouMean } from './closest.ts';
import { itemItself } from './path.ts';

/** The fields that paths are checked against; nothing where a format does not declare them. */
export type SourceFields = Readonly<Record<string, SourceField>> | undefined;

/** What a path leads to. `fields` are the fields below it, where they are declared. */
export interface FoundField {
  readonly fields: SourceFields;
  /** A sentence, where the source has no such field. */
  readonly wrong?: string;
}

const undeclared: FoundField = { fields: undefined };

/** Follows a path through the declared fields of a source. */
export function findField(path: string, fields: SourceFields): FoundField {
  if (fields === undefined || path === itemItself) return undeclared;
  const flat = own(fields, path);
  if (flat !== undefined) return { fields: flat.of };
  let below: SourceFields = fields;
  for (const name of path.split('.')) {
    // Below a field without declared fields, names are data.
    if (below === undefined) return undeclared;
    const field = own(below, name);
    if (field === undefined) {
      const wrong = `the source has no field "${name}".${didYouMean(name, Object.keys(below))}`;
      return { fields: undefined, wrong };
    }
    below = field.of;
  }
  return { fields: below };
}

function own(fields: Readonly<Record<string, SourceField>>, name: string): SourceField | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
