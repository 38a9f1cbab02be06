import * as z from 'zod';
import type {
  Detection,
  SourceAdapter,
  SourceEvent,
  SourceInput,
} from '../../src/adapter/contract.ts';
import { headText } from '../../src/adapter/head.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { contentId, textAt } from '../../src/adapter/value.ts';
import { readXml } from '../../src/formats/xml.ts';
import type { XmlItem } from '../../src/formats/xml.ts';
import { issue } from '../../src/model/issue.ts';
import { count, splits } from './count.ts';
import { createEnvelope, placeOf } from './document.ts';
import type { Place } from './document.ts';
import { entities } from './fields.ts';
import { recordFields } from './record.ts';
import { rejects } from './rejects.ts';
import { sections } from './shape.ts';

/** Reads the XML of Inmoweb: its public feed of properties, and the export of a whole agency. */
export const inmoweb: SourceAdapter = {
  name: 'inmoweb',
  title: 'Inmoweb (XML feed or export)',
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
  const prolog = /^(?:\s|<\?[^]*?\?>|<!--[^]*?-->|<![A-Z][^>]*>)*/.exec(text)?.[0] ?? '';
  const root = /^<([^\s/>]+)/.exec(text.slice(prolog.length))?.[1] ?? '';
  if (root === 'inmoweb') return { confidence: 0.95, reason: 'root element <inmoweb>' };
  const section = sections.get(root);
  if (section === undefined) return undefined;
  const record = section.records.find((name) => new RegExp(`<${name}[\\s/>]`).test(text));
  if (record !== undefined)
    return { confidence: 0.9, reason: `root element <${root}> with <${record}>` };
  return { confidence: 0.3, reason: `root element <${root}>` };
}

async function* read(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  for (const file of input.files) {
    const envelope = createEnvelope(file.name);
    const items = readXml(await openXml(file, signal), {
      file: file.name,
      take: (path) => placeOf(path) !== undefined,
      enter: (path, attributes, line) => {
        envelope.enter(path, attributes, line);
      },
    });
    for await (const item of items) {
      const place = placeOf(item.path);
      if (place === undefined) continue;
      for (const found of envelope.admit(place.entity, item.line))
        yield { kind: 'issue', issue: found };
      yield recordOf(item, place, file.name);
    }
    for (const found of envelope.close()) yield { kind: 'issue', issue: found };
  }
}

function recordOf({ element, line }: XmlItem, { entity, named }: Place, file: string): SourceEvent {
  const fields = recordFields(element, entity, named);
  const reference = entity === 'properties' ? textAt(fields, 'referencia')?.trim() : undefined;
  const id = textAt(fields, 'id')?.trim() || reference;
  const sourceId = id || contentId(fields);
  const deleted = textAt(fields, 'borrado')?.trim() === '1';
  const record = { entity, sourceId, deleted, line, fields };
  const issues = id ? [] : [issue('RECORD_WITHOUT_ID', { entity, sourceId, file, line })];
  return { kind: 'record', file, record, issues };
}
