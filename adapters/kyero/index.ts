import * as z from 'zod';
import type {
  Detection,
  SourceAdapter,
  SourceEvent,
  SourceFile,
  SourceInput,
} from '../../src/adapter/contract.ts';
import { headText } from '../../src/adapter/head.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { contentId, textAt } from '../../src/adapter/value.ts';
import { readXml } from '../../src/formats/xml.ts';
import type { XmlItem } from '../../src/formats/xml.ts';
import { textOf } from '../../src/formats/xml-element.ts';
import { SourceError } from '../../src/model/errors.ts';
import { issue } from '../../src/model/issue.ts';
import type { Fields, ReadRecord, Value } from '../../src/model/record.ts';
import { count, splits } from './count.ts';
import { entities } from './fields.ts';
import { agentFields, propertyFields } from './property.ts';
import { rejects } from './rejects.ts';

/** Reads Kyero feeds of version 2.1 and 3, and the dialects that go by that name. */
export const kyero: SourceAdapter = {
  name: 'kyero',
  title: 'Kyero (XML feed)',
  options: z.strictObject({}),
  entities,
  detect,
  read,
  count,
  splits,
  rejects,
};

const knownVersion = /^(3(\.\d)?|2[._]1)$/;

function detect(head: Uint8Array): Detection | undefined {
  const text = headText(head);
  const has = (pattern: RegExp): boolean => pattern.test(text);
  const prolog = /^(?:\s|<\?[^]*?\?>|<!--[^]*?-->|<![A-Z][^>]*>)*/.exec(text)?.[0] ?? '';
  const root = /^<([^\s/>]+)/.exec(text.slice(prolog.length))?.[1];
  if (root === 'kyero') return { confidence: 0.9, reason: 'root element <kyero>' };
  if (root !== 'root') return undefined;
  if (has(/<kyero[\s/>]/)) return { confidence: 0.95, reason: 'root element <root> with <kyero>' };
  if (has(/<feed_version[\s>]/))
    return { confidence: 0.7, reason: 'root element <root> with <feed_version>' };
  return has(/<property[\s>]/) && has(/<ref[\s>]/)
    ? { confidence: 0.6, reason: 'root element <root> with <property> and <ref>' }
    : undefined;
}

async function* read(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  for (const file of input.files) yield* readFeed(file, signal);
}

/** The elements that are read, by document element: some feeds have no <root> (formats.md §2.6). */
const taken: ReadonlyMap<string, readonly string[]> = new Map([
  ['root', ['kyero', 'agent', 'property']],
  ['kyero', ['kyero', 'feed_version', 'feed_generated', 'agent', 'property']],
]);

async function* readFeed(
  file: SourceFile,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  const unknown = new Map<string, number>();
  let version: string | undefined;
  let agentId: string | undefined;
  let isFeed = false;
  let isEmpty = true;

  const items = readXml(await openXml(file, signal), {
    file: file.name,
    take: ([root = '', name = '', ...more]) =>
      more.length === 0 && taken.get(root)?.includes(name) === true,
    enter([root = '', name, ...more], _attributes, line) {
      if (!taken.has(root))
        throw notFeed(`${file.name}, line ${line}`, `the root element is <${root}>`);
      if (name !== undefined && more.length === 0 && !unknown.has(name)) unknown.set(name, line);
    },
  });
  for await (const item of items) {
    const name = item.path[1];
    isFeed ||= name !== 'agent';
    if (name === 'property') isEmpty = false;
    if (name === 'property') yield propertyOf(item, file.name, agentId);
    else if (name === 'agent') {
      const record = agentOf(item);
      // An empty container names nobody.
      if (!hasText(record.fields)) continue;
      agentId = record.sourceId;
      yield { kind: 'record', file: file.name, record, issues: [] };
    } else if (name === 'feed_version') version ??= item.element.text.trim();
    else version ??= textOf(item.element, ['feed_version'])?.trim();
  }
  if (!isFeed) throw notFeed(file.name, 'it has neither <kyero> nor <property>');

  // A feed is all that is on offer; one that offers nothing went wrong where it was written (formats.md §10, rule 8).
  if (isEmpty) {
    throw new SourceError(`${file.name}: the feed holds no property.`, {
      hint: 'Nothing was withdrawn. Download the feed again, or ask its sender.',
    });
  }

  const about = { file: file.name };
  if (!version) yield { kind: 'issue', issue: issue('DOCUMENT_VERSION_MISSING', about) };
  else if (!knownVersion.test(version)) {
    yield { kind: 'issue', issue: issue('DOCUMENT_VERSION_UNKNOWN', { ...about, value: version }) };
  }
  for (const [entity, line] of unknown) {
    yield { kind: 'issue', issue: issue('UNKNOWN_COLLECTION', { ...about, entity, line }) };
  }
}

const notFeed = (where: string, why: string): SourceError =>
  new SourceError(`${where}: not a Kyero feed: ${why}.`, {
    hint: 'Check the address of the feed, or name the right adapter.',
  });

function propertyOf(item: XmlItem, file: string, agentId: string | undefined): SourceEvent {
  const { line } = item;
  const own = propertyFields(item.element);
  const fields: Fields = agentId === undefined ? own : { agent_id: agentId, ...own };
  const id = textAt(fields, 'id')?.trim() || textAt(fields, 'ref')?.trim();
  // The same with and without the agent, which may come and go.
  const sourceId = id || contentId({ ...own, agent_id: null });
  const record = { entity: 'property', sourceId, deleted: false, line, fields };
  const about = { entity: 'property', sourceId, file, line };
  return { kind: 'record', file, record, issues: id ? [] : [issue('RECORD_WITHOUT_ID', about)] };
}

const hasText = (value: Value): boolean =>
  typeof value === 'string'
    ? value.trim() !== ''
    : value !== null && Object.values(value).some(hasText);

/** An agency without id and name is known by what it says, for a feed has but one. */
function agentOf(item: XmlItem): ReadRecord {
  const { line } = item;
  const fields = agentFields(item.element);
  const id = textAt(fields, 'id')?.trim() || textAt(fields, 'name')?.trim();
  return { entity: 'agent', sourceId: id || contentId(fields), deleted: false, line, fields };
}
