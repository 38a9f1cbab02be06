import * as z from 'zod';
import type { Database } from '../database/contract.ts';
import type { RunRequest } from './contract.ts';
import type { ReportDocument, VerifyDocument } from './documents.ts';
import type { Session } from './session.ts';
import { findRun, type StoredRun } from './store.ts';
import { runDocument } from './summary.ts';
import { verifyDocumentSchema } from './verify-document.ts';

/** A run with the newest verification of the same files in the same account. */
export async function reportOf(
  session: Session,
  { run: id, limit }: RunRequest & { readonly limit: number },
): Promise<ReportDocument> {
  const database = await session.database();
  const found = await findRun(database, id);
  const run = found.command === 'verify' ? await verifiedRun(database, found) : found;
  return {
    run: await runDocument(database, run, limit),
    verification: await verificationOf(database, run, found),
  };
}

const idSchema = z.object({ id: z.string() });

/** The import that a verification looked at: the newest one of the same files. */
async function verifiedRun(database: Database, verification: StoredRun): Promise<StoredRun> {
  const { rows } = await database.query(
    `SELECT r.id::text AS id FROM migration.runs r, migration.runs v
      WHERE v.no = $1 AND r.account_id = v.account_id AND r.system_no = v.system_no AND r.command = 'import'
        AND r.no < v.no ORDER BY (r.inputs = v.inputs) DESC, r.no DESC LIMIT 1`,
    [verification.no],
  );
  return rows[0] === undefined ? verification : findRun(database, idSchema.parse(rows[0]).id);
}

async function verificationOf(
  database: Database,
  run: StoredRun,
  asked: StoredRun,
): Promise<VerifyDocument | null> {
  if (asked.command === 'verify') return parsed(asked.document);
  const { rows } = await database.query(
    `SELECT v.id::text AS id FROM migration.runs r, migration.runs v
      WHERE r.no = $1 AND v.account_id = r.account_id AND v.system_no = r.system_no AND v.command = 'verify'
        AND v.status = 'complete' AND v.no > r.no AND v.inputs = r.inputs ORDER BY v.no DESC LIMIT 1`,
    [run.no],
  );
  if (rows[0] === undefined) return null;
  return parsed((await findRun(database, idSchema.parse(rows[0]).id)).document);
}

function parsed(document: unknown): VerifyDocument | null {
  const result = verifyDocumentSchema.safeParse(document);
  return result.success ? result.data : null;
}
