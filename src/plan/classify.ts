import type { TableName } from '../crm/column.ts';
import { tables as declarations } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { dropLink } from './drop-link.ts';
import { expressionsOf, quietColumns } from './expressions.ts';
import { linksOf, type LinkColumn } from './links.ts';
import { linkKeys, linkTargets } from './link-keys.ts';
import { finds, linkKey, linkText } from './lookups.ts';
import { hashOf } from './row-hash.ts';
import { linkedFate, noteLinked } from './linked.ts';
import {
  entityOf,
  fileOf,
  issueInsert,
  keysOf,
  losersOf,
  policyOf,
  sourceIdOf,
  type PlanScope,
} from './scope.ts';

/**
 * Decides the fate of every staged row of a table, by one statement. Creates
 * `…_plan (_ordinal, target_id, fate, row_hash, known, changed, _owns_key, _cleared, _linked, _held, _extra, _version, <links>)`.
 * The tables it refers to (but for late links) are planned before it.
 */
export async function classify(scope: PlanScope, table: TableName): Promise<void> {
  const { database, runNo } = scope;
  const policy = policyOf(scope, table);
  const links = linksOf(table, policy);
  const staged = stagingTable(runNo, table);
  const plan = stagingTable(runNo, table, '_plan');
  const targets = new Map(links.map((link) => [link.name, linkTargets(scope, link)]));
  const joins = links.map(
    (link, index) =>
      ` LEFT JOIN ${String(targets.get(link.name))} l${String(index)} ON l${String(index)}.key = ${linkKey(link, 's')}`,
  );
  const resolved = links.map((link, index) => `l${String(index)}.id AS ${quoteName(link.name)}`);
  const extra = links
    .filter(({ required }) => !required)
    .map((link) => {
      const lacking = `${unresolved(links, link.name)} AND NOT ${isElsewhere(scope, link)}`;
      return `'${link.name}', CASE WHEN ${lacking} THEN ${linkText(link, 's')} END`;
    });
  for (const { column, collision } of declarations[table].unique ?? []) {
    if (collision === 'clear')
      extra.push(`'${column}', CASE WHEN i.cleared THEN s.${quoteName(column)} END`);
  }
  const hash = hashOf(links.map((_, index) => `coalesce(l${String(index)}.id::text, '')`));
  const inner =
    `SELECT s._ordinal, i.target_id, i.known_id IS NOT NULL AS known, i.known_hash, i.duplicate, i.owns_key AS _owns_key, i.cleared AS _cleared, i.linked, NULL::text[] AS _held,` +
    ` ${hash} AS row_hash, ${extra.length === 0 ? `NULL::jsonb` : `nullif(jsonb_strip_nulls(jsonb_build_object(${extra.join(', ')})), '{}')`} AS _extra,` +
    ` ${missingFate(scope, links)} AS missing${resolved.map((expression) => `, ${expression}`).join('')}` +
    ` FROM ${staged} s JOIN ${stagingTable(runNo, table, '_ids')} i ON i._ordinal = s._ordinal${joins.join('')}`;
  const differs = expressionsOf(table, policy, 'NULL::timestamptz')
    .filter(({ column }) => !quietColumns.has(column))
    .map(({ column, updated, late }) =>
      late
        ? `(p.${quoteName(column)} IS NOT NULL AND c.${quoteName(column)} IS DISTINCT FROM p.${quoteName(column)})`
        : `(${updated}) IS DISTINCT FROM c.${quoteName(column)}`,
    );
  await database.query(
    `CREATE TABLE ${plan} AS SELECT p._ordinal, p.target_id,
       CASE WHEN s._fate IS NOT NULL THEN s._fate
            WHEN p.duplicate THEN 'duplicate'
            ${linkedFate(scope, table)}WHEN p.missing IS NOT NULL THEN p.missing
            WHEN c.id IS NULL THEN 'created'
            WHEN p.known_hash = p.row_hash THEN 'unchanged'
            WHEN ${differs.join('\n              OR ')} THEN 'updated'
            ELSE 'unchanged' END AS fate,
       p.row_hash, p.known, p.known_hash IS DISTINCT FROM p.row_hash AS changed, p._owns_key, p._cleared,
       p.linked AND c.id IS NOT NULL AS _linked, p._held, p._extra,
       c.xmin::text AS _version${links.map(({ name }) => `, p.${quoteName(name)}`).join('')}
       FROM (${inner}) p JOIN ${staged} s ON s._ordinal = p._ordinal
       LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id`,
  );
  await database.query(`CREATE INDEX ON ${plan} (_ordinal)`);
  await database.query(`ANALYZE ${plan}`);
  await linkKeys(scope, table);
  await noteFindings(scope, table, links, targets);
  await noteLinked(scope, table);
}

function unresolved(links: readonly LinkColumn[], name: string): string {
  const index = links.findIndex((link) => link.name === name);
  return `s.${quoteName(name)} IS NOT NULL AND l${String(index)}.id IS NULL`;
}

/** Whether the record that a link means is there, as a row of another table than the link refers to. */
function isElsewhere(scope: PlanScope, { name, elsewhere }: LinkColumn): string {
  const rows = elsewhere.flatMap((table) => [
    `EXISTS (SELECT 1 FROM migration.id_keys e WHERE ${keysOf(scope, table, 'e')} AND e.key = s.${quoteName(name)})`,
    ...(scope.tables.includes(table)
      ? [
          `EXISTS (SELECT 1 FROM ${stagingTable(scope.runNo, table)} e WHERE e._key = s.${quoteName(name)} AND e._fate IS NULL)`,
        ]
      : []),
  ]);
  return rows.length === 0 ? 'false' : `(${rows.join(' OR ')})`;
}

/**
 * The fate that missing parents give a row: reject before park; NULL where none is missing. A further row of a record
 * that can have no parent, because what it names is a row of another table, is left out.
 */
function missingFate(scope: PlanScope, links: readonly LinkColumn[]): string {
  const when = (policy: LinkColumn['missing'], fate: string): string[] => {
    const conditions = links.flatMap((link, index) => {
      if (link.missing !== policy) return [];
      // Where several rows have the value, none is meant and none is missing.
      const several = finds(link) ? ` AND l${String(index)}.several IS NOT TRUE` : '';
      const gone = `l${String(index)}.id IS NULL${several}`;
      const absent =
        link.required || link.elsewhere.length === 0
          ? gone
          : `${gone} AND NOT ${isElsewhere(scope, link)}`;
      return [link.required ? absent : `(s.${quoteName(link.name)} IS NOT NULL AND ${absent})`];
    });
    return conditions.length === 0 ? [] : [`WHEN ${conditions.join(' OR ')} THEN '${fate}'`];
  };
  // A required link cannot stay empty, whatever its policy says.
  const required = links.flatMap((link, index) =>
    link.required ? [`l${String(index)}.id IS NULL`] : [],
  );
  const vain = links.flatMap((link, index) =>
    link.required && link.elsewhere.length > 0
      ? [
          `WHEN NOT s._root AND l${String(index)}.id IS NULL AND ${isElsewhere(scope, link)} THEN 'excluded'`,
        ]
      : [],
  );
  const cases = [
    ...vain,
    ...when('reject', 'rejected'),
    ...when('park', 'parked'),
    ...(required.length === 0 ? [] : [`WHEN ${required.join(' OR ')} THEN 'parked'`]),
  ];
  return cases.length === 0 ? 'NULL::text' : `CASE ${cases.join(' ')} END`;
}

async function noteFindings(
  scope: PlanScope,
  table: TableName,
  links: readonly LinkColumn[],
  targets: ReadonlyMap<string, string>,
): Promise<void> {
  const { database, runNo } = scope;
  const staged = stagingTable(runNo, table);
  const plan = stagingTable(runNo, table, '_plan');
  const rows = `FROM ${staged} s JOIN ${plan} p ON p._ordinal = s._ordinal`;
  const considered = `p.fate NOT IN ('duplicate', 'excluded') AND s._fate IS NULL AND NOT p._linked`;
  for (const link of links) {
    const { name, to, missing } = link;
    const column = quoteName(name);
    const elsewhere = isElsewhere(scope, link);
    const meant = `${String(targets.get(name))} l WHERE l.key = ${linkKey(link, 's')}`;
    const several = finds(link) ? `EXISTS (SELECT 1 FROM ${meant} AND l.several)` : 'false';
    const readOf = [to, ...link.elsewhere]
      .filter((one) => scope.tables.includes(one))
      .map(
        (one) => `EXISTS (SELECT 1 FROM ${stagingTable(runNo, one)} x WHERE x._key = s.${column})`,
      );
    const read = readOf.length === 0 ? 'false' : `(${readOf.join(' OR ')})`;
    // Of links that look for one record in several tables, the first says that it is in none.
    const said = links
      .slice(0, links.indexOf(link))
      .filter((earlier) => link.elsewhere.includes(earlier.to))
      .map((earlier) => ` AND s.${quoteName(earlier.name)} IS DISTINCT FROM s.${column}`);
    const there = finds(link) ? `(${read} OR EXISTS (SELECT 1 FROM ${meant}))` : read;
    await database.query(
      `${issueInsert(scope, {
        code: `CASE WHEN ${several} THEN 'LINK_AMBIGUOUS' WHEN ${there} THEN 'PARENT_NOT_IMPORTED' ELSE 'PARENT_MISSING' END`,
        severity:
          missing === 'reject'
            ? `CASE WHEN ${several} THEN 'warning' ELSE 'error' END`
            : `'warning'`,
        field: `'${name}'`,
        value: linkText(link, 's'),
        args: `jsonb_build_object('table', '${table}', 'parent', '${to}', 'fate', p.fate)`,
      })} ${rows} WHERE s.${column} IS NOT NULL AND p.${column} IS NULL AND ${considered} AND NOT ${elsewhere}${said.join('')}`,
    );
    // Where the link is optional, another one of the row finds the record.
    if (link.elsewhere.length === 0 || !link.required) continue;
    await database.query(
      `${issueInsert(scope, {
        code: `'PARENT_OF_OTHER_KIND'`,
        severity: `CASE WHEN s._root THEN 'warning' ELSE 'info' END`,
        field: `'${name}'`,
        value: `s.${column}`,
        args: `jsonb_build_object('table', '${table}', 'parent', '${to}', 'fate', p.fate)`,
      })} ${rows} WHERE s.${column} IS NOT NULL AND p.${column} IS NULL AND p.fate <> 'duplicate' AND s._fate IS NULL AND ${elsewhere}`,
    );
  }
  for (const rule of declarations[table].unique ?? []) {
    if (rule.collision !== 'clear') continue;
    await database.query(
      `${issueInsert(scope, {
        code: `'REFERENCE_TAKEN'`,
        severity: `'warning'`,
        field: `'${rule.column}'`,
        value: `s.${quoteName(rule.column)}`,
        args: `jsonb_build_object('table', '${table}')`,
      })} ${rows} WHERE p._cleared AND ${considered}`,
    );
  }
  if (declarations[table].unique?.some(({ collision }) => collision === 'duplicate') === true) {
    await database.query(
      `${issueInsert(scope, {
        code: `'DUPLICATE_ROW'`,
        severity: `'info'`,
        field: 'NULL',
        value: sourceIdOf('s'),
        args: `jsonb_build_object('table', '${table}', 'entity', ${entityOf('s')}, 'file', ${fileOf(scope, 's')})`,
      })} ${rows} JOIN ${stagingTable(runNo, table, '_ids')} i ON i._ordinal = s._ordinal` +
        ` WHERE p.fate = 'duplicate' AND NOT p._linked AND NOT EXISTS (SELECT 1 FROM ${losersOf(scope)} l WHERE l.record = s._record)`,
    );
  }
  await noteChanges(scope, table, rows);
}

/** What an update leaves as it is although the source says otherwise, and references that change. */
async function noteChanges(scope: PlanScope, table: TableName, rows: string): Promise<void> {
  const policy = policyOf(scope, table);
  const existing = `${rows} JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id`;
  const kept = expressionsOf(table, policy, 'NULL::timestamptz').filter(
    ({ column, late }) =>
      policy.columns.includes(column) &&
      !late &&
      !quietColumns.has(column) &&
      column !== 'custom_fields',
  );
  if (kept.length > 0) {
    await scope.database.query(
      `${issueInsert(scope, {
        code: `'VALUE_KEPT'`,
        severity: `'info'`,
        field: 'd.field',
        value: 'd.kept',
        args: `jsonb_build_object('table', '${table}', 'source', coalesce(d.asked, ''))`,
      })} ${existing} CROSS JOIN LATERAL (VALUES ${kept
        .map(
          ({ column, source, updated, inserted }) =>
            // A column with a default is never empty, so an empty source says nothing about it.
            `('${column}', (${source})::text, (${updated})::text, (${source}) IS DISTINCT FROM (${updated})${
              inserted === source ? '' : ` AND (${source}) IS NOT NULL`
            })`,
        )
        .join(
          ', ',
        )}) d(field, asked, kept, differs) WHERE d.differs AND p.changed AND NOT p._linked AND p.fate IN ('updated', 'unchanged')`,
    );
  }
  if (table !== 'properties') return;
  await scope.database.query(
    `${issueInsert(scope, {
      code: `'REFERENCE_CHANGED'`,
      severity: `'info'`,
      field: `'reference'`,
      value: 's.reference',
      args: `jsonb_build_object('old', c.reference)`,
    })} ${existing} WHERE p.fate = 'updated' AND p.known AND s.reference IS DISTINCT FROM c.reference AND c.reference IS NOT NULL AND s.reference IS NOT NULL`,
  );
}

/** Takes back late links to rows that are not placed after all, once every table is planned. */
export async function settleLateLinks(scope: PlanScope, table: TableName): Promise<void> {
  for (const link of linksOf(table, policyOf(scope, table))) {
    if (!link.late || !scope.tables.includes(link.to)) continue;
    const keys = stagingTable(scope.runNo, link.to, '_keys');
    await dropLink(
      scope,
      table,
      link,
      `p.${quoteName(link.name)} IS NOT NULL AND NOT EXISTS` +
        ` (SELECT 1 FROM ${keys} k WHERE k.key = ${linkKey(link, 's')} AND k.id IS NOT NULL)`,
    );
  }
}
