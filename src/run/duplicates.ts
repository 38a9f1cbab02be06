import * as z from 'zod';
import type { Queryable } from '../database/contract.ts';
import type { DuplicatePair, DuplicateRow, RunDocument } from './documents.ts';

const side = z.object({
  entity: z.string().optional(),
  sourceId: z.string().optional(),
  values: z.record(z.string(), z.string()).optional(),
});
const rowSchema = z.object({
  table_name: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  first_id: z.string(),
  second_id: z.string(),
  first: side,
  second: side,
  total: z.number(),
});

/** The likeliest pairs of rows of a run that may be one person or company, and how many pairs there are. */
export async function duplicatesOf(
  database: Queryable,
  runNo: number,
  limit: number,
): Promise<RunDocument['duplicates']> {
  const { rows } = await database.query(
    `SELECT table_name, score, reasons, first_id::text, second_id::text, first, second, (count(*) OVER ())::float8 AS total
       FROM migration.duplicates WHERE run_no = $1 ORDER BY score DESC, table_name, first_id, second_id LIMIT $2`,
    [runNo, limit],
  );
  const found = rows.map((row) => rowSchema.parse(row));
  return {
    total: found[0]?.total ?? 0,
    pairs: found.map((row): DuplicatePair => ({
      entity: row.table_name,
      score: row.score,
      reasons: row.reasons,
      first: rowOf(row.first_id, row.first),
      second: rowOf(row.second_id, row.second),
    })),
  };
}

function rowOf(id: string, { entity, sourceId, values }: z.infer<typeof side>): DuplicateRow {
  return { id, entity: entity ?? null, sourceId: sourceId ?? null, values: values ?? {} };
}
