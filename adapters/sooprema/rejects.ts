import type { RejectedRecord, RejectsWriter } from '../../src/adapter/contract.ts';
import { reasonKey } from './item.ts';

/** Writes rejected records as an export, each with the reason under `_rejected`, which the reader passes over. */
export const rejects: RejectsWriter = { ending: 'json', write };

async function* write(records: AsyncIterable<RejectedRecord>): AsyncGenerator<string> {
  yield '{"request":{"endpoint":"/export"},"response":{"status":"ok","reason":"","results":{';
  let entity: string | undefined;
  for await (const rejected of records) {
    const { record } = rejected;
    if (entity === undefined && record.timezone !== undefined) {
      yield `\n"info":${JSON.stringify({ timezone: record.timezone })},`;
    }
    if (record.entity === entity) yield ',\n';
    else
      yield `${entity === undefined ? '' : '\n]},'}\n${JSON.stringify(record.entity)}:{"items":[\n`;
    entity = record.entity;
    yield itemText(rejected);
  }
  yield `${entity === undefined ? '' : '\n]}'}}}}\n`;
}

function itemText({ record, reason }: RejectedRecord): string {
  const { fields, sourceId } = record;
  const [name, ...more] = Object.keys(fields);
  // What was no object is written as it was, so that it keeps its identity; it has no room for a reason.
  const isItem = name !== 'value' || more.length > 0 || !sourceId.startsWith('sha256:');
  return JSON.stringify(isItem ? { ...fields, [reasonKey]: reason } : fields['value']);
}
