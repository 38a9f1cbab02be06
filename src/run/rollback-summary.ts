import * as z from 'zod';
import { reasonsToStay } from '../apply/rollback-plan.ts';
import type { Database } from '../database/contract.ts';
import type { RollbackSummary } from './documents.ts';
import { isoText, type StoredRun } from './store.ts';

const undoneSchema = z.object({ deleted: z.number(), restored: z.number(), left: z.number() });
const rollbackSchema = z.object({
  tables: z.record(z.string(), undoneSchema),
  left: z.array(
    z.object({
      entity: z.string(),
      sourceId: z.string().nullable(),
      part: z.string().exactOptional(),
      id: z.string(),
      reason: z.enum(reasonsToStay),
      fields: z.array(z.string()),
    }),
  ),
  total: z.object({ left: z.number() }),
});

/** How a run was undone, where it was: by the newest rollback of it. A rollback itself says what it did. */
export async function rollbackOf(
  database: Database,
  run: Pick<StoredRun, 'no'>,
): Promise<RollbackSummary | null> {
  const { rows } = await database.query(
    `SELECT id::text, ${isoText('finished_at')} AS at, document
       FROM migration.runs WHERE command = 'rollback' AND document IS NOT NULL
        AND (no = $1 OR (of_run = $1 AND status = 'complete')) ORDER BY no DESC LIMIT 1`,
    [run.no],
  );
  const parsed = z
    .object({ id: z.string(), at: z.string(), document: rollbackSchema })
    .safeParse(rows[0]);
  if (!parsed.success) return null;
  const { id, at, document } = parsed.data;
  return { run: id, finishedAt: at, ...document };
}
