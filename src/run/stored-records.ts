import * as z from 'zod';
import type { SourceEvent } from '../adapter/contract.ts';
import type { Database } from '../database/contract.ts';
import type { Issue } from '../model/issue.ts';
import type { Fields, Value } from '../model/record.ts';
import { storedIssue } from './summary.ts';

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.null(), z.array(value), z.record(z.string(), value)]),
);

/** The fields of a record, as the database keeps them. */
export const storedFields: z.ZodType<Fields> = z.record(z.string(), value);

const recordSchema = z.object({
  entity: z.string(),
  source_id: z.string(),
  is_deleted: z.boolean(),
  file: z.string(),
  line: z.number().nullable(),
  timezone: z.string().nullable(),
  fields: storedFields,
  issues: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      field: z.string().nullable().default(null),
      value: z.string().nullable().default(null),
      args: z.record(z.string(), z.string().nullable()).nullable().default(null),
    }),
  ),
});

/**
 * Records that earlier runs kept, as if they were read again: with the identity they had, and with what was found while
 * reading them. `chosen` is SQL that gives their `run_no` and `record` in columns of these names, and their `place`.
 */
export async function* storedRecords(
  database: Database,
  chosen: string,
): AsyncGenerator<SourceEvent, void, undefined> {
  const pages = database.stream(
    `SELECT j.entity, j.source_id, j.is_deleted, j.file, j.line, j.timezone, j.fields, j.issues
       FROM migration.rejects j JOIN (${chosen}) w ON w.run_no = j.run_no AND w.record = j.record ORDER BY w.place`,
    500,
  );
  for await (const page of pages) for (const row of page) yield eventOf(recordSchema.parse(row));
}

function eventOf(row: z.infer<typeof recordSchema>): SourceEvent {
  const { entity, source_id, is_deleted, file, line, timezone, fields, issues } = row;
  return {
    kind: 'record',
    file,
    record: {
      entity,
      sourceId: source_id,
      deleted: is_deleted,
      line: line ?? undefined,
      ...(timezone === null ? {} : { timezone }),
      fields,
    },
    issues: issues.map((found): Issue => storedIssue({ ...found, entity, source_id, file, line })),
  };
}
