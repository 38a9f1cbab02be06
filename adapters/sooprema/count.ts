import type { BaselineCounts, SourceFile, SourceInput } from '../../src/adapter/contract.ts';
import { openFile } from '../../src/adapter/open-file.ts';
import { createTally } from '../../src/adapter/tally.ts';
import { textAt } from '../../src/adapter/value.ts';
import { scanJson } from '../../src/formats/json-count.ts';
import type { JsonSelect } from '../../src/formats/json.ts';
import { decodeText } from '../../src/formats/text.ts';
import type { ReadRecord } from '../../src/model/record.ts';
import { collectionOf, isMetadata, placeOf, select } from './document.ts';

// The fields by whose values a collection is counted, where it has them.
const dimensions = ['status', 'raw_status', 'stage', 'kind', 'channel'];

/** Counts the items of every collection by another path than `read`: cut out by brackets, parsed by JSON.parse. */
export async function count(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): Promise<BaselineCounts> {
  const tally = createTally();
  for (const file of input.files) {
    let answered: string | undefined;
    for await (const { path, value } of scan(file, select, signal)) {
      const place = placeOf(path);
      if (place?.kind !== 'item') continue;
      if (place.shape === 'list' && isObject(value) && isMetadata(Object.keys(value))) continue;
      if (place.shape === 'answer') answered ??= await endpointOf(file, signal);
      const item = isObject(value) ? value : {};
      const entity = place.collection ?? answered ?? 'properties';
      const deleted = isDeleted(item);
      tally.add(entity, deleted);
      for (const name of dimensions) {
        if (name in item) tally.split(entity, name, textOf(item[name]), deleted);
      }
      tally.split(entity, 'year', yearOf(textOf(item['created'])), deleted);
    }
  }
  return tally.counts();
}

const scan = (file: SourceFile, take: JsonSelect, signal: AbortSignal) =>
  scanJson(decodeText(openFile(file, signal), { file: file.name }), {
    file: file.name,
    select: take,
  });

async function endpointOf(file: SourceFile, signal: AbortSignal): Promise<string | undefined> {
  const request: JsonSelect = (path) =>
    path.length === 0 ? 'enter' : path[0] === 'request' ? 'take' : 'skip';
  for await (const { value } of scan(file, request, signal)) {
    return isObject(value) ? collectionOf(textOf(value['endpoint'])) : undefined;
  }
  return undefined;
}

type Item = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const isDeleted = ({ isDeleted: mark }: Item): boolean =>
  mark === 1 || mark === '1' || mark === true || mark === 'true';

const yearOf = (created: string): string => /^[1-9]\d{3}/.exec(created)?.[0] ?? '';

/** The values by which an item is counted, from its record. */
export function splits({ fields }: ReadRecord): Readonly<Record<string, string>> {
  const there = dimensions.filter((name) => Object.hasOwn(fields, name));
  return {
    ...Object.fromEntries(there.map((name) => [name, textAt(fields, name) ?? ''])),
    year: yearOf(textAt(fields, 'created') ?? ''),
  };
}
