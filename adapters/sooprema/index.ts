import * as z from 'zod';
import type {
  Detection,
  SourceAdapter,
  SourceEvent,
  SourceFile,
  SourceInput,
} from '../../src/adapter/contract.ts';
import { headText } from '../../src/adapter/head.ts';
import { openFile } from '../../src/adapter/open-file.ts';
import { isGroup, textAt } from '../../src/adapter/value.ts';
import { readJson } from '../../src/formats/json.ts';
import type { JsonItem, JsonSelect } from '../../src/formats/json.ts';
import { decodeText } from '../../src/formats/text.ts';
import { SourceError } from '../../src/model/errors.ts';
import { issue } from '../../src/model/issue.ts';
import { count, splits } from './count.ts';
import { collectionOf, isMetadata, placeOf } from './document.ts';
import { createEnvelope } from './envelope.ts';
import { entities } from './fields.ts';
import { malformedOf, recordOf } from './item.ts';
import { createPages } from './pages.ts';
import { rejects } from './rejects.ts';

/** Reads the JSON of Sooprema: a whole export, answers of its API page by page, or a list of properties. */
export const sooprema: SourceAdapter = {
  name: 'sooprema',
  title: 'Sooprema (JSON export)',
  options: z.strictObject({}),
  entities,
  detect,
  read,
  count,
  splits,
  rejects,
};

function detect(head: Uint8Array): Detection | undefined {
  const text = headText(head);
  const has = (pattern: RegExp): boolean => pattern.test(text);
  if (!has(/^\s*[[{]/)) return undefined;
  const reference = has(/"salesReference"\s*:/);
  if (has(/"response"\s*:/) && has(/"(results|status)"\s*:/)) {
    const named = Object.keys(entities).some((name) =>
      has(new RegExp(`"${name}"\\s*:\\s*[{[]|"endpoint"\\s*:\\s*"[^"]*/${name}\\b`)),
    );
    return named || reference
      ? { confidence: 0.95, reason: 'JSON with response and a collection of Sooprema' }
      : { confidence: 0.4, reason: 'JSON with response and results or status' };
  }
  return reference
    ? { confidence: 0.8, reason: 'JSON list of items with salesReference' }
    : undefined;
}

async function* read(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  const unknown = new Set<string>();
  const pages = createPages();
  for (const file of input.files) {
    const envelope = createEnvelope(file.name);
    let answered: string | undefined;
    for await (const found of walk(file, envelope.select, signal)) {
      if (found.kind === 'malformed') {
        yield malformedOf(found, file.name);
        continue;
      }
      const place = placeOf(found.path);
      if (place?.kind !== 'item') {
        if (place) envelope.note(place, found);
        continue;
      }
      if (place.shape === 'list' && isGroup(found.value) && isMetadata(Object.keys(found.value)))
        continue;
      if (place.shape === 'answer') {
        answered ??= envelope.endpoint ?? (await endpointOf(file, found, signal));
      }
      const entity = place.collection ?? answered ?? 'properties';
      envelope.admit(place, found, entity);
      if (!Object.hasOwn(entities, entity) && !unknown.has(entity)) {
        unknown.add(entity);
        const about = { entity, file: file.name, line: found.line };
        yield { kind: 'issue', issue: issue('UNKNOWN_COLLECTION', about) };
      }
      yield recordOf(found, { file: file.name, entity, timezone: envelope.timezone });
    }
    for (const found of envelope.close()) yield { kind: 'issue', issue: found };
    const collection = answered ?? envelope.endpoint;
    if (collection !== undefined) pages.add(collection, envelope.page(collection));
  }
  for (const found of pages.issues()) yield { kind: 'issue', issue: found };
}

const walk = (file: SourceFile, wanted: JsonSelect, signal: AbortSignal) =>
  readJson(decodeText(openFile(file, signal), { file: file.name }), {
    file: file.name,
    select: wanted,
    numbers: phoneFields,
  });

const phoneFields: ReadonlySet<string> = new Set(['phone', 'mobile', 'phone2', 'partnerPhone']);

/** The collection of an answer whose request comes after its items, or that does not name one. */
async function endpointOf(file: SourceFile, first: JsonItem, signal: AbortSignal): Promise<string> {
  const request: JsonSelect = (path) =>
    path.length === 0 ? 'enter' : path[0] === 'request' ? 'take' : 'skip';
  for await (const found of walk(file, request, signal)) {
    const endpoint = found.kind === 'item' ? textAt(found.value, 'endpoint') : undefined;
    const collection = collectionOf(endpoint ?? '');
    if (collection !== undefined) return collection;
  }
  if (isGroup(first.value) && 'salesReference' in first.value) return 'properties';
  throw new SourceError(
    `${file.name}, line ${first.line}: the items are of no known collection: request.endpoint is missing.`,
    { hint: 'Ask for the export with its request, as the API of Sooprema sends it.' },
  );
}
