import type { Database } from '../database/contract.ts';
import { UsageError } from '../model/errors.ts';
import { dropStaging } from '../staging/tables.ts';
import { underLock } from './account-lock.ts';
import { applyAndClose, rejectsOf } from './applying.ts';
import { assertGoesOn } from './budget.ts';
import type { ResumeRequest } from './contract.ts';
import type { RunDocument } from './documents.ts';
import { explained, recordFailure } from './ending.ts';
import { stageAnd } from './execution.ts';
import { heldBy } from './held-run.ts';
import type { Session } from './session.ts';
import { keptSource } from './retry.ts';
import { openSource, type ReadySource } from './source-of-run.ts';
import { assertSameSource, heldPlan, storedPlan, type SourceAgain } from './stored-plan.ts';
import {
  accountLock,
  claimRun,
  findAccount,
  findRun,
  type Account,
  type StoredRun,
} from './store.ts';
import { runDocument } from './summary.ts';
import { sweepStaging } from './sweep.ts';
import { mappingsFor, translate, translateKept } from './translation.ts';

/**
 * Goes on with an import that was interrupted, and ends it as if nothing had happened. Where its plan was not complete
 * it is staged and planned again; else it is applied from the first batch that is missing. Throws UsageError when
 * there is nothing to go on with, or when the plan no longer holds (docs/decisions/0020).
 */
export async function resume(session: Session, request: ResumeRequest): Promise<RunDocument> {
  const database = await session.database();
  const found = await findRun(database, request.run);
  if (isOver(found)) {
    // It may have died between its last word and its tidying up.
    await database.withLock(accountLock(found.accountId), () =>
      sweepStaging(database, found.accountId),
    );
    return runDocument(database, found);
  }
  assertResumable(session, found);
  const account = await findAccount(database, found.accountId);
  const ready = await sourceAgain(session, database, found);
  try {
    const mappings = await mappingsFor(ready.source.adapter, account.defaults, found.options);
    assertSameSource(found, { ready, mappings }, changed(found.id));
    return await underLock(database, account, async () => {
      // Looked at again: another process may have gone on with it in the meantime.
      const run = await findRun(database, found.id);
      if (isOver(run)) return runDocument(database, run);
      assertResumable(session, run);
      const budget = request.maxRejects ?? run.options.maxRejects;
      const from = { ready, mappings, budget };
      return run.document === null
        ? beginAgain(session, database, { run, account, ...from })
        : goOn(session, database, { run, ...from });
    });
  } finally {
    await ready.opened.close();
  }
}

const isOver = ({ command, status }: StoredRun): boolean =>
  (command === 'import' || command === 'retry') && status === 'complete';

/** What the run read, to be read again: its files, or the records that a retry took from the database. */
async function sourceAgain(
  session: Session,
  database: Database,
  run: StoredRun,
): Promise<ReadySource> {
  if (run.command === 'retry' && run.options.paths.length === 0 && run.of !== null)
    return keptSource(session, database, await findRun(database, run.of));
  return openSource(
    { ...session, ...session.environment },
    { ...run.options, inputs: run.options.paths },
  );
}

type Interrupted = SourceAgain & {
  readonly run: StoredRun;
  readonly budget: ResumeRequest['maxRejects'];
};

/** A run that was stopped before its plan was complete has written nothing, so all of it is done anew. */
async function beginAgain(
  session: Session,
  database: Database,
  { run, account, ready, budget }: Interrupted & { readonly account: Account },
): Promise<RunDocument> {
  const { translation } =
    run.command === 'retry' && run.options.paths.length === 0
      ? await translateKept(ready, account.defaults, run.options)
      : await translate(ready, account.defaults, run.options, session.environment);
  const attempt = await claimRun(database, run.no);
  const held = heldBy(database, { runNo: run.no, attempt });
  await dropStaging(held, run.no);
  for (const found of ['issues', 'duplicates']) {
    await held.query(`DELETE FROM migration.${found} WHERE run_no = $1`, [run.no]);
  }
  return stageAnd(session, commandOf(run), {
    id: run.id,
    runNo: run.no,
    startedAt: new Date(run.startedAt),
    since: session.environment.now(),
    account,
    systemNo: run.systemNo,
    ready,
    translation,
    options: { ...run.options, maxRejects: budget },
    database: held,
  });
}

/** Applies what is left of a stored plan. */
async function goOn(
  session: Session,
  database: Database,
  { run, ...from }: Interrupted,
): Promise<RunDocument> {
  const outcome = await storedPlan(session, database, run, from, changed(run.id));
  assertGoesOn(rejectsOf(outcome), run.id);
  const attempt = await claimRun(database, run.no);
  const held = heldBy(database, { runNo: run.no, attempt });
  try {
    return await applyAndClose(session, heldPlan(outcome, held));
  } catch (cause) {
    const stopped = { id: run.id, runNo: run.no, command: commandOf(run), applying: true };
    await recordFailure(session, held, stopped, cause);
    throw explained(session, stopped, cause);
  }
}

const commandOf = ({ command }: StoredRun): 'import' | 'retry' =>
  command === 'retry' ? 'retry' : 'import';

function assertResumable({ environment }: Session, run: StoredRun): void {
  if (run.command === 'rollback') {
    throw new UsageError(`Run ${run.id} is a rollback.`, {
      hint: `Go on with it: tesoro-migrate rollback ${run.of ?? run.id}`,
    });
  }
  if (run.command === 'sync') {
    throw new UsageError(`Run ${run.id} is the sync of a feed.`, {
      hint: 'Sync the feed again: what is already in the CRM is recognised and left as it is.',
    });
  }
  if (run.command === 'preview' || run.command === 'verify') {
    const again = run.command === 'verify' ? 'verification' : run.command;
    throw new UsageError(`Run ${run.id} is a ${again}: it writes nothing to the CRM.`, {
      hint: `There is nothing to go on with; run the ${again} again.`,
    });
  }
  if (run.status === 'rolled-back' || run.status === 'failed') {
    throw new UsageError(
      run.status === 'failed'
        ? `Run ${run.id} has failed, which is not an interruption: the same would happen again.`
        : `Run ${run.id} was rolled back.`,
      {
        hint: 'Import the files again: what is already in the CRM is recognised and left as it is.',
      },
    );
  }
  if (run.supersededBy !== null)
    throw changed(run.id)(`The CRM (by the import ${run.supersededBy})`);
  if (run.tool !== environment.version) {
    throw changed(run.id)(`The version of the tool (${run.tool}, now ${environment.version})`);
  }
  if (run.options.paths.includes('-')) {
    throw new UsageError(`Run ${run.id} read standard input, which is gone.`, {
      hint: 'Import the same export from a file: what is already in the CRM is recognised and left as it is.',
    });
  }
}

const changed =
  (run: string) =>
  (what: string): UsageError =>
    new UsageError(`${what} changed since run ${run} was interrupted; it cannot go on.`, {
      hint: 'What it had written is complete up to its last batch. Import the files again: what is already in the CRM is recognised and left as it is.',
    });
