import { tableNames } from '../../src/crm/column.ts';
import type { Database } from '../../src/database/contract.ts';

/** All that must be the same whether a run was interrupted or not: one line a row, by table, sorted. */
export type Content = Readonly<Record<string, readonly string[]>>;

// A run that was killed before it was written down has used up a number.
const runOf = (alias: string) =>
  `jsonb_build_object('run', (SELECT id FROM migration.runs WHERE no = ${alias}.run_no))`;
const withRun = (name: string) =>
  `SELECT (to_jsonb(x) - 'run_no' || ${runOf('x')})::text AS line FROM migration.${name} x`;

const queries: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    tableNames.map((name) => [
      `crm.${name}`,
      `SELECT to_jsonb(x)::text AS line FROM crm.${name} x`,
    ]),
  ),
  // Accounts are stamped by the database.
  'crm.accounts': `SELECT (to_jsonb(x) - '{created_at,updated_at}'::text[])::text AS line FROM crm.accounts x`,
  // The number of the transaction that wrote a row is another each time.
  id_keys: `SELECT (to_jsonb(x) - '{run_no,created_by,imprinted}'::text[] || jsonb_build_object(
      'imprinted', x.imprinted IS NOT NULL, 'run', (SELECT id FROM migration.runs WHERE no = x.run_no),
      'created_by', (SELECT id FROM migration.runs WHERE no = x.created_by)))::text AS line FROM migration.id_keys x`,
  duplicates: withRun('duplicates'),
  unplaced_keys: withRun('unplaced_keys'),
  ledger: withRun('ledger'),
  issues: withRun('issues'),
  rejects: `SELECT (to_jsonb(x) - '{run_no,later_run}'::text[] || ${runOf('x')} || jsonb_build_object('later',
      (SELECT id FROM migration.runs WHERE no = x.later_run)))::text AS line FROM migration.rejects x`,
  media: withRun('media'),
  before_images: withRun('before_images'),
  before_keys: withRun('before_keys'),
  written: `SELECT jsonb_build_object('table', table_name, 'created', sum(created), 'updated', sum(updated),
      'retired', sum(retired))::text AS line FROM migration.run_batches GROUP BY run_no, table_name`,
  runs: `SELECT (to_jsonb(r) - '{no,finished_at,attempt,document,superseded_by,of_run}'::text[])::text AS line FROM migration.runs r`,
  staging: `SELECT tablename AS line FROM pg_tables WHERE schemaname = 'staging'`,
};

// What a rollback leaves: it is a run of its own each time it goes on.
const undone = /^crm\.|^id_keys|^unplaced_keys|^ledger|^staging/;

/** The part of a content that is the same however often a rollback was stopped. */
export const undoneContent = (content: Content): Content =>
  Object.fromEntries(Object.entries(content).filter(([name]) => undone.test(name)));

/** Reads the whole content of a database, of all accounts: the CRM and what is kept about it. */
export async function contentOf(database: Database): Promise<Content> {
  const content: Record<string, readonly string[]> = {};
  for (const [name, sql] of Object.entries(queries)) {
    const { rows } = await database.query(sql);
    content[name] = rows.map(({ line }) => String(line)).sort();
  }
  return content;
}

/** What differs between two contents, the first few lines of each table. */
export function differencesOf(expected: Content, found: Content): readonly string[] {
  return Object.keys({ ...expected, ...found }).flatMap((name) => {
    const [there, here] = [expected[name] ?? [], found[name] ?? []];
    if (there.length === here.length && there.every((line, index) => line === here[index]))
      return [];
    const lacking = there.filter((line) => !here.includes(line));
    const added = here.filter((line) => !there.includes(line));
    return [
      `${name}: ${String(there.length)} rows expected, ${String(here.length)} found`,
      ...lacking.slice(0, 3).map((line) => `- ${line.slice(0, 300)}`),
      ...added.slice(0, 3).map((line) => `+ ${line.slice(0, 300)}`),
    ];
  });
}
