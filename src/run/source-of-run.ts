import type { SourceAdapter, SourceEvent, SourceFile, TableFacts } from '../adapter/contract.ts';
import { UsageError } from '../model/errors.ts';
import { issue } from '../model/issue.ts';
import type { RowKind, SourceRequest } from './contract.ts';
import { corrected } from './corrections.ts';
import { openInputs, type OpenedInput } from './inputs.ts';
import { chooseSource, type ChosenSource } from './source.ts';

/** What opening an input takes from outside. */
export interface SourceSurroundings {
  readonly adapters: readonly SourceAdapter[];
  readonly signal: AbortSignal;
  readonly standardInput: AsyncIterable<Uint8Array>;
}

/** An input that is open, its adapter chosen and its options checked: ready to be read, again and again. */
export interface ReadySource {
  readonly opened: OpenedInput;
  readonly source: ChosenSource;
  readonly read: () => AsyncIterable<SourceEvent>;
  /** How a file is written, where the format leaves that open. */
  readonly describe: (file: SourceFile) => Promise<TableFacts | undefined>;
  readonly count: () => ReturnType<SourceAdapter['count']>;
  /** The same source, whose rows are of a kind. */
  readonly named: (as: RowKind) => ReadySource;
}

/** Opens an input and finds out how it is read. The caller closes `opened`. */
export async function openSource(
  { adapters, signal, standardInput }: SourceSurroundings,
  request: SourceRequest,
): Promise<ReadySource> {
  const opened = await openInputs(request.inputs, {
    standardInput,
    signal,
    sheet: request.sheet,
    names: request.names,
  });
  try {
    const source = await chooseSource(adapters, opened, request.source, signal);
    return readySource(opened, source, request, signal);
  } catch (cause) {
    await opened.close();
    throw cause;
  }
}

function readySource(
  opened: OpenedInput,
  source: ChosenSource,
  request: SourceRequest,
  signal: AbortSignal,
): ReadySource {
  const { adapter, input } = source;
  const options = adapterOptions(adapter, request);
  const { corrections = [] } = request;
  const events = (): AsyncIterable<SourceEvent> => {
    const read = adapter.read(input, options, signal);
    return corrections.length === 0 ? read : corrected(read, corrections);
  };
  return {
    opened,
    source,
    read: () => withFilesBeside(source, events()),
    describe: (file) => Promise.resolve(adapter.describe?.(file, options, signal)),
    count: () => adapter.count(input, options, signal),
    named: (as) => readySource(opened, source, { ...request, as }, signal),
  };
}

/** What is read, after a word about the files of other systems, which are not. */
async function* withFilesBeside(
  { adapter, beside }: ChosenSource,
  events: AsyncIterable<SourceEvent>,
): AsyncGenerator<SourceEvent, void, undefined> {
  for (const { file, looksLike } of beside) {
    if (looksLike === undefined) continue;
    const args = { source: adapter.title, reason: looksLike };
    yield { kind: 'issue', issue: issue('FILE_NOT_READ', { file, args }) };
  }
  yield* events;
}

/** What is said about tables, by the flag that says it. */
const flags = {
  encoding: '--encoding',
  delimiter: '--delimiter',
  headerLine: '--header-line',
  entity: '--as',
} as const;

function adapterOptions(adapter: SourceAdapter, request: SourceRequest): unknown {
  const { encoding, delimiter, headerLine, as: entity } = request;
  const given = Object.entries({ encoding, delimiter, headerLine, entity }).filter(
    ([, value]) => value !== undefined,
  );
  const parsed = adapter.options.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const refused = new Set(
    parsed.error.issues.flatMap((found) =>
      found.code === 'unrecognized_keys' ? found.keys : found.path.map(String),
    ),
  );
  const named = given.filter(([name]) => refused.has(name));
  throw new UsageError(
    `The adapter ${adapter.name} does not take ${named.map(([name, value]) => `${flagOf(name)} ${String(value)}`).join(', ')}.`,
    {
      hint: refused.has('entity')
        ? `Its kinds of row are ${Object.keys(adapter.entities).join(', ')}. "--source csv" reads the file as a table of its own columns.`
        : 'Leave the option out.',
      cause: parsed.error,
    },
  );
}

const flagOf = (option: string): string =>
  Object.entries(flags).find(([name]) => name === option)?.[1] ?? `--${option}`;
