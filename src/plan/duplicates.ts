import { foldedSql } from '../crm/folding.ts';
import { stagingTable } from '../staging/tables.ts';
import { valuesOf } from './comparable.ts';
import { isOffice, namedTables, namePair, namesOf, type NamedTable } from './names.ts';
import { plannedRows } from './planned-rows.ts';
import { entityOf, sourceIdOf, tableNo, type PlanScope } from './scope.ts';

/** Why two rows may be one, the strongest first. */
export const duplicateReasons = [
  'same_national_id',
  'same_tax_id',
  'same_email',
  'same_name_and_birthday',
  'same_phone',
  'same_name_and_address',
  'same_name',
] as const;

export type DuplicateReason = (typeof duplicateReasons)[number];

/** A value that more rows than these have tells nothing: a placeholder, a switchboard, the agency's own address. */
const mostSharers = 20;

/** The pairs that a run keeps of a table, the likeliest first. */
const mostPairs = 10_000;

/** A value that two rows may share: `from` and `key` over the row `r`, and how much it says of the rows `x` and `y`. */
interface Signal {
  readonly reason: DuplicateReason;
  readonly from: string;
  readonly key: string;
  readonly score: string;
}

/**
 * Finds rows that may be one person or company: those that this run writes, among themselves and beside what the CRM
 * has, once the plan is made. Writes `migration.duplicates`; nothing is merged by it, and no fate changes. Each row is
 * set beside the oldest of those that share a value with it, so a value of many rows gives no more pairs than rows.
 */
export async function findDuplicates(scope: PlanScope): Promise<void> {
  // A run that is gone on with may be planned anew.
  await scope.database.query(`DELETE FROM migration.duplicates WHERE run_no = $1`, [scope.runNo]);
  for (const table of namedTables) {
    if (!scope.tables.includes(table)) continue;
    const written = `SELECT target_id AS id FROM ${stagingTable(scope.runNo, table, '_plan')} WHERE fate IN ('created', 'updated')`;
    const { rows } = await scope.database.query(`SELECT EXISTS (${written}) AS any`);
    if (rows[0]?.['any'] === true) await findPairs(scope, table, written);
  }
}

async function findPairs(scope: PlanScope, table: NamedTable, written: string): Promise<void> {
  const signals = signalsOf(table);
  const keys = signals.map(
    ({ reason, from, key }) =>
      `SELECT r.id, '${reason}' AS reason, ${key} AS key FROM live r ${from} WHERE ${key} <> ''`,
  );
  const score = signals.map(({ reason, score: one }) => `WHEN '${reason}' THEN ${one}`).join(' ');
  await scope.database.query(
    `INSERT INTO migration.duplicates (run_no, table_name, score, reasons, first_id, second_id, first, second)` +
      ` WITH live AS MATERIALIZED (SELECT r.*, n.first, n.last FROM (${plannedRows(scope, table, comparedColumns(table))}) r` +
      ` CROSS JOIN LATERAL ${namesOf(table, 'r')} n WHERE NOT r.is_deleted)` +
      `, written AS MATERIALIZED (${written})` +
      `, keys AS MATERIALIZED (${keys.join(' UNION ALL ')})` +
      `, shared AS (SELECT reason, key, min(id::text)::uuid AS oldest FROM keys GROUP BY reason, key` +
      ` HAVING count(*) BETWEEN 2 AND ${String(mostSharers)})` +
      `, pairs AS (SELECT s.oldest AS a, k.id AS b, s.reason, s.key FROM shared s` +
      ` JOIN keys k ON k.reason = s.reason AND k.key = s.key AND k.id <> s.oldest)` +
      `, judged AS (SELECT p.a, p.b, p.reason, max(CASE p.reason ${score} END) AS score FROM pairs p` +
      ` JOIN live x ON x.id = p.a JOIN live y ON y.id = p.b` +
      ` WHERE p.a IN (SELECT id FROM written) OR p.b IN (SELECT id FROM written) GROUP BY p.a, p.b, p.reason)` +
      `, likely AS (SELECT a, b, sum(score) AS score, array_agg(reason ORDER BY score DESC, reason) AS reasons FROM judged` +
      ` WHERE score > 0 GROUP BY a, b ORDER BY 3 DESC, a, b LIMIT ${String(mostPairs)})` +
      `, origins AS MATERIALIZED (${originsOf(scope, table)})` +
      ` SELECT ${String(scope.runNo)}, '${table}', l.score, l.reasons, l.a, l.b, ${shown(table, 'x', 'ox')}, ${shown(table, 'y', 'oy')}` +
      ` FROM likely l JOIN live x ON x.id = l.a JOIN live y ON y.id = l.b` +
      ` LEFT JOIN origins ox ON ox.id = l.a LEFT JOIN origins oy ON oy.id = l.b`,
  );
}

const valueColumns: Readonly<Record<NamedTable, readonly string[]>> = {
  people: [
    'first_name',
    'last_name',
    'email',
    'phone',
    'national_id',
    'birthday',
    'address_street',
    'address_city',
  ],
  relations: ['name', 'email', 'phone', 'tax_id', 'address_street', 'address_city'],
};

const comparedColumns = (table: NamedTable): readonly string[] => [
  ...valueColumns[table],
  'emails',
  'phones',
];

/** The record that each row of `likely` stands for: of this run, else of any before. */
function originsOf(scope: PlanScope, table: NamedTable): string {
  const asked = `IN (SELECT a FROM likely UNION ALL SELECT b FROM likely)`;
  return (
    `SELECT DISTINCT ON (id) id, jsonb_build_object('entity', ${entityOf('o')}, 'sourceId', ${sourceIdOf('o')}) AS record FROM (` +
    `SELECT p.target_id AS id, s._key, s._part_length, 0 AS system FROM ${stagingTable(scope.runNo, table, '_plan')} p` +
    ` JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = p._ordinal WHERE p.fate IN ('created', 'updated') AND p.target_id ${asked}` +
    ` UNION ALL SELECT k.target_id, k.key, k.part_length, k.system_no FROM migration.id_keys k` +
    ` WHERE k.account_id = '${scope.accountId}' AND k.table_no = ${String(tableNo(table))} AND k.target_id ${asked}` +
    `) o ORDER BY id, system, _key`
  );
}

/** A row as a person compares it with another: what it holds, and the record of the source that it is. */
function shown(table: NamedTable, row: string, origin: string): string {
  const values = valueColumns[table].map((column) => `'${column}', ${row}.${column}`).join(', ');
  return `jsonb_strip_nulls(jsonb_build_object('values', jsonb_build_object(${values}))) || coalesce(${origin}.record, '{}')`;
}

function signalsOf(table: NamedTable): readonly Signal[] {
  const { contradict, agree } = namePair('x', 'y');
  const value = (column: string) => ({
    from: valuesOf(table, column, 'r', 'v'),
    key: 'v.value',
  });
  const folded = (column: string) => `coalesce(${foldedSql(`r.${column}`)}, '')`;
  const street = `CASE WHEN r.address_street IS NOT NULL THEN ${folded('address_street')} || '|' || ${folded('address_city')} END`;
  const shared: readonly Signal[] = [
    {
      reason: 'same_email',
      ...value('email'),
      // A couple may share an address; an office does.
      score: `CASE WHEN ${isOffice('p.key')} THEN CASE WHEN ${agree} THEN 3 ELSE 0 END WHEN ${contradict} THEN 1 ELSE 4 END`,
    },
    {
      reason: 'same_phone',
      ...value('phone'),
      // A landline is a household's: with another name it says nothing, without a name little.
      score: `CASE WHEN ${contradict} THEN 0 WHEN ${agree} THEN 3 ELSE 1 END`,
    },
  ];
  if (table === 'relations') {
    return [
      ...shared,
      { reason: 'same_tax_id', ...value('tax_id'), score: '5' },
      { reason: 'same_name', from: '', key: 'r.last', score: '2' },
      { reason: 'same_name_and_address', from: '', key: `r.last || '|' || ${street}`, score: '2' },
    ];
  }
  const name = `CASE WHEN r.first <> '' AND r.last <> '' THEN r.first || ' ' || r.last || '|' END`;
  return [
    ...shared,
    { reason: 'same_national_id', ...value('national_id'), score: '5' },
    {
      reason: 'same_name_and_birthday',
      from: '',
      key: `${name} || r.birthday::text`,
      score: '4',
    },
    { reason: 'same_name_and_address', from: '', key: `${name} || ${street}`, score: '3' },
  ];
}
