import type { Database } from '../database/contract.ts';
import { UsageError } from '../model/errors.ts';
import { underLock } from './account-lock.ts';
import type { RetryRequest } from './contract.ts';
import type { RunDocument } from './documents.ts';
import { begin, stageAnd } from './execution.ts';
import type { Session } from './session.ts';
import { adapterNamed } from './source.ts';
import { openSource, type ReadySource } from './source-of-run.ts';
import { storedRecords } from './stored-records.ts';
import { findAccount, findRun, type StoredRun } from './store.ts';
import { translate, translateKept } from './translation.ts';

/**
 * Imports records again that did not come in with a run: as they were kept, after the mapping was corrected, or from a
 * file as `rejects` writes it, with corrections. A run of its own, linked to the first; the records keep their identity.
 * Throws UsageError for a run that has none.
 */
export async function retry(session: Session, request: RetryRequest): Promise<RunDocument> {
  const database = await session.database();
  const run = await findRun(database, request.run);
  assertRetriable(run, request);
  const account = await findAccount(database, run.accountId);
  const ready =
    request.file === undefined
      ? await keptSource(session, database, run)
      : await openSource(
          { ...session, ...session.environment },
          { inputs: [request.file], source: run.adapter },
        );
  try {
    const { mapping, requirements, dates, decimal, as, proposed, forms } = run.options;
    const asked = {
      mapping: request.mapping ?? mapping,
      requirements: request.requirements ?? requirements,
      dates: request.dates ?? dates,
      decimal: request.decimal ?? decimal,
      conflicts: request.conflicts,
      maxRejects: request.maxRejects,
    };
    const options = { ...asked, as, proposed };
    const translated =
      request.file === undefined
        ? await translateKept(ready, account.defaults, { ...options, forms })
        : await translate(ready, account.defaults, options, session.environment);
    const from = { request: { inputs: [], ...asked }, account, translated, of: run.no };
    return await underLock(database, account, async () =>
      stageAnd(session, 'retry', await begin(session, database, 'retry', from)),
    );
  } finally {
    await ready.opened.close();
  }
}

function assertRetriable(run: StoredRun, { file }: RetryRequest): void {
  if (run.purgedAt !== null && file === undefined) throw purged(run);
  if ((run.command === 'import' || run.command === 'retry') && run.status === 'complete') return;
  throw new UsageError(
    run.command === 'import' || run.command === 'retry'
      ? `Run ${run.id} is ${run.status}; only what a complete import left out can be retried.`
      : `Run ${run.id} is a ${run.command}, which imports nothing that could be retried.`,
    {
      hint:
        run.status === 'interrupted' && run.command !== 'verify'
          ? `Finish it first: tesoro-migrate resume ${run.id}`
          : 'Name an import; "tesoro-migrate runs" shows them.',
    },
  );
}

/** What to say of a run whose rejects were removed. */
export const purged = ({ id, purgedAt }: StoredRun): UsageError =>
  new UsageError(
    `Run ${id} was purged: the records that it left out were removed on ${(purgedAt ?? '').slice(0, 10)}.`,
    { hint: 'Import the files again, or retry from a file of its rejects: retry RUN FILE.' },
  );

/**
 * The records of a run that are still not in, as a source: each as the newest run kept it that read it again and
 * rejected it, too.
 */
export async function keptSource(
  session: Session,
  database: Database,
  run: StoredRun,
): Promise<ReadySource> {
  const chosen =
    `SELECT n.run_no, n.record, j.record AS place FROM migration.rejects j JOIN LATERAL (` +
    `SELECT o.run_no, o.record FROM migration.rejects o JOIN migration.runs r ON r.no = o.run_no WHERE o.entity = j.entity AND o.source_id = j.source_id` +
    ` AND r.account_id = '${run.accountId}' AND r.adapter = (SELECT adapter FROM migration.runs WHERE no = ${String(run.no)})` +
    ` AND (r.no = ${String(run.no)} OR (r.no > ${String(run.no)} AND r.status = 'complete' AND r.command = 'retry'))` +
    ` AND r.purged_at IS NULL ORDER BY o.run_no DESC LIMIT 1) n ON true` +
    ` WHERE j.run_no = ${String(run.no)} AND j.whole AND (j.later_fate IS NULL OR j.later_fate IN ('rejected', 'parked'))`;
  const { rows } = await database.query(
    `SELECT DISTINCT j.file FROM migration.rejects j JOIN (${chosen}) w ON w.run_no = j.run_no AND w.record = j.record ORDER BY 1`,
  );
  const ready: ReadySource = {
    opened: { files: [], paths: [], documents: [], close: () => Promise.resolve() },
    source: {
      adapter: adapterNamed(session.adapters, run.adapter),
      confidence: 1,
      reason: `what run ${run.id} left out`,
      input: { files: rows.map(({ file }) => ({ name: String(file), open: nothing })) },
      beside: [],
    },
    read: () => storedRecords(database, chosen),
    describe: () => Promise.resolve(undefined),
    count: () => Promise.resolve({}),
    named: () => ready,
  };
  return ready;
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // The records are in the database; the files they came from are only named.
}
