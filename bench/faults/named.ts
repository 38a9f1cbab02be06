import type { VerifyDocument } from '../../src/run/documents.ts';
import type { Planted } from './plant.ts';

const words = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ');

/** What a verification names, in the words of `plantFaults`. */
export const namedFaults = ({ ids, fields, links }: VerifyDocument): Planted => ({
  missing: ids.missing.map(({ entity, sourceId, part }) => words(entity, sourceId, part)),
  unexpected: ids.unexpected.map(({ entity, id }) => words(entity, id)),
  different: fields.different.map(({ entity, sourceId, part, field }) =>
    words(entity, sourceId, part, field),
  ),
  broken: links.broken.map(({ entity, sourceId, part, field }) =>
    words(entity, sourceId, part, field),
  ),
});
