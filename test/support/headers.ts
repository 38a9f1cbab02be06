import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { csv } from '../../adapters/csv/index.ts';
import { readTableFiles, readVocabularyFiles } from '../../src/mapping/files.ts';
import { targetKinds, type TargetKind } from '../../src/mapping/headers/fields.ts';
import { type ColumnProfile, TableProfiler } from '../../src/mapping/headers/profile.ts';
import { type ColumnProposal, proposeFields } from '../../src/mapping/headers/propose.ts';
import { compileVocabulary } from '../../src/mapping/headers/vocabulary.ts';
import { loadTables } from '../../src/mapping/load.ts';

const root = join(import.meta.dirname, '../..');

export const tableFiles = await readTableFiles(join(root, 'mappings/tables'));
export const vocabularyFiles = await readVocabularyFiles(join(root, 'mappings/headers'));

/** The spellings and the value tables that come with the tool. */
export const knowledge = {
  vocabulary: compileVocabulary(vocabularyFiles),
  tables: loadTables(tableFiles),
};

/** The profile of a column with these values in its first rows. */
export function column(name: string, values: readonly string[] = [], rows = 10): ColumnProfile {
  const all = Math.max(rows, values.length);
  return { name, rows: all, filled: values.length === 0 ? 5 : values.length, sample: values };
}

/** What is proposed for columns, by column. */
export function proposed(
  kind: TargetKind,
  profiles: readonly ColumnProfile[],
): Readonly<Record<string, ColumnProposal>> {
  const proposals = proposeFields(profiles, { kind, ...knowledge });
  return Object.fromEntries(proposals.map((proposal) => [proposal.column, proposal]));
}

/** The field proposed for each of some headers that hold nothing to look at; `-` where there is none. */
export function fieldsOfHeaders(
  kind: TargetKind,
  headers: readonly string[],
): Readonly<Record<string, string>> {
  const found = proposed(
    kind,
    headers.map((name) => column(name)),
  );
  return Object.fromEntries(headers.map((name) => [name, found[name]?.match?.field ?? '-']));
}

const answer = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());

const headerSets = z.array(
  z.strictObject({
    system: z.string(),
    language: z.string(),
    kind: z.enum(targetKinds),
    columns: z.record(
      z.string(),
      z.union([
        answer.transform((is) => ({ is, values: [] as string[] })),
        z.strictObject({ is: answer, values: z.array(z.string()) }),
      ]),
    ),
  }),
);

/** Known headers with what they are, written by hand. */
export type HeaderSet = z.infer<typeof headerSets>[number];

/** Every set of test/data/header-sets.yaml. */
export function readHeaderSets(): readonly HeaderSet[] {
  const text = readFileSync(join(root, 'test/data/header-sets.yaml'), 'utf8');
  return headerSets.parse(parse(text, { schema: 'failsafe' }));
}

const sampleColumns = z.array(
  z.strictObject({
    file: z.string(),
    kind: z.enum(targetKinds),
    is: z.record(z.string(), answer),
  }),
);

/** A sample of another system, as a table that no adapter knows. */
export interface SampleTable {
  readonly file: string;
  readonly kind: TargetKind;
  readonly profiles: readonly ColumnProfile[];
  /** What each of its columns is. */
  readonly is: Readonly<Record<string, readonly string[]>>;
}

/** The samples of test/data/sample-columns.yaml, read as any table is. */
export async function readSampleTables(): Promise<readonly SampleTable[]> {
  const text = readFileSync(join(root, 'test/data/sample-columns.yaml'), 'utf8');
  const { signal } = new AbortController();
  return Promise.all(
    sampleColumns.parse(parse(text, { schema: 'failsafe' })).map(async ({ file, kind, is }) => {
      const source = { name: file, open: () => createReadStream(join(root, 'samples', file)) };
      const profiler = new TableProfiler();
      profiler.declare((await csv.describe?.(source, {}, signal))?.columns ?? []);
      for await (const event of csv.read({ files: [source] }, {}, signal))
        if (event.kind === 'record') profiler.add(event.record.fields);
      const profiles = profiler.profiles();
      const unknown = Object.keys(is).filter((name) => !profiles.some((one) => one.name === name));
      if (unknown.length > 0) throw new Error(`${file} has no column ${unknown.join(', ')}`);
      const named = profiles.map(({ name }) => [name, is[name] ?? ['-']] as const);
      return { file, kind, profiles, is: Object.fromEntries(named) };
    }),
  );
}
