import { NotFoundError } from '../model/errors.ts';
import type { UseCases } from './contract.ts';
import type { RunCommand, RunStatus } from './documents.ts';
import { findRun } from './store.ts';
import type { Session } from './session.ts';

/** The use cases that are about one run, or list them: what a server offers within an account. */
export type RunUseCases = Pick<
  UseCases,
  'status' | 'report' | 'findings' | 'rejects' | 'resume' | 'rollback' | 'verify'
> & {
  /** The runs of the account, newest first. */
  runs(page: { readonly offset: number; readonly limit: number }): Promise<{
    readonly runs: readonly string[];
    readonly total: number;
  }>;
  /** The runs of some ids, briefly, in their order. */
  lines(ids: readonly string[]): Promise<readonly RunLineDocument[]>;
};

/** A run, briefly. */
export interface RunLineDocument {
  readonly id: string;
  readonly command: RunCommand;
  readonly status: RunStatus;
  readonly source: string;
  readonly files: string[];
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/**
 * Use cases that know no run but those of the session's account: what is asked of another one is not there. A run is
 * named by its whole id here.
 */
export function confined(session: Session, useCases: UseCases): RunUseCases {
  const own = async (run: string): Promise<string> => {
    const database = await session.database();
    const account = await session.account();
    const { rows } = await database.query(
      `SELECT id::text FROM migration.runs WHERE account_id = $1 AND id::text = $2`,
      [account.id, run.toLowerCase()],
    );
    if (rows[0] === undefined) throw new NotFoundError('There is no such run.');
    return run.toLowerCase();
  };
  return {
    runs: async ({ offset, limit }) => {
      const database = await session.database();
      const account = await session.account();
      const { rows } = await database.query(
        `SELECT id::text, (count(*) OVER ())::float8 AS total FROM migration.runs
          WHERE account_id = $1 AND NOT (command = 'rollback' AND status = 'planned') ORDER BY no DESC LIMIT $2 OFFSET $3`,
        [account.id, limit, offset],
      );
      return { runs: rows.map(({ id }) => String(id)), total: Number(rows[0]?.['total'] ?? 0) };
    },
    lines: async (ids) => {
      const database = await session.database();
      const found: RunLineDocument[] = [];
      for (const id of ids) {
        const run = await findRun(database, await own(id));
        found.push({
          id: run.id,
          command: run.command,
          status: run.status,
          source: run.adapter,
          files: run.inputs.map(({ name }) => name.replace(/^.*[/\\]/, '')),
          startedAt: run.startedAt,
          finishedAt: run.finishedAt,
        });
      }
      return found;
    },
    status: async ({ run }) => useCases.status({ run: await own(run) }),
    report: async ({ run, limit }) => useCases.report({ run: await own(run), limit }),
    findings: async function* ({ run }) {
      yield* useCases.findings({ run: await own(run) });
    },
    rejects: async ({ run }) => useCases.rejects({ run: await own(run) }),
    resume: async (request) => useCases.resume({ ...request, run: await own(request.run) }),
    rollback: async (request) => useCases.rollback({ ...request, run: await own(request.run) }),
    verify: async (request) =>
      useCases.verify({
        ...request,
        run: request.run === undefined ? undefined : await own(request.run),
      }),
  };
}
