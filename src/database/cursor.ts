import type { Queryable, Row } from './contract.ts';

let cursors = 0;

/**
 * Pages through a query with a cursor that outlives its transaction, so that the reader may use the same
 * connection between pages. `target` must be one session.
 */
export async function* pagesOf(
  target: Queryable,
  sql: string,
  pageSize = 2_000,
): AsyncGenerator<readonly Row[], void, undefined> {
  const name = `pages_${String(++cursors)}`;
  await target.query(`DECLARE ${name} NO SCROLL CURSOR WITH HOLD FOR ${sql}`);
  try {
    for (;;) {
      const { rows } = await target.query(`FETCH ${String(pageSize)} FROM ${name}`);
      if (rows.length > 0) yield rows;
      if (rows.length < pageSize) return;
    }
  } finally {
    await target.query(`CLOSE ${name}`);
  }
}
