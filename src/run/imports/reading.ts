import { readHead } from '../../adapter/head.ts';
import { fieldNames } from '../../adapter/csv-header.ts';
import { cellsOf } from '../../formats/csv-cells.ts';
import { CsvFramer } from '../../formats/csv-frame.ts';
import { decodeHead } from '../../formats/text.ts';
import { guessKind } from '../../mapping/headers/kind.ts';
import { TableProfiler } from '../../mapping/headers/profile.ts';
import { NotReadyError } from '../../model/errors.ts';
import type { SourceFile, TableFacts } from '../../adapter/contract.ts';
import { openInputs } from '../inputs.ts';
import { headerKnowledge } from '../proposals.ts';
import type { ReadySource } from '../source-of-run.ts';
import { chooseSource } from '../source.ts';
import type { ReadingDocument } from './contract.ts';
import { fileOf, openImport, templates, anyTable } from './source.ts';
import type { StoredImport } from './store.ts';
import { surroundingsOf, type Workshop } from './workshop.ts';

const linesShown = 40;
/** More columns than these come of a wrong delimiter; and no page shows them. */
const mostColumns = 500;
const longestCell = 300;

/** The first lines of the file of an import as they will be read, and what it is taken for. */
export async function readingOf(workshop: Workshop, one: StoredImport): Promise<ReadingDocument> {
  const ready = await openImport(workshop, one);
  try {
    const { source, opened } = ready;
    const [first] = source.input.files;
    const facts = first === undefined ? undefined : await ready.describe(first);
    const { signal } = workshop.session.environment;
    const table =
      first === undefined || facts === undefined
        ? null
        : await tableOf(workshop, one, { first, facts, signal });
    const detected = await detectedOf(workshop, one);
    return {
      system: detected,
      kind: table === null ? null : await kindOfLines(workshop, one, table),
      table,
      files: opened.files.map(({ name }) => ({
        name: shownName(name, one),
        read: source.input.files.some((file) => file.name === name),
      })),
    };
  } finally {
    await ready.opened.close();
  }
}

type Table = NonNullable<ReadingDocument['table']>;

/** What is packed in a file goes by its own name. */
const shownName = (name: string, one: StoredImport): string => {
  const { name: file } = fileOf(one);
  return name.startsWith(`${file}/`) ? name.slice(file.length + 1) : name;
};

async function tableOf(
  workshop: Workshop,
  one: StoredImport,
  {
    first,
    facts,
    signal,
  }: { readonly first: SourceFile; readonly facts: TableFacts; readonly signal: AbortSignal },
): Promise<Table> {
  const head = await readHead(first, signal);
  const text = decodeHead(head, facts.encoding).replace(/^\ufeff/, '');
  const { lines, header } = linesOf(text, facts, first.sheet !== undefined);
  const names = fieldNames(header, undefined).filter(
    (_, place) => (header[place] ?? '').trim() !== '',
  );
  const columns = facts.columns.length > 0 ? facts.columns : names;
  return {
    encoding: facts.encoding,
    encodingCertain: facts.encodingCertain,
    delimiter: facts.delimiter,
    delimiterCertain: facts.delimiterCertain,
    headerLine: facts.headerLine,
    sheet: first.sheet ?? null,
    sheets: first.sheet === undefined ? [] : await sheetsOf(workshop, one),
    columns: columns.slice(0, mostColumns),
    lines,
    doubt:
      columns.length > mostColumns
        ? 'too-many-columns'
        : columns.length <= 1 && first.sheet === undefined
          ? 'one-column'
          : null,
  };
}

/** The lines at the beginning of a table: what stands before the header, the header, and the first rows. */
function linesOf(
  text: string,
  { delimiter, headerLine }: TableFacts,
  isSheet: boolean,
): { readonly lines: Table['lines']; readonly header: readonly string[] } {
  const shown = (cells: readonly string[]): string[] =>
    cells.slice(0, mostColumns).map((cell) => cell.slice(0, longestCell));
  const preamble: Table['lines'] = [];
  const ends = /\r\n?|\n/g;
  let start = 0;
  for (let line = 1; line < headerLine; line++) {
    const end = ends.exec(text);
    const written = text.slice(start, end?.index ?? text.length);
    const framer = new CsvFramer('', delimiter, 1);
    const [cells = [written]] = cellsOf([...framer.push(written), ...framer.end()], delimiter);
    if (line > headerLine - linesShown)
      preamble.push({ line, role: 'preamble', cells: shown(cells) });
    start = end === null ? text.length : ends.lastIndex;
  }
  const framer = new CsvFramer('', delimiter, headerLine, isSheet);
  const whole = framer.push(text.slice(start));
  const frames = (whole.length > 0 ? whole : framer.end())
    .filter((frame) => !frame.broken)
    .slice(0, linesShown);
  const rows = cellsOf(frames, delimiter);
  const lines = rows.map((cells, place) => ({
    line: frames[place]?.line ?? headerLine + place,
    role: place === 0 ? ('header' as const) : ('row' as const),
    cells: shown(cells),
  }));
  return { lines: [...preamble, ...lines], header: rows[0] ?? [] };
}

async function sheetsOf(workshop: Workshop, one: StoredImport): Promise<string[]> {
  const opened = await openInputs([fileOf(one).path], {
    ...surroundingsOf(workshop),
    names: [fileOf(one).name],
  });
  try {
    return opened.files.flatMap(({ sheet }) => sheet ?? []);
  } finally {
    await opened.close();
  }
}

/** What the file is taken for, whatever was chosen. */
async function detectedOf(
  workshop: Workshop,
  one: StoredImport,
): Promise<ReadingDocument['system']> {
  const { adapters, signal, standardInput } = surroundingsOf(workshop);
  const { sheet } = one.reading;
  const opened = await openInputs([fileOf(one).path], {
    signal,
    standardInput,
    names: [fileOf(one).name],
    ...(sheet == null ? {} : { sheet }),
  });
  try {
    const { adapter, confidence, reason } = await chooseSource(
      adapters,
      opened,
      undefined,
      signal,
    ).catch(() => chooseSource(adapters, opened, one.system ?? anyTable, signal));
    return { name: adapter.name, title: adapter.title, confidence, reason };
  } finally {
    await opened.close();
  }
}

/** What the rows are taken for, from the first of them. */
async function kindOfLines(
  workshop: Workshop,
  one: StoredImport,
  { columns, lines }: Table,
): Promise<ReadingDocument['kind']> {
  if (one.system !== anyTable && one.system !== templates && one.system !== null) return null;
  const knowledge = await headerKnowledge();
  const profiler = new TableProfiler();
  profiler.declare(columns);
  const header = lines.find(({ role }) => role === 'header')?.cells ?? [];
  const names = fieldNames(header, undefined);
  for (const { cells } of lines.filter(({ role }) => role === 'row'))
    profiler.add(Object.fromEntries(cells.map((cell, place) => [names[place] ?? '', cell])));
  const guess = guessKind(
    profiler.profiles(),
    fileOf(one).name,
    knowledge.vocabulary,
    knowledge.tables,
  );
  const { kind, confidence, reason, others } = guess;
  return { kind, confidence, reason, others: [...others] };
}

/** What a file that was just sent is taken for: the system, and what its rows are where that is sure. */
export async function lookAtFile(
  workshop: Workshop,
  one: StoredImport,
): Promise<{ readonly system: string; readonly kind: StoredImport['kind'] }> {
  const found = await detectedOf(workshop, { ...one, system: null });
  // A person who has said what the rows are wants their columns matched, but in an export that says it all itself.
  const isTable = found.name === anyTable || found.name === templates;
  if (!isTable) return { system: found.name, kind: one.kind };
  const reading = await readingOf(workshop, { ...one, system: anyTable, kind: one.kind });
  const guess = reading.kind;
  const isSure = guess !== null && guess.confidence >= 0.85;
  return { system: anyTable, kind: one.kind ?? (isSure ? guess.kind : null) };
}

/** The headers of a table; none of what is no table. */
export async function headersOf(workshop: Workshop, one: StoredImport): Promise<readonly string[]> {
  const ready: ReadySource = await openImport(workshop, one);
  try {
    const [first] = ready.source.input.files;
    if (first === undefined) throw new NotReadyError('There is nothing to read in the file.');
    return (await ready.describe(first))?.columns ?? [];
  } finally {
    await ready.opened.close();
  }
}
