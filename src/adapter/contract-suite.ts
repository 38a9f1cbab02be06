import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { AbortedError, SourceError } from '../model/errors.ts';
import type { ReadRecord, Value } from '../model/record.ts';
import type {
  RejectedRecord,
  SourceAdapter,
  SourceEvent,
  SourceField,
  SourceFile,
} from './contract.ts';
import { headLength } from './head.ts';
import { seal } from './seal.ts';
import { createTally } from './tally.ts';
import type { RecordEvent } from './seal.ts';
import { isGroup, isList } from './value.ts';

/** The files of one input, in memory. */
export interface Sample {
  readonly name: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Entities and paths of fields (`properties.extra`) that it holds and the adapter does not declare. */
  readonly undeclared?: readonly string[];
}

/** What the suite needs to know of an adapter. */
export interface AdapterUnderTest {
  readonly adapter: SourceAdapter;
  readonly options: unknown;
  /** All adapters there are: none may be surer of a sample than its own. */
  readonly adapters: readonly SourceAdapter[];
  /** Together they hold every declared field. */
  readonly samples: readonly Sample[];
  /** A text with a record that cannot be used, followed by one that can, and the issue it gives. */
  readonly malformed: { readonly text: string; readonly code: string };
  /** Texts that are not of the format, by what is wrong with them. */
  readonly wrong: Readonly<Record<string, string>>;
  /** A large input of about so many bytes, made while it is read. */
  readonly large: (bytes: number) => Iterable<string>;
  /** The beginning of a file can be a whole file: of a table, where it ends between two rows. */
  readonly divisible?: boolean;
  /** Its reader is that of another adapter in the list, which is held to the bounds of memory for both. */
  readonly sharesReader?: boolean;
  /** The adapter's own source files. */
  readonly sources: Readonly<Record<string, string>>;
}

/** A file in memory that comes in chunks of a size, and tells how much of it was read. */
export function memoryFile(name: string, bytes: Uint8Array, chunk = headLength): ProbeFile {
  return probe(name, function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  });
}

/** A file that watches its reader. */
export interface ProbeFile extends SourceFile {
  readonly bytesRead: () => number;
  readonly openStreams: () => number;
}

function probe(name: string, chunks: () => Iterable<Uint8Array>): ProbeFile {
  let read = 0;
  let open = 0;
  return {
    name,
    bytesRead: () => read,
    openStreams: () => open,
    async *open() {
      open += 1;
      try {
        for (const bytes of chunks()) {
          read += bytes.length;
          yield await Promise.resolve(bytes);
        }
      } finally {
        open -= 1;
      }
    },
  };
}

const megabyte = 1_048_576;
const never = new AbortController().signal;

/** The contract that every adapter keeps (architecture.md §4), as tests; adapters of others may run it too. */
export function describeAdapter(under: AdapterUnderTest): void {
  const { adapter, options, samples } = under;

  const filesOf = (sample: Sample, chunk?: number): readonly ProbeFile[] =>
    Object.entries(sample.files).map(([name, bytes]) => memoryFile(name, bytes, chunk));
  const read = (files: readonly SourceFile[], signal = never): AsyncIterable<SourceEvent> =>
    adapter.read({ files }, options, signal);
  const eventsOf = (sample: Sample, chunk?: number): Promise<readonly SourceEvent[]> =>
    collect(read(filesOf(sample, chunk)));
  const readText = (text: string): Promise<readonly SourceEvent[]> =>
    eventsOf({ name: 'text', files: { 'the-file': new TextEncoder().encode(text) } });
  const largeFile = (bytes: number): ProbeFile =>
    probe('large', function* () {
      for (const text of under.large(bytes)) yield new TextEncoder().encode(text);
    });

  describe(`adapter ${adapter.name}`, () => {
    describe.each(samples)('sample $name', (sample) => {
      it('is recognised by its own adapter, and by no other with more confidence', () => {
        for (const [name, bytes] of Object.entries(sample.files)) {
          const sure = (candidate: SourceAdapter): number =>
            candidate.detect(bytes.subarray(0, headLength), name)?.confidence ?? 0;
          expect(sure(adapter), name).toBeGreaterThan(0);
          expect(Math.max(...under.adapters.map(sure)), name).toBe(sure(adapter));
        }
      });

      it('gives the same events twice, and in chunks of any size', async () => {
        const events = await eventsOf(sample);
        expect(await eventsOf(sample)).toEqual(events);
        for (const chunk of [1, 3, 1021]) expect(await eventsOf(sample, chunk)).toEqual(events);
      });

      it('gives the same events with CRLF line ends and with a byte order mark', async () => {
        const events = await eventsOf(sample);
        const changed = (change: (text: string) => string): Sample => ({
          ...sample,
          files: Object.fromEntries(
            Object.entries(sample.files).map(([name, bytes]) => [
              name,
              new TextEncoder().encode(change(new TextDecoder().decode(bytes))),
            ]),
          ),
        });
        const lines = changed((text) => text.replaceAll(/\r?\n/g, '\r\n'));
        expect(await eventsOf(lines)).toEqual(events);
        expect(await eventsOf(changed((text) => `\ufeff${text}`))).toEqual(events);
      });

      it('takes ids from the data, and keeps every value as the text it was', async () => {
        const text = Object.values(sample.files)
          .map((bytes) => new TextDecoder().decode(bytes))
          .join('\n');
        for (const { record } of recordsOf(await eventsOf(sample))) {
          expect(record.sourceId.trim()).not.toBe('');
          // A key of several values names each of them, without regard to case and line ends.
          if (!record.sourceId.startsWith('sha256:'))
            for (const part of record.sourceId.split(' | '))
              expect(plain(text)).toContain(plain(part));
          for (const value of leavesOf(record.fields)) {
            if (value === null) continue;
            expect(value).toBeTypeOf('string');
            if (/^[+\d.,-]{1,40}$/.test(value)) expect(text).toContain(value);
          }
        }
      });

      it('holds no undeclared entity or field but those it names', async () => {
        const found = new Set<string>();
        for (const { record } of recordsOf(await eventsOf(sample))) {
          const entity = adapter.entities[record.entity];
          if (!entity) found.add(record.entity);
          else {
            for (const path of undeclaredIn(record.fields, entity.fields)) {
              found.add(`${record.entity}.${path}`);
            }
          }
        }
        expect([...found].sort()).toEqual([...(sample.undeclared ?? [])].sort());
      });

      it('reads again, as they were, the records that it writes as rejects', async () => {
        const records = recordsOf(await eventsOf(sample)).map(({ record }) => record);
        const byEntity = [...new Set(records.map(({ entity }) => entity))].flatMap((entity) =>
          records.filter((record) => record.entity === entity),
        );
        async function* each(): AsyncGenerator<RejectedRecord> {
          for (const record of byEntity) {
            yield await Promise.resolve({
              record,
              fate: 'rejected',
              reason: 'No -- such "owner" <',
            });
          }
        }
        const rejected = { [Symbol.asyncIterator]: each };
        const text = (await collect(adapter.rejects.write(rejected))).join('');
        const again = recordsOf(await readText(text)).map(({ record }) => record);
        const withoutLine = (record: ReadRecord) => ({ ...record, line: undefined });
        expect(again.map(withoutLine)).toEqual(byEntity.map(withoutLine));
      });

      it.runIf(under.divisible)('gives whole records wherever it is cut', async () => {
        const whole = recordsOf(await eventsOf(sample)).map(({ record }) => record);
        for (const [name, bytes] of Object.entries(sample.files)) {
          for (const part of [0.1, 0.5, 0.9, 0.99]) {
            const cut = bytes.subarray(0, Math.floor(bytes.length * part));
            const events = await eventsOf({ name, files: { [name]: cut } }).catch(
              (error: unknown) => {
                expect(error).toBeInstanceOf(SourceError);
                return [];
              },
            );
            // What the last row was cut to may be a row, too.
            for (const { record } of recordsOf(events).slice(0, -1))
              expect(whole).toContainEqual(record);
          }
        }
      });

      it.skipIf(under.divisible)(
        'is a SourceError with the position wherever it is cut',
        async () => {
          for (const [name, bytes] of Object.entries(sample.files)) {
            const end =
              new TextDecoder().decode(bytes).trimEnd().length === 0 ? 0 : lastByte(bytes);
            for (const length of [0.1, 0.5, 0.9, 1].map((part) => Math.floor(end * part))) {
              const cut = { name, files: { [name]: bytes.subarray(0, length) } };
              const error = await failureOf(eventsOf(cut));
              expect(error, `${name} cut at ${length}`).toBeInstanceOf(SourceError);
              expect(String(error)).toContain(name);
              expect(String(error)).toMatch(/\d/);
            }
          }
        },
      );

      it('has as many records as are counted by another path', async () => {
        const counts = await adapter.count({ files: filesOf(sample) }, options, never);
        const found: Record<string, { active: number; deleted: number }> = {};
        for (const { record } of recordsOf(await eventsOf(sample))) {
          const count = (found[record.entity] ??= { active: 0, deleted: 0 });
          count[record.deleted ? 'deleted' : 'active'] += 1;
        }
        const counted = Object.entries(counts)
          .filter(([, { active, deleted }]) => active + deleted > 0)
          .map(([entity, { active, deleted }]) => [entity, { active, deleted }]);
        expect(Object.fromEntries(counted)).toEqual(found);
        for (const { active, deleted, by } of Object.values(counts)) {
          for (const values of Object.values(by)) {
            const sum = Object.values(values).reduce(
              (total, value) => total + value.active + value.deleted,
              0,
            );
            expect(sum).toBeLessThanOrEqual(active + deleted);
          }
        }
      });

      it('splits its records as they are counted by another path', async () => {
        if (adapter.splits === undefined) return;
        const counts = await adapter.count({ files: filesOf(sample) }, options, never);
        const tally = createTally();
        for (const { record } of recordsOf(await eventsOf(sample))) {
          const { entity, deleted } = record;
          const splits = Object.entries(adapter.splits(record));
          tally.add(entity, deleted);
          for (const [dimension, value] of splits) tally.split(entity, dimension, value, deleted);
          // What could not be read has no values; the count may have found some.
          const found = counts[entity];
          if (splits.length === 0 && Object.keys(found?.by ?? {}).length > 0) return;
        }
        expect(tally.counts()).toEqual(
          Object.fromEntries(
            Object.entries(counts).filter(([, { active, deleted }]) => active + deleted > 0),
          ),
        );
      });
    });

    it('declares no field that no sample has', async () => {
      const unseen = new Set(
        Object.entries(adapter.entities).flatMap(([entity, { fields }]) =>
          pathsOf(fields).map((path) => `${entity}.${path}`),
        ),
      );
      for (const sample of samples) {
        for (const { record } of recordsOf(await eventsOf(sample))) {
          for (const path of filledPaths(record.fields)) unseen.delete(`${record.entity}.${path}`);
        }
      }
      expect([...unseen]).toEqual([]);
    });

    it('names as its id a field that it declares, and refers to entities that it declares', () => {
      for (const { id, fields } of Object.values(adapter.entities)) {
        if (id !== undefined) expect(Object.keys(fields)).toContain(id);
        for (const { refersTo } of Object.values(fields)) {
          if (refersTo !== undefined) expect(adapter.entities).toHaveProperty(refersTo);
        }
      }
    });

    it('reads a malformed record as an issue, and the next record still arrives', async () => {
      const events = recordsOf(await readText(under.malformed.text));
      const at = events.findIndex(({ issues }) =>
        issues.some(({ code, line }) => code === under.malformed.code && line !== undefined),
      );
      expect(at).toBeGreaterThanOrEqual(0);
      expect(events.slice(at + 1).some(({ issues }) => issues.length === 0)).toBe(true);
    });

    it.each(Object.entries(under.wrong))('ends with a SourceError for %s', async (_why, text) => {
      const error = await failureOf(readText(text));
      expect(error).toBeInstanceOf(SourceError);
      expect(String(error)).toContain('the-file');
    });

    it('reads lazily: the first record costs a small part of a large input', async () => {
      const file = largeFile(4 * megabyte);
      for await (const event of read([file])) if (event.kind === 'record') break;
      expect(file.bytesRead()).toBeLessThan(megabyte);
      expect(file.openStreams()).toBe(0);
    });

    it('ends with AbortedError when it is stopped, and closes its streams', async () => {
      const file = largeFile(4 * megabyte);
      const stop = new AbortController();
      const events = read([file], stop.signal);
      const error = await failureOf(
        (async () => {
          for await (const event of events) if (event.kind === 'record') stop.abort();
        })(),
      );
      expect(error).toBeInstanceOf(AbortedError);
      expect(file.openStreams()).toBe(0);
      expect(file.bytesRead()).toBeLessThan(4 * megabyte);
      const counting = adapter.count({ files: [file] }, options, stop.signal);
      expect(await failureOf(counting)).toBeInstanceOf(AbortedError);
    });

    it.skipIf(under.sharesReader)(
      'keeps its memory flat on 50 MB',
      { timeout: 300_000 },
      async () => {
        const file = largeFile(50 * megabyte);
        const used: number[] = [];
        let ordinal = 0;
        for await (const event of read([file])) {
          if (event.kind !== 'record') continue;
          seal(event, ordinal);
          ordinal += 1;
          if (file.bytesRead() > (used.length + 1) * 10 * megabyte) used.push(heapInUse());
        }
        const [first = 0] = used;
        expect(used.length).toBeGreaterThanOrEqual(4);
        expect(Math.max(...used) - first).toBeLessThan(4 * megabyte);
      },
    );

    it('touches neither file system, network nor environment, and knows no CRM', () => {
      const allowed =
        /^(zod|\.\/[\w-]+\.ts|(\.\.\/)+src\/(adapter|formats|model)\/[\w-]+\.ts|tesoro-migration-toolkit\/.*)$/;
      for (const [name, source] of Object.entries(under.sources)) {
        for (const [, from = ''] of source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
          expect(from, name).toMatch(allowed);
        }
        expect(source, name).not.toMatch(/\bprocess\.|\bfetch\(|\bglobalThis\b|\bconsole\./);
      }
    });
  });
}

const recordsOf = (events: readonly SourceEvent[]): readonly RecordEvent[] =>
  events.filter((event) => event.kind === 'record');

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');

/** The place of the last byte that is not layout. */
function lastByte(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte > 0x20);
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}

function leavesOf(value: Value): readonly (string | null)[] {
  if (typeof value === 'string' || value === null) return [value];
  return Object.values(value).flatMap(leavesOf);
}

type Declared = Readonly<Record<string, SourceField>>;

/** The groups that a field of groups holds, be it one or a list of them. */
const groupsIn = (value: Value) =>
  (isList(value) ? value : [value]).filter((item) => isGroup(item));

function undeclaredIn(fields: Readonly<Record<string, Value>>, declared: Declared): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const field = declared[name];
    if (!field) return [name];
    const { of } = field;
    if (!of) return [];
    return groupsIn(value).flatMap((group) =>
      undeclaredIn(group, of).map((path) => `${name}.${path}`),
    );
  });
}

function pathsOf(declared: Declared): string[] {
  return Object.entries(declared).flatMap(([name, { of }]) => [
    name,
    ...pathsOf(of ?? {}).map((path) => `${name}.${path}`),
  ]);
}

function filledPaths(fields: Readonly<Record<string, Value>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) => [
    name,
    ...groupsIn(value).flatMap((group) => filledPaths(group).map((path) => `${name}.${path}`)),
  ]);
}
