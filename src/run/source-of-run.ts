import type { SourceAdapter, SourceEvent } from '../adapter/contract.ts';
import { compileMappings } from '../mapping/compile.ts';
import type { AccountDefaults, MappingSet, Requirements } from '../mapping/contract.ts';
import { UsageError } from '../model/errors.ts';
import type { MappingRequest, SourceRequest } from './contract.ts';
import { openInputs, type OpenedInput } from './inputs.ts';
import { mappingFilesFor } from './mappings.ts';
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
  readonly count: () => ReturnType<SourceAdapter['count']>;
}

/** Opens an input and finds out how it is read. The caller closes `opened`. */
export async function openSource(
  { adapters, signal, standardInput }: SourceSurroundings,
  request: SourceRequest & Pick<MappingRequest, 'as'>,
): Promise<ReadySource> {
  if (request.as !== undefined) {
    throw new UsageError('--as is for CSV files, which this version does not read yet.', {
      hint: 'Leave the option out.',
    });
  }
  const opened = await openInputs(request.inputs, standardInput, signal);
  try {
    const source = await chooseSource(adapters, opened, request.source, signal);
    const options = adapterOptions(source.adapter, request);
    return {
      opened,
      source,
      read: () => source.adapter.read(source.input, options, signal),
      count: () => source.adapter.count(source.input, options, signal),
    };
  } catch (cause) {
    await opened.close();
    throw cause;
  }
}

function adapterOptions(adapter: SourceAdapter, { encoding, delimiter }: SourceRequest): unknown {
  const given = Object.fromEntries(
    Object.entries({ encoding, delimiter }).filter(([, value]) => value !== undefined),
  );
  const parsed = adapter.options.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `The adapter ${adapter.name} does not take ${Object.keys(given)
      .map((name) => `--${name} ${String(given[name])}`)
      .join(', ')}.`,
    { hint: 'Leave the option out.', cause: parsed.error },
  );
}

/** The mappings for an adapter, compiled for an account. */
export async function mappingsFor(
  adapter: SourceAdapter,
  defaults: AccountDefaults,
  request: {
    readonly mapping?: string | undefined;
    readonly requirements?: Requirements | undefined;
  },
): Promise<MappingSet> {
  const files = await mappingFilesFor(adapter.name, request.mapping);
  return compileMappings(files, {
    adapter: adapter.name,
    entities: adapter.entities,
    account: defaults,
    requirements: request.requirements,
  });
}
