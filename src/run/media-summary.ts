import type { Queryable } from '../database/contract.ts';
import type { RunDocument } from './documents.ts';

/** How many files rows of a run name, and how many of them are stored. */
export async function mediaOfRun(
  database: Pick<Queryable, 'query'>,
  runNo: number,
): Promise<RunDocument['media']> {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS named, count(sha256)::float8 AS stored FROM migration.media WHERE run_no = $1`,
    [runNo],
  );
  return { named: Number(rows[0]?.['named'] ?? 0), stored: Number(rows[0]?.['stored'] ?? 0) };
}
