import { stagedColumnsOf, stagingColumns, stagingTable } from '../staging/tables.ts';
import { linksOf } from './links.ts';
import { keysOf, policyOf, type PlanScope } from './scope.ts';

/**
 * Stages a placeholder for every agent that rows refer to and nobody knows, where their policy says so.
 * Gives the number of placeholders; runs before `identify`, which then treats them as any other row.
 */
export async function stagePlaceholders(scope: PlanScope): Promise<number> {
  const { database, runNo } = scope;
  const references = scope.tables.flatMap((table) =>
    linksOf(table, policyOf(scope, table))
      .filter(({ to, missing }) => to === 'users' && missing === 'placeholder')
      .map(
        ({ name }) =>
          `SELECT ${name} AS key, _record, _file, _line FROM ${stagingTable(runNo, table)} WHERE ${name} IS NOT NULL AND _fate IS NULL`,
      ),
  );
  if (references.length === 0) return 0;
  const staged = stagingTable(runNo, 'users');
  const mappedUsers = scope.tables.includes('users');
  if (!mappedUsers) return 0;
  const own = stagedColumnsOf('users').map((column) => `"${column}"`);
  const engine = Object.keys(stagingColumns);
  const sourceId = `substr(r.key, length(split_part(r.key, ':', 1)) + 2)`;
  const values: Readonly<Record<string, string>> = {
    email: `CASE WHEN r.key LIKE 'email:%' THEN ${sourceId} END`,
    last_name: `CASE WHEN r.key LIKE 'email:%' THEN ${sourceId} ELSE 'Unknown agent ' || ${sourceId} END`,
    is_active: 'false',
    is_placeholder: 'true',
    is_deleted: 'false',
  };
  const first = `SELECT key, min(_file) AS _file, min(_line) AS _line FROM (${references.join(' UNION ALL ')}) x GROUP BY key`;
  const { affected } = await database.query(
    `INSERT INTO ${staged} (${[...engine, ...own].join(', ')})
     SELECT (SELECT coalesce(max(_ordinal), -1) FROM ${staged}) + row_number() OVER (ORDER BY r.key),
            NULL, r.key, 0, ${placeholderId(scope)}, false, NULL, r._file, r._line, md5('placeholder ' || r.key)::uuid, NULL,
            ${stagedColumnsOf('users')
              .map((column) => values[column] ?? 'NULL')
              .join(', ')}
       FROM (${first}) r
      WHERE NOT EXISTS (SELECT 1 FROM ${staged} s WHERE s._key = r.key AND s._fate IS NULL)
        AND NOT EXISTS (SELECT 1 FROM migration.id_keys k WHERE ${keysOf(scope, 'users', 'k')} AND k.key = r.key)
        AND NOT EXISTS (SELECT 1 FROM ${staged} s WHERE 'email:' || lower(s.email) = r.key AND s._fate IS NULL AND NOT s.is_deleted)
        AND NOT EXISTS (SELECT 1 FROM crm.users u WHERE u.account_id = '${scope.accountId}'
                         AND 'email:' || lower(u.email) = r.key AND NOT u.is_deleted)`,
  );
  if (affected > 0) {
    await database.query(
      `INSERT INTO migration.issues (run_no, code, severity, entity, source_id, file, line, field, value)
       SELECT ${String(runNo)}, 'USER_PLACEHOLDER', 'info', split_part(_key, ':', 1),
              substr(_key, length(split_part(_key, ':', 1)) + 2), NULL, NULL, NULL, substr(_key, length(split_part(_key, ':', 1)) + 2)
         FROM ${staged} WHERE is_placeholder AND _record IS NULL`,
    );
  }
  return affected;
}

/**
 * An expression for the UUID version 7 of a placeholder, with the time of its run; servers before 18 have no function
 * for it. A run that is planned again gives the same placeholder the same id.
 */
function placeholderId({ accountId, runNo, now }: PlanScope): string {
  return (
    `encode(set_bit(set_bit(overlay(decode(md5('${accountId} ${String(runNo)} ' || r.key), 'hex') PLACING` +
    ` substring(int8send(${String(now)}::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid`
  );
}
