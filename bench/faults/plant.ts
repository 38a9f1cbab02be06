import * as z from 'zod';
import type { Queryable } from '../../src/database/contract.ts';

/** Faults as one who works in the CRM, or a bug, would make them: each named as a verification must name it. */
export interface Planted {
  /** Rows that were deleted: table, source id and part. */
  readonly missing: readonly string[];
  /** Rows that no source gave: table and id. */
  readonly unexpected: readonly string[];
  /** Values that were changed: table, source id and field. */
  readonly different: readonly string[];
  /** Links that lead to another row now: table, source id and field. */
  readonly broken: readonly string[];
}

const namesSchema = z.array(z.object({ name: z.string() }));

/**
 * Plants faults into an account that an import has filled, `count` of each kind: deletes, alters and adds rows, swaps
 * links, flips deleted marks. Beside them it rewrites values that stay the same in another scale, which is no fault.
 */
export async function plantFaults(
  database: Queryable,
  account: string,
  count: number,
): Promise<Planted> {
  const names = async (sql: string) =>
    namesSchema.parse((await database.query(sql)).rows).map(({ name }) => name);
  const own = (table: string) =>
    `crm.${table} c JOIN crm.accounts a ON a.id = c.account_id AND a.slug = '${account}'`;
  /** Some rows of a table, scattered over it. */
  const some = (table: string, condition = 'true', limit = count) =>
    `SELECT c.account_id, c.id FROM ${own(table)} WHERE ${condition} ORDER BY md5(c.id::text) LIMIT ${String(limit)}`;
  /** The rows of a list `x` as verification names them: by their first key. */
  const named = (table: string, field = '') =>
    `SELECT DISTINCT ON (x.id) concat_ws(' ', '${table}', m.source_id, m.part${field === '' ? '' : `, '${field}'`}) AS name FROM x` +
    ` JOIN migration.id_map m ON m.account_id = x.account_id AND m.target_table = '${table}' AND m.target_id = x.id`;

  const missing: string[] = [];
  for (const table of ['property_images', 'attachments']) {
    const chosen = some(table, 'NOT c.is_deleted');
    missing.push(...(await names(`WITH x AS (${chosen}) ${named(table)}`)));
    await database.query(
      `WITH x AS (${chosen}) DELETE FROM crm.${table} c USING x WHERE c.account_id = x.account_id AND c.id = x.id`,
    );
  }

  // A cent, a character, an accent and a day.
  const changes = [
    ['properties', 'price', 'c.price + 0.01'],
    ['people', 'last_name', `c.last_name || 'x'`],
    ['relations', 'name', `replace(c.name, 'a', 'á')`],
    ['deals', 'expected_close_date', `c.expected_close_date + 1`],
  ] as const;
  const different: string[] = [];
  for (const [table, field, value] of changes) {
    const chosen = some(table, `c.${field} IS NOT NULL AND c.${field} IS DISTINCT FROM ${value}`);
    different.push(...(await names(`WITH x AS (${chosen}) ${named(table, field)}`)));
    await database.query(
      `WITH x AS (${chosen}) UPDATE crm.${table} c SET ${field} = ${value} FROM x WHERE c.account_id = x.account_id AND c.id = x.id`,
    );
  }

  const flipped = some('leads');
  different.push(...(await names(`WITH x AS (${flipped}) ${named('leads', 'is_deleted')}`)));
  await database.query(
    `WITH x AS (${flipped}) UPDATE crm.leads c SET is_deleted = NOT c.is_deleted FROM x WHERE c.account_id = x.account_id AND c.id = x.id`,
  );

  const pairs =
    `SELECT n.account_id, n.id, n.person_id, n.next_id, n.next_person FROM (SELECT c.account_id, c.id, c.person_id,` +
    ` row_number() OVER w AS place, lead(c.id) OVER w AS next_id, lead(c.person_id) OVER w AS next_person` +
    ` FROM ${own('activities')} WHERE c.person_id IS NOT NULL WINDOW w AS (ORDER BY md5(c.id::text))) n` +
    ` WHERE n.place % 2 = 1 AND n.next_person <> n.person_id ORDER BY n.place LIMIT ${String(count)}`;
  const swapped =
    `WITH p AS (${pairs}), x AS (SELECT account_id, id, next_person AS person_id FROM p` +
    ` UNION ALL SELECT account_id, next_id, person_id FROM p)`;
  const broken = await names(`${swapped} ${named('activities', 'person_id')}`);
  await database.query(
    `${swapped} UPDATE crm.activities c SET person_id = x.person_id FROM x WHERE c.account_id = x.account_id AND c.id = x.id`,
  );

  // Last, since what is chosen above is chosen among what the import wrote.
  const unexpected = await names(
    `INSERT INTO crm.people SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*` +
      ` FROM crm.people c WHERE c.id IN (SELECT id FROM (${some('people')}) x) RETURNING 'people ' || id AS name`,
  );

  await database.query(
    `UPDATE crm.properties c SET price = c.price + 0.0000 FROM crm.accounts a WHERE a.id = c.account_id AND a.slug = '${account}'`,
  );
  return { missing, unexpected, different, broken };
}
