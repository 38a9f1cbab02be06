import { headText, readHead } from '../adapter/head.ts';
import { detectAdapter, type DetectedAdapter, type FileHead } from '../adapter/detect.ts';
import type { Detection, SourceAdapter, SourceInput } from '../adapter/contract.ts';
import { documentTypeOf, documentTypeRefusal } from '../formats/xml-prolog.ts';
import { SourceError, UsageError } from '../model/errors.ts';

/** A file of the input that is not read. */
export interface FileBeside {
  readonly file: string;
  /** What it looks like, where some adapter knows it. */
  readonly looksLike: string | undefined;
}

/** The adapter for an input, and the files of the input that it reads. */
export interface ChosenSource {
  readonly adapter: SourceAdapter;
  readonly confidence: number;
  readonly reason: string;
  readonly input: SourceInput;
  /** Files that the adapter does not take for its own: documents beside an export. */
  readonly beside: readonly FileBeside[];
}

/**
 * Chooses the adapter: the one named, or the surest. Of several files, those it recognises are read; the rest
 * lies beside the export. Throws UsageError for an unknown name, SourceError when nobody knows the files or when
 * they are of several systems.
 */
export async function chooseSource(
  adapters: readonly SourceAdapter[],
  input: SourceInput,
  name: string | undefined,
  signal: AbortSignal,
): Promise<ChosenSource> {
  const heads: FileHead[] = [];
  for (const file of input.files)
    heads.push({ file: file.name, bytes: await readHead(file, signal) });
  if (heads.every(({ bytes }) => bytes.length === 0)) {
    throw new SourceError(`${heads.map(({ file }) => file).join(', ')}: the file is empty.`, {
      hint: 'Export again, and check that the transfer was complete.',
    });
  }
  const named = name === undefined ? undefined : adapterNamed(adapters, name);
  const looks = heads.map((head) => ({ head, found: detectAdapter(adapters, [head]) }));
  const adapter = named ?? surestOf(looks) ?? nobody(adapters, heads);
  const own = heads.flatMap((head) => {
    const detection = adapter.detect(head.bytes, head.file);
    return detection === undefined ? [] : [{ file: head.file, ...detection }];
  });
  const best = own.reduce<Detection | undefined>(
    (a, b) => (a === undefined || b.confidence > a.confidence ? b : a),
    undefined,
  );
  const known = new Set(own.map(({ file }) => file));
  // A single file that was named together with its adapter is read whatever it looks like.
  const read = known.size === 0 ? input.files : input.files.filter((file) => known.has(file.name));
  return {
    adapter,
    confidence: best?.confidence ?? 0,
    reason: best?.reason ?? 'named by --source',
    input: { files: read },
    beside: looks
      .filter(({ head }) => !read.some((file) => file.name === head.file))
      .map(({ head, found }) => ({
        file: head.file,
        looksLike: found && `${found.adapter.name} (${found.reason})`,
      })),
  };
}

interface Look {
  readonly head: FileHead;
  readonly found: DetectedAdapter | undefined;
}

/** The adapter that knows the files best; one that takes anything only where no other knows any of them. */
function surestOf(looks: readonly Look[]): SourceAdapter | undefined {
  const found = looks.flatMap((look) => look.found ?? []);
  const special = found.filter(({ adapter }) => adapter.open !== true);
  const candidates = [...new Set((special.length > 0 ? special : found).map((one) => one.adapter))];
  if (candidates.length <= 1) return candidates[0];
  // A file may look a little more like another system than like its own.
  const ofAll = candidates.find((adapter) =>
    special.every(({ file }) =>
      looks.some(
        ({ head }) => head.file === file && adapter.detect(head.bytes, file) !== undefined,
      ),
    ),
  );
  if (ofAll !== undefined) return ofAll;
  const examples = candidates.map((adapter) => special.find((one) => one.adapter === adapter));
  throw new SourceError(
    `The files are of several systems: ${examples.map((one) => `${one?.file ?? ''} looks like ${one?.adapter.title ?? ''} (${one?.reason ?? ''})`).join(', ')}.`,
    {
      hint: 'Import them one system at a time, or name one with --source: its files are read, the others are listed.',
    },
  );
}

function nobody(adapters: readonly SourceAdapter[], heads: readonly FileHead[]): never {
  const first = heads.find(({ bytes }) => bytes.length > 0);
  refuseDocumentType(first);
  throw new SourceError(
    `${heads.map(({ file }) => file).join(', ')}: no adapter knows this format. It begins with: ${beginning(first?.bytes)}`,
    {
      hint: `Known are ${adapters.map((adapter) => `${adapter.name} (${adapter.title})`).join(', ')}. Name one with --source to try it all the same.`,
    },
  );
}

/** Says of a file that nobody knows because of its document type that this is why, and of a web page that it is one. */
function refuseDocumentType(head: FileHead | undefined): void {
  if (head === undefined) return;
  const type = documentTypeOf(headText(head.bytes));
  if (type === undefined) return;
  if (type.toLowerCase() === 'html') {
    throw new SourceError(`${head.file}: this is a web page, and no export.`, {
      hint: 'Perhaps the download asked to sign in first, or the address was that of the page about it. Open it in a browser, and export again.',
    });
  }
  throw documentTypeRefusal(head.file);
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
