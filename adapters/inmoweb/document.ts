import { SourceError } from '../../src/model/errors.ts';
import { issue } from '../../src/model/issue.ts';
import type { Issue } from '../../src/model/issue.ts';
import { sections } from './shape.ts';

/** What stands at the path of a record. */
export interface Place {
  /** The section; `section/element` for an element that the section should not have. */
  readonly entity: string;
  /** Whether the name of the element says more than the section does. */
  readonly named: boolean;
}

/** The three shapes: a public feed, a whole export, one section alone (formats.md §3.6). */
const isRoot = (name: string): boolean => name === 'inmoweb' || sections.has(name);

/** The place that a path is, where it is that of a record. */
export function placeOf(path: readonly string[]): Place | undefined {
  const [root = '', ...below] = path;
  const [section = '', element, ...more] = root === 'inmoweb' ? below : path;
  if (!isRoot(root) || element === undefined || more.length > 0) return undefined;
  const known = sections.get(section);
  if (known === undefined) return { entity: entityName(section), named: true };
  if (section === 'agenda') return { entity: section, named: true };
  return known.records.includes(element)
    ? { entity: section, named: false }
    : { entity: `${section}/${entityName(element)}`, named: false };
}

// Keys divide entity and id by a colon.
const entityName = (name: string): string => name.replaceAll(':', '_');

/** What one document says of itself, gathered while it is read. */
export interface Envelope {
  /** Notes an element that is no record. SourceError where the document is none of Inmoweb's. */
  enter(path: readonly string[], attributes: Readonly<Record<string, string>>, line: number): void;
  /** Counts a record; what is to be said of its section, once. */
  admit(entity: string, line: number): readonly Issue[];
  /** Once the document has ended: SourceError where it holds nothing, and what its counts show. */
  close(): readonly Issue[];
}

interface Declared {
  readonly section: string;
  readonly total: number | undefined;
  readonly line: number;
}

/** An envelope of which nothing has been read. */
export function createEnvelope(file: string): Envelope {
  const declared: Declared[] = [];
  const counts = new Map<string, number>();
  const unknown = new Map<string, number>();
  const found: Issue[] = [];
  let root = '';

  const declare = (section: string, total: string | undefined, line: number): void => {
    const digits = total?.trim() ?? '';
    const number = /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
    declared.push({ section, total: number, line });
    if (!sections.has(section)) unknown.set(section, line);
  };

  return {
    enter(path, attributes, line) {
      const [name = '', section] = path;
      if (path.length === 1) {
        root = name;
        if (!isRoot(name)) {
          throw new SourceError(
            `${file}, line ${line}: not of Inmoweb: the root element is <${name}>.`,
            {
              hint: 'Check the address of the feed, or name the right adapter.',
            },
          );
        }
        if (name !== 'inmoweb') declare(name, attributes['total'], line);
        else found.push(...versionIssues(file, attributes['version']?.trim() ?? ''));
      } else if (path.length === 2 && name === 'inmoweb') {
        declare(section ?? '', attributes['total'], line);
      }
    },
    admit(entity, line) {
      counts.set(entity, (counts.get(entity) ?? 0) + 1);
      const [section = '', element] = entity.split('/');
      if (element === undefined || unknown.has(entity)) return [];
      unknown.set(entity, line);
      // Such a record is none of its section's.
      counts.set(section, counts.get(section) ?? 0);
      return [issue('UNKNOWN_COLLECTION', { entity, file, line })];
    },
    close() {
      refuseEmpty(file, root, declared, counts);
      for (const [entity, line] of unknown) {
        if (!entity.includes('/')) found.push(issue('UNKNOWN_COLLECTION', { entity, file, line }));
      }
      return [...found, ...countIssues(file, declared, counts)];
    },
  };
}

function versionIssues(file: string, version: string): readonly Issue[] {
  if (version === '') return [issue('DOCUMENT_VERSION_MISSING', { file })];
  return version === '1.0' ? [] : [issue('DOCUMENT_VERSION_UNKNOWN', { file, value: version })];
}

/** A feed is all that is on offer: one that offers nothing went wrong where it was written (formats.md §10, rule 8). */
function refuseEmpty(
  file: string,
  root: string,
  declared: readonly Declared[],
  counts: ReadonlyMap<string, number>,
): void {
  const records = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // A section of an export that says how many records it has may have none.
  const mayBeEmpty = root !== 'inmoweb' && declared.every(({ total }) => total !== undefined);
  if (records > 0 || mayBeEmpty) return;
  const what = root === 'properties' ? 'the feed holds no property' : 'the export holds no record';
  throw new SourceError(`${file}, line 1: ${what}.`, {
    hint: 'Nothing was withdrawn. Inmoweb gives its feeds from 18:00 to 9:00 only; download it again, or ask its sender.',
  });
}

function countIssues(
  file: string,
  declared: readonly Declared[],
  counts: ReadonlyMap<string, number>,
): readonly Issue[] {
  const totals = new Map<string, number>();
  for (const { section, total } of declared) {
    if (total !== undefined) totals.set(section, (totals.get(section) ?? 0) + total);
  }
  return [...totals].flatMap(([section, total]) => {
    const entity = entityName(section);
    const records = counts.get(entity) ?? 0;
    if (records === total) return [];
    const args = { declared: String(total), found: String(records) };
    return [issue('DECLARED_COUNT_DIFFERS', { entity, file, args })];
  });
}
