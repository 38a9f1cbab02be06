import type { SourceAdapter, SourceEvent } from '../../src/adapter/contract.ts';
import { memoryFile } from '../../src/adapter/contract-suite.ts';
import type { RecordEvent } from '../../src/adapter/seal.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { ReadRecord } from '../../src/model/record.ts';

/** What an adapter found in some texts, told apart. */
export interface Found {
  readonly records: readonly ReadRecord[];
  /** Of records and of documents, in the order of the file. */
  readonly issues: readonly Issue[];
}

/** Reads texts with an adapter; each is one file. */
export async function readTexts(adapter: SourceAdapter, ...texts: string[]): Promise<Found> {
  const files = filesOf(texts);
  const events: SourceEvent[] = [];
  for await (const event of adapter.read({ files }, {}, new AbortController().signal)) {
    events.push(event);
  }
  return {
    records: events
      .filter((event): event is RecordEvent => event.kind === 'record')
      .map(({ record }) => record),
    issues: events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : event.issues)),
  };
}

/** Counts the records of texts with an adapter. */
export function countTexts(adapter: SourceAdapter, ...texts: string[]) {
  return adapter.count({ files: filesOf(texts) }, {}, new AbortController().signal);
}

const filesOf = (texts: readonly string[]) =>
  texts.map((text, place) => memoryFile(`file-${place + 1}`, new TextEncoder().encode(text)));
