import type { BaselineCounts } from '../adapter/contract.ts';
import type { Workbook } from '../verify/workbook.ts';
import type { BaselineDocument, SourceRequest } from './contract.ts';
import type { Session } from './session.ts';
import { openSource } from './source-of-run.ts';

/** Counts what the source holds, without the adapter's reader and without a database. */
export async function baseline(
  session: Session,
  request: SourceRequest,
): Promise<BaselineDocument> {
  const { environment } = session;
  const ready = await openSource({ ...session, ...session.environment }, request);
  try {
    environment.progress({ stage: 'counting', done: 0 });
    return {
      baseline: 1,
      source: ready.source.adapter.name,
      takenAt: environment.now().toISOString(),
      tool: environment.version,
      inputs: ready.opened.documents,
      entities: workbookOf(await ready.count()),
    };
  } finally {
    await ready.opened.close();
  }
}

/** The numbers that were counted, with room for those of the old CRM's screens. */
export function workbookOf(counts: BaselineCounts): Workbook {
  const unread = { screens: { active: null, deleted: null }, note: '' };
  return mapValues(counts, ({ active, deleted, by }) => ({
    active,
    deleted,
    ...unread,
    by: mapValues(by, (values) => mapValues(values, (split) => ({ ...split, ...unread }))),
  }));
}

const mapValues = <Value, Result>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
