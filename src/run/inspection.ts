import { detectEncoding } from '../formats/text.ts';
import { readHead } from '../adapter/head.ts';
import { damageIssues, decideForms, likelyForms } from '../mapping/forms/decide.ts';
import { FormSurvey, type SurveyedColumn } from '../mapping/forms/survey.ts';
import { headerKey } from '../mapping/headers/words.ts';
import type { Issue } from '../model/issue.ts';
import type { Value } from '../model/record.ts';
import { messageOf } from '../report/messages.ts';
import type { SourceRequest } from './contract.ts';
import type { InspectDocument } from './documents.ts';
import { openSource, type ReadySource } from './source-of-run.ts';
import { headerKnowledge } from './proposals.ts';
import type { Session } from './session.ts';
import { isTables } from './survey.ts';

// Bounds of what is remembered: fields per entity, examples per field, warnings.
const mostFields = 2_000;
const mostExamples = 3;
const exampleLength = 80;
const mostLikeIt = 3;
const mostOfFiles = 100;

/** What was found, by kind: the first few of each in words, and how many more there are. */
class Warnings {
  readonly #kinds = new Map<string, { readonly first: string[]; more: number }>();

  add(found: Issue): void {
    const kind = this.#kinds.get(found.code) ?? { first: [], more: 0 };
    this.#kinds.set(found.code, kind);
    const isAboutAll = found.sourceId === undefined && kind.first.length < mostOfFiles;
    if (isAboutAll || kind.first.length < mostLikeIt) kind.first.push(messageOf(found));
    else kind.more++;
  }

  texts(): readonly string[] {
    return [...this.#kinds].flatMap(([code, { first, more }]) => [
      ...first,
      ...(more > 0 ? [`… and ${String(more)} more of the kind ${code}`] : []),
    ]);
  }
}

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
    const files = await filesOf(ready, environment.signal, entities);
    const warnings = new Warnings();
    const survey = isTables(ready) ? new FormSurvey() : undefined;
    let done = 0;
    for await (const event of ready.read()) {
      if (event.kind === 'issue') {
        warnings.add(event.issue);
        continue;
      }
      for (const found of event.issues) warnings.add(found);
      const { entity, deleted, fields } = event.record;
      const tally = tallyOf(entities, entity);
      tally[deleted ? 'deleted' : 'active']++;
      for (const [name, value] of Object.entries(fields)) addValue(tally.fields, name, value);
      survey?.add(event.file, event.record);
      if (++done % 1_000 === 0) {
        environment.signal.throwIfAborted();
        environment.progress({ stage: 'reading', done });
      }
    }
    for (const found of await columnIssues(survey?.columns() ?? [])) warnings.add(found);
    return {
      adapter: ready.source.adapter.name,
      confidence: ready.source.confidence,
      reason: ready.source.reason,
      encoding: files[0]?.encoding ?? null,
      delimiter: files[0]?.delimiter ?? null,
      files,
      beside: ready.source.beside.map(({ file }) => file),
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
      warnings: warnings.texts(),
    };
  } finally {
    await ready.opened.close();
  }
}

/** What there is to say of whole columns: how dates and numbers are written, and what a spreadsheet did to them. */
async function columnIssues(columns: readonly SurveyedColumn[]): Promise<readonly Issue[]> {
  if (columns.length === 0) return [];
  const { vocabulary } = await headerKnowledge();
  const isPostcode = ({ field }: SurveyedColumn): boolean =>
    vocabulary.sensesOf(headerKey(field)).some((sense) => sense.field === 'address.zip_code');
  const { issues } = decideForms(columns, likelyForms(columns), {});
  return [...issues, ...damageIssues(columns, isPostcode)];
}

/** How each file is written; columns in which no row has anything are named all the same. */
async function filesOf(
  ready: ReadySource,
  signal: AbortSignal,
  entities: Map<string, EntityTally>,
): Promise<InspectDocument['files']> {
  const files: InspectDocument['files'][number][] = [];
  for (const file of ready.source.input.files) {
    const facts = await ready.describe(file);
    if (facts === undefined) {
      const { encoding, certain } = detectEncoding(await readHead(file, signal), file.name);
      const unknown = { entity: null, delimiter: null, delimiterCertain: true, headerLine: null };
      files.push({ name: file.name, encoding, encodingCertain: certain, ...unknown });
      continue;
    }
    const { columns, entity = null, ...rest } = facts;
    const asText = file.sheet === undefined ? {} : { encoding: null, delimiter: null };
    files.push({ name: file.name, entity, ...rest, ...asText });
    if (entity !== null) {
      const { fields } = tallyOf(entities, entity);
      for (const column of columns)
        if (!fields.has(column) && fields.size < mostFields)
          fields.set(column, { filled: 0, examples: [] });
    }
  }
  return files;
}

function tallyOf(entities: Map<string, EntityTally>, name: string): EntityTally {
  const known = entities.get(name);
  if (known !== undefined) return known;
  const tally: EntityTally = { active: 0, deleted: 0, fields: new Map() };
  entities.set(name, tally);
  return tally;
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
