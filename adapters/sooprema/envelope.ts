import { isGroup, textAt } from '../../src/adapter/value.ts';
import type { JsonItem, JsonSelect } from '../../src/formats/json.ts';
import { SourceError } from '../../src/model/errors.ts';
import { issue } from '../../src/model/issue.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Value } from '../../src/model/record.ts';
import { collectionOf, select } from './document.ts';
import type { Place } from './document.ts';

/** What one document says of itself, gathered in whatever order its keys come. */
export interface Envelope {
  /** Selects what matters, and remembers what the document holds. */
  readonly select: JsonSelect;
  /** Keeps what stands at a place that is no item. */
  note(place: Exclude<Place, { kind: 'item' }>, item: JsonItem): void;
  /** Counts an item. SourceError where the document has turned out to be an error, or no list of properties. */
  admit(place: Extract<Place, { kind: 'item' }>, item: JsonItem, collection: string): void;
  /** Once the document has ended: SourceError if it is no whole export, and what its counts show. */
  close(): readonly Issue[];
  /** The collection that the request names. */
  readonly endpoint: string | undefined;
  readonly timezone: string | undefined;
  /** What is declared of the one collection of an answer, with the number of items read. */
  page(collection: string): Page;
}

/** A document of a collection that comes in pages. */
export interface Page {
  readonly page: number | undefined;
  readonly perPage: number | undefined;
  readonly total: number | undefined;
  readonly items: number;
}

/** An envelope of which nothing has been read. */
export function createEnvelope(file: string): Envelope {
  const names = new Set<string>();
  let listOfProperties = false;
  let hasResults = false;
  let endpoint: string | undefined;
  let status: { readonly text: string | undefined; readonly line: number } | undefined;
  let reason = '';
  let info: Value = null;
  const infos = new Map<string, Value>();
  const counts = new Map<string, number>();

  const refuse = (what: string, line?: number): never => {
    const where = line === undefined ? file : `${file}, line ${line}`;
    throw new SourceError(`${where}: ${what}.`, {
      hint: 'Make the export again, or name another file.',
    });
  };

  function refuseFailure(): void {
    if (!status || status.text === 'ok') return;
    const said =
      status.text === undefined ? 'without a status text' : `with status "${status.text}"`;
    refuse(`Sooprema answered ${said}: ${reason || 'no reason given'}`, status.line);
  }

  function refuseForeign(line?: number): void {
    if (listOfProperties || names.has('response')) return;
    const found =
      names.size > 0 ? `an object of ${[...names].join(', ')}` : 'no list of properties';
    refuse(`not a Sooprema export: found ${found}`, line);
  }

  function compare(entity: string | undefined, about: Value, items: number): readonly Issue[] {
    const declared = numberAt(about, 'count');
    // In an answer of the API the count may be that of all pages (formats.md §5.1).
    if (declared === undefined || declared === items) return [];
    if (declared === numberAt(about, 'total')) return [];
    const args = { declared: String(declared), found: String(items) };
    return [issue('DECLARED_COUNT_DIFFERS', { entity, file, args })];
  }

  return {
    select(path) {
      const [root, second] = path;
      if (path.length === 1 && root && root !== '[]' && names.size < 10) names.add(root);
      if (path.length === 2 && root === 'response' && second === 'results') hasResults = true;
      return select(path);
    },
    note(place, item) {
      if (place.kind === 'request') endpoint = textAt(item.value, 'endpoint');
      else if (place.kind === 'reason') reason = textAt(item.value) ?? '';
      else if (place.kind === 'status') status = { text: textAt(item.value), line: item.line };
      else if (place.collection === undefined) info = item.value;
      else infos.set(place.collection, item.value);
    },
    admit(place, item, collection) {
      refuseFailure();
      if (place.shape === 'list' && isGroup(item.value)) {
        if ('salesReference' in item.value) listOfProperties = true;
        refuseForeign(item.line);
      }
      counts.set(collection, (counts.get(collection) ?? 0) + 1);
    },
    close() {
      refuseForeign();
      if (listOfProperties) return [];
      refuseFailure();
      if (!status) refuse('malformed: the document has no response.status');
      if (!hasResults) refuse('malformed: the document has no response.results');
      const all = [...counts.values()].reduce((sum, items) => sum + items, 0);
      return [
        ...[...infos].flatMap(([name, about]) => compare(name, about, counts.get(name) ?? 0)),
        ...compare(undefined, info, all),
      ];
    },
    get endpoint() {
      return endpoint === undefined ? undefined : collectionOf(endpoint);
    },
    get timezone() {
      return textAt(info, 'timezone') || undefined;
    },
    page: (collection) => ({
      page: numberAt(info, 'page'),
      perPage: numberAt(info, 'perPage'),
      total: numberAt(info, 'total'),
      items: counts.get(collection) ?? 0,
    }),
  };
}

function numberAt(value: Value, name: string): number | undefined {
  const text = textAt(value, name);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
