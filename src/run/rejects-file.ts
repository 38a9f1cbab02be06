import * as z from 'zod';
import { UsageError } from '../model/errors.ts';
import { messageOf } from '../report/messages.ts';
import { adapterNamed } from './source.ts';
import { purged } from './retry.ts';
import type { RejectsFile } from './contract.ts';
import type { Session } from './session.ts';
import { findRun } from './store.ts';
import { storedIssue } from './summary.ts';
import type { RejectedRecord } from '../adapter/contract.ts';
import type { Database } from '../database/contract.ts';

const rejectSchema = z.object({
  entity: z.string(),
  source_id: z.string(),
  is_deleted: z.boolean(),
  line: z.number().nullable(),
  fate: z.enum(['rejected', 'parked']),
  timezone: z.string().nullable(),
  fields: z.record(z.string(), z.json()),
  issues: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      field: z.string().nullable(),
      value: z.string().nullable(),
      args: z.record(z.string(), z.string().nullable()).nullable(),
    }),
  ),
});

/** The records of a run that did not come in, in the source's own shape, each with the reason. */
export async function rejectsFile(session: Session, id: string): Promise<RejectsFile> {
  const database = await session.database();
  const run = await findRun(database, id);
  const adapter = adapterNamed(session.adapters, run.adapter);
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.rejects WHERE run_no = $1 AND whole`,
    [run.no],
  );
  if (run.purgedAt !== null) throw purged(run);
  if (run.command === 'verify') {
    throw new UsageError(`Run ${run.id} is a verification, which rejects nothing.`, {
      hint: 'Name an import or a preview.',
    });
  }
  return {
    fileName: `rejects-${run.id}.${adapter.rejects.ending}`,
    records: Number(rows[0]?.['n'] ?? 0),
    content: encoded(
      adapter.rejects.write({ [Symbol.asyncIterator]: () => rejectedRecords(database, run.no) }),
    ),
  };
}

async function* rejectedRecords(
  database: Database,
  runNo: number,
): AsyncGenerator<RejectedRecord, void, undefined> {
  const pages = database.stream(
    `SELECT j.entity, j.source_id, j.is_deleted, j.line, j.fate, j.timezone, j.fields,
            coalesce((SELECT jsonb_agg(jsonb_build_object('code', i.code, 'severity', i.severity, 'field', i.field,
                                                          'value', i.value, 'args', i.args) ORDER BY i.severity, i.code)
                        FROM migration.issues i
                       WHERE i.run_no = j.run_no AND i.entity = j.entity AND i.source_id = j.source_id
                         AND (i.severity = 'error' OR i.code IN ('PARENT_MISSING', 'PARENT_NOT_IMPORTED', 'PARENT_OF_OTHER_KIND', 'LINK_AMBIGUOUS'))), '[]') AS issues
       FROM migration.rejects j WHERE j.run_no = ${String(runNo)} AND j.whole ORDER BY j.entity, j.record`,
    500,
  );
  for await (const page of pages) {
    for (const row of page) {
      const { entity, source_id, is_deleted, line, fate, timezone, fields, issues } =
        rejectSchema.parse(row);
      const reasons = issues.map((found) =>
        messageOf(storedIssue({ ...found, entity, source_id, file: null, line })),
      );
      yield {
        record: {
          entity,
          sourceId: source_id,
          deleted: is_deleted,
          line: line ?? undefined,
          ...(timezone === null ? {} : { timezone }),
          fields: fields as RejectedRecord['record']['fields'],
        },
        fate,
        reason: reasons.length === 0 ? fate : reasons.join(' '),
      };
    }
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}
