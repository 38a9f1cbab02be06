import * as z from 'zod';
import type { Finding, RunRequest } from './contract.ts';
import { duplicatesOf } from './duplicates.ts';
import { reportOf } from './reporting.ts';
import type { Session } from './session.ts';
import { findRun } from './store.ts';
import { storedIssue } from './summary.ts';

const issueSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  entity: z.string().nullable(),
  source_id: z.string().nullable(),
  file: z.string().nullable(),
  line: z.number().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  args: z.record(z.string(), z.string().nullable()).nullable(),
});

// The plan keeps fewer (src/plan/duplicates.ts).
const allPairs = 100_000;

/** Everything found in a run and in its last verification; the issues stream from the database. */
export async function* findings(
  session: Session,
  { run: id }: RunRequest,
): AsyncGenerator<Finding, void, undefined> {
  const database = await session.database();
  const run = await findRun(database, id);
  const pages = database.stream(
    `SELECT code, severity, entity, source_id, file, line, field, value, args FROM migration.issues` +
      ` WHERE run_no = ${String(run.no)} ORDER BY array_position(ARRAY['error', 'warning', 'info'], severity), entity, line, source_id`,
  );
  for await (const page of pages) {
    for (const row of page) yield { kind: 'issue', issue: storedIssue(issueSchema.parse(row)) };
  }
  const { run: document, verification } = await reportOf(session, { run: id, limit: 1 });
  for (const change of document.changes) yield { kind: 'change', change };
  const { pairs } = await duplicatesOf(database, run.no, allPairs);
  for (const pair of pairs) yield { kind: 'duplicate', pair };
  if (verification === null) return;
  for (const row of verification.ids.missing) yield { kind: 'missing', row };
  for (const row of verification.ids.unexpected) yield { kind: 'unexpected', row };
  for (const difference of verification.fields.different) yield { kind: 'different', difference };
  for (const difference of verification.links.broken) yield { kind: 'broken-link', difference };
}
