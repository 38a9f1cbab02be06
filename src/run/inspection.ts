import { detectEncoding } from '../formats/text.ts';
import { readHead } from '../adapter/head.ts';
import type { Value } from '../model/record.ts';
import { messageOf } from '../report/messages.ts';
import type { SourceRequest } from './contract.ts';
import type { InspectDocument } from './documents.ts';
import { openSource } from './source-of-run.ts';
import type { Session } from './session.ts';

// Bounds of what is remembered: fields per entity, examples per field, warnings.
const mostFields = 2_000;
const mostExamples = 3;
const exampleLength = 80;
const mostWarnings = 100;

interface FieldTally {
  filled: number;
  readonly examples: string[];
}

interface EntityTally {
  active: number;
  deleted: number;
  readonly fields: Map<string, FieldTally>;
}

/** Reads an input to its end and tells what is in it; needs no database. */
export async function inspect(session: Session, request: SourceRequest): Promise<InspectDocument> {
  const { environment } = session;
  const ready = await openSource({ ...session, ...session.environment }, request);
  try {
    const entities = new Map<string, EntityTally>();
    const warnings = new Map<string, number>();
    const warn = (text: string) => {
      if (warnings.has(text) || warnings.size < mostWarnings) {
        warnings.set(text, (warnings.get(text) ?? 0) + 1);
      }
    };
    let done = 0;
    for await (const event of ready.read()) {
      if (event.kind === 'issue') {
        warn(messageOf(event.issue));
        continue;
      }
      for (const found of event.issues) warn(messageOf(found));
      const { entity, deleted, fields } = event.record;
      let tally = entities.get(entity);
      if (tally === undefined) {
        entities.set(entity, (tally = { active: 0, deleted: 0, fields: new Map() }));
      }
      tally[deleted ? 'deleted' : 'active']++;
      for (const [name, value] of Object.entries(fields)) addValue(tally.fields, name, value);
      if (++done % 1_000 === 0) {
        environment.signal.throwIfAborted();
        environment.progress({ stage: 'reading', done });
      }
    }
    const first = ready.source.input.files[0];
    const head = first === undefined ? new Uint8Array() : await readHead(first, environment.signal);
    if (ready.source.beside.length > 0) {
      warn(
        `${String(ready.source.beside.length)} files are not of this format and were not read: ${ready.source.beside.slice(0, 5).join(', ')}`,
      );
    }
    return {
      adapter: ready.source.adapter.name,
      confidence: ready.source.confidence,
      reason: ready.source.reason,
      encoding: request.encoding ?? detectEncoding(head).encoding,
      delimiter: request.delimiter ?? null,
      entities: Object.fromEntries(
        [...entities].map(([name, { active, deleted, fields }]) => [
          name,
          {
            records: active + deleted,
            active,
            deleted,
            fields: [...fields].map(([field, { filled, examples }]) => ({
              name: field,
              filled,
              examples,
            })),
          },
        ]),
      ),
      warnings: [...warnings].map(([text, times]) =>
        times > 1 ? `${text} (${String(times)} times)` : text,
      ),
    };
  } finally {
    await ready.opened.close();
  }
}

function addValue(fields: Map<string, FieldTally>, name: string, value: Value): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [part, inner] of Object.entries(value)) addValue(fields, `${name}.${part}`, inner);
    return;
  }
  let tally = fields.get(name);
  if (tally === undefined) {
    if (fields.size >= mostFields) return;
    fields.set(name, (tally = { filled: 0, examples: [] }));
  }
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  if (text === '' || text === '[]') return;
  tally.filled++;
  const example = text.length > exampleLength ? `${text.slice(0, exampleLength)}…` : text;
  if (tally.examples.length < mostExamples && !tally.examples.includes(example))
    tally.examples.push(example);
}
