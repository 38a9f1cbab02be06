import { headText, readHead } from '../adapter/head.ts';
import { detectAdapter } from '../adapter/detect.ts';
import type { SourceAdapter, SourceInput } from '../adapter/contract.ts';
import { SourceError, UsageError } from '../model/errors.ts';

/** The adapter for an input, and the files of the input that it reads. */
export interface ChosenSource {
  readonly adapter: SourceAdapter;
  readonly confidence: number;
  readonly reason: string;
  readonly input: SourceInput;
  /** Files that the adapter does not take for its own: documents beside an export. */
  readonly beside: readonly string[];
}

/**
 * Chooses the adapter: the one named, or the surest. Of several files, those it recognises are read; the rest
 * lies beside the export. Throws UsageError for an unknown name, SourceError when nobody knows the files.
 */
export async function chooseSource(
  adapters: readonly SourceAdapter[],
  input: SourceInput,
  name: string | undefined,
  signal: AbortSignal,
): Promise<ChosenSource> {
  const heads: { file: string; bytes: Uint8Array }[] = [];
  for (const file of input.files)
    heads.push({ file: file.name, bytes: await readHead(file, signal) });
  const empty = heads.filter(({ bytes }) => bytes.length === 0).map(({ file }) => file);
  if (empty.length === heads.length) {
    throw new SourceError(`${empty.join(', ')}: the file is empty.`, {
      hint: 'Export again, and check that the transfer was complete.',
    });
  }
  const candidates = name === undefined ? adapters : [adapterNamed(adapters, name)];
  const detected = detectAdapter(candidates, heads);
  const only = candidates[0];
  if (detected === undefined && (name === undefined || only === undefined)) {
    const first = heads.find(({ bytes }) => bytes.length > 0);
    throw new SourceError(
      `${heads.map(({ file }) => file).join(', ')}: no adapter knows this format. It begins with: ${beginning(first?.bytes)}`,
      {
        hint: `Known are ${adapters.map((adapter) => `${adapter.name} (${adapter.title})`).join(', ')}. Name one with --source to try it all the same.`,
      },
    );
  }
  const adapter = detected?.adapter ?? only;
  if (adapter === undefined) throw new UsageError('There is no adapter.');
  const known = new Set(
    heads
      .filter(({ file, bytes }) => adapter.detect(bytes, file) !== undefined)
      .map(({ file }) => file),
  );
  // A single file that was named together with its adapter is read whatever it looks like.
  const read = known.size === 0 ? input.files : input.files.filter((file) => known.has(file.name));
  return {
    adapter,
    confidence: detected?.confidence ?? 0,
    reason: detected?.reason ?? 'named by --source',
    input: { files: read },
    beside: input.files.filter((file) => !read.includes(file)).map((file) => file.name),
  };
}

/** The adapter of a name. Throws UsageError naming those there are. */
export function adapterNamed(adapters: readonly SourceAdapter[], name: string): SourceAdapter {
  const adapter = adapters.find((candidate) => candidate.name === name);
  if (adapter !== undefined) return adapter;
  throw new UsageError(`There is no adapter "${name}".`, {
    hint: `Known are ${adapters.map((candidate) => candidate.name).join(', ')}.`,
  });
}

function beginning(bytes: Uint8Array | undefined): string {
  const text = headText((bytes ?? new Uint8Array()).subarray(0, 240)).replace(/\s+/g, ' ');
  return `"${text.replace(/[^\P{C}]/gu, '·').slice(0, 80)}…"`;
}
