import { UsageError } from '../model/errors.ts';
import { underLock } from './account-lock.ts';
import { applyAndClose } from './applying.ts';
import type { RunDocument } from './documents.ts';
import { explained, recordFailure } from './ending.ts';
import { heldBy } from './held-run.ts';
import { openSource } from './source-of-run.ts';
import { assertSameSource, heldPlan, storedPlan } from './stored-plan.ts';
import type { Session } from './session.ts';
import { claimRun, findAccount, findRun } from './store.ts';
import { mappingsFor } from './translation.ts';

/**
 * Applies the plan that a preview stored, exactly as it is. Throws UsageError when the files, the mappings or a
 * row that the plan touches have changed since.
 */
export async function importPlan(session: Session, id: string): Promise<RunDocument> {
  const database = await session.database();
  const found = await findRun(database, id);
  if (found.command !== 'preview' || found.status !== 'planned') {
    throw new UsageError(
      `Run ${found.id} is ${found.command === 'preview' ? found.status : `an ${found.command}`}; only the plan of a preview can be applied.`,
      {
        hint:
          found.status === 'interrupted' && found.command === 'import'
            ? `Go on with it: tesoro-migrate resume ${found.id}`
            : 'Make a plan with "tesoro-migrate preview".',
      },
    );
  }
  if (found.purgedAt !== null) {
    throw new UsageError(`Run ${found.id} was purged: its plan is no longer there.`, {
      hint: 'Make a new one with "tesoro-migrate preview".',
    });
  }
  const account = await findAccount(database, found.accountId);
  const ready = await openSource(
    { ...session, ...session.environment },
    { ...found.options, inputs: found.options.paths },
  );
  try {
    return await underLock(database, account, async () => {
      // Looked at again: another process may have applied it in the meantime.
      const run = await findRun(database, found.id);
      if (run.command !== 'preview') throw changed(run.id)('The plan');
      const mappings = await mappingsFor(ready.source.adapter, account.defaults, run.options);
      const from = { ready, mappings, budget: run.options.maxRejects };
      assertSameSource(run, from, changed(run.id));
      const outcome = await storedPlan(session, database, run, from, changed(run.id));
      const attempt = await claimRun(database, run.no);
      const held = heldBy(database, { runNo: run.no, attempt });
      try {
        return await applyAndClose(session, heldPlan(outcome, held));
      } catch (cause) {
        const stopped = { id: run.id, runNo: run.no, command: 'import', applying: true } as const;
        await recordFailure(session, held, stopped, cause);
        throw explained(session, stopped, cause);
      }
    });
  } finally {
    await ready.opened.close();
  }
}

const changed =
  (run: string) =>
  (what: string): UsageError =>
    new UsageError(`${what} changed since the plan of run ${run} was made; nothing was written.`, {
      hint: 'Run the preview again, look at it, and import that plan.',
    });
