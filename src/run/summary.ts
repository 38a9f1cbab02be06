import * as z from 'zod';
import type { Database } from '../database/contract.ts';
import { fates, type Fate } from '../model/fate.ts';
import { guardNames } from '../plan/guards.ts';
import { issueCodes } from '../model/issue-codes.ts';
import type { Issue, IssueCode, Severity } from '../model/issue.ts';
import { messageOf } from '../report/messages.ts';
import type { IssueGroup, RunDocument } from './documents.ts';
import { mediaOfRun } from './media-summary.ts';
import { rejectsOf } from './rejects.ts';
import { rollbackOf } from './rollback-summary.ts';
import { duplicatesOf } from './duplicates.ts';
import type { StoredRun } from './store.ts';

const fateCounts = z.object(
  Object.fromEntries(fates.map((fate) => [fate, z.number()])) as Record<Fate, z.ZodNumber>,
);
const tableCounts = z.object({
  read: z.number(),
  active: z.number(),
  deleted: z.number(),
  fates: fateCounts,
});

const limitSchema = z.object({ count: z.number().nullable(), share: z.number().nullable() });

/** What became of the rows whose records are no longer there. */
export const withdrawalSchema = z.object({
  known: z.number(),
  absent: z.number(),
  excluded: z.number(),
  withdrawn: z.number(),
  held: z.number(),
  ignored: z.number(),
  guards: z
    .array(
      z.object({
        guard: z.enum(guardNames),
        group: z.string().nullable(),
        count: z.number(),
        of: z.number(),
        limit: limitSchema.nullable(),
      }),
    )
    .readonly(),
});

/** What a run found out and the database keeps of it, beside the issues. */
export const summarySchema = z.object({
  tool: z.string(),
  records: z.record(z.string(), tableCounts),
  entities: z.record(z.string(), tableCounts),
  /** Of records that waited in earlier runs: counted apart from what was read. */
  waiting: z
    .object({
      records: z.record(z.string(), tableCounts),
      entities: z.record(z.string(), tableCounts),
    })
    .default({ records: {}, entities: {} }),
  changes: z.array(
    z.object({
      entity: z.string(),
      sourceId: z.string(),
      field: z.string(),
      old: z.string().nullable(),
      new: z.string().nullable(),
    }),
  ),
  changedColumns: z
    .array(
      z.object({
        entity: z.string(),
        field: z.string(),
        rows: z.number(),
        filled: z.number(),
        emptied: z.number(),
        examples: z.array(
          z.object({
            sourceId: z.string(),
            old: z.string().nullable(),
            new: z.string().nullable(),
          }),
        ),
      }),
    )
    .default([]),
  coverage: z.array(
    z.object({
      entity: z.string(),
      field: z.string(),
      filled: z.number(),
      use: z.enum(['mapped', 'ignored', 'custom']),
    }),
  ),
  withdrawal: withdrawalSchema.nullable().default(null),
  seconds: z.number(),
  exitCode: z.number(),
});
export type RunSummary = z.infer<typeof summarySchema>;

const emptySummary: RunSummary = {
  tool: '',
  records: {},
  entities: {},
  waiting: { records: {}, entities: {} },
  changes: [],
  changedColumns: [],
  coverage: [],
  withdrawal: null,
  seconds: 0,
  exitCode: 0,
};

/** The document of a run, from what the database holds of it. `limit` bounds the groups and their examples. */
export async function runDocument(
  database: Database,
  run: StoredRun,
  limit = 1_000,
): Promise<RunDocument> {
  const parsed = summarySchema.safeParse(run.document);
  const summary = parsed.success ? parsed.data : emptySummary;
  const groups = await issueGroups(database, run.no, limit);
  const totals = { error: 0, warning: 0, info: 0 };
  const byCode: Record<string, number> = {};
  const { rows } = await database.query(
    `SELECT code, severity, count(*)::float8 AS n FROM migration.issues WHERE run_no = $1 GROUP BY 1, 2 ORDER BY 1`,
    [run.no],
  );
  for (const row of rows) {
    const { code, severity, n } = totalSchema.parse(row);
    totals[severity] += n;
    byCode[code] = (byCode[code] ?? 0) + n;
  }
  return {
    run: run.id,
    command: run.command,
    status: run.status,
    source: run.adapter,
    account: run.account,
    inputs: run.inputs,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    by: run.by,
    purgedAt: run.purgedAt,
    tool: summary.tool,
    mapping: run.mappingHash,
    records: summary.records,
    entities: summary.entities,
    waiting: summary.waiting,
    balanced: run.balanced ?? false,
    issues: { ...totals, byCode },
    groups,
    changes: summary.changes,
    changedColumns: summary.changedColumns,
    duplicates: await duplicatesOf(database, run.no, limit),
    media: await mediaOfRun(database, run.no),
    coverage: summary.coverage,
    withdrawal: summary.withdrawal,
    of: run.of,
    rejects: await rejectsOf(database, run),
    rollback: await rollbackOf(database, run),
    seconds: summary.seconds,
    exitCode: exitCodeOf(run, summary),
  };
}

/** How the run ended; one that was interrupted without a word ended as such. */
function exitCodeOf({ status, exitCode }: StoredRun, summary: RunSummary): number {
  if (status === 'interrupted') return exitCode ?? 130;
  return status === 'failed' ? (exitCode ?? 70) : summary.exitCode;
}

const severitySchema = z.enum(['error', 'warning', 'info']);
const totalSchema = z.object({ code: z.string(), severity: severitySchema, n: z.number() });
const groupSchema = z.object({
  code: z.string(),
  severity: severitySchema,
  entity: z.string().nullable(),
  field: z.string().nullable(),
  n: z.number(),
  file: z.string().nullable(),
  line: z.number().nullable(),
  value: z.string().nullable(),
  source_id: z.string().nullable(),
  args: z.record(z.string(), z.string().nullable()).nullable(),
  examples: z.array(
    z.object({
      sourceId: z.string().nullable(),
      line: z.number().nullable(),
      value: z.string().nullable(),
    }),
  ),
});

// A record that did not come in is named; of a doubtful value a few examples are enough.
const exampleCount = 5;

async function issueGroups(
  database: Database,
  runNo: number,
  limit: number,
): Promise<readonly IssueGroup[]> {
  const { rows } = await database.query(
    `SELECT code, severity, entity, field, max(n)::float8 AS n,
            (array_agg(file ORDER BY place))[1] AS file, (array_agg(line ORDER BY place))[1] AS line,
            (array_agg(value ORDER BY place))[1] AS value, (array_agg(source_id ORDER BY place))[1] AS source_id,
            (array_agg(args ORDER BY place))[1] AS args,
            jsonb_agg(jsonb_build_object('sourceId', source_id, 'line', line, 'value', value) ORDER BY place) AS examples
       FROM (SELECT i.*, row_number() OVER w AS place, count(*) OVER (PARTITION BY code, severity, entity, field, args->>'rule', args->>'columns') AS n
               FROM migration.issues i WHERE run_no = $1
             WINDOW w AS (PARTITION BY code, severity, entity, field, args->>'rule', args->>'columns' ORDER BY line, source_id)) x
      WHERE place <= CASE severity WHEN 'error' THEN $2::int ELSE ${String(exampleCount)} END
      GROUP BY code, severity, entity, field, args->>'rule', args->>'columns'
      ORDER BY array_position(ARRAY['error', 'warning', 'info'], severity), max(n) DESC, code, entity, field, args->>'rule', args->>'columns'
      LIMIT $2`,
    [runNo, limit],
  );
  return rows.map((row) => {
    const group = groupSchema.parse(row);
    const { rule, columns } = group.args ?? {};
    return {
      code: group.code,
      severity: group.severity,
      entity: group.entity,
      field: group.field,
      ...(typeof rule === 'string' ? { rule } : {}),
      ...(typeof columns === 'string' ? { columns } : {}),
      count: group.n,
      message: messageOf(storedIssue(group)),
      examples: group.examples,
    };
  });
}

/** An issue as it was before it was stored. */
export function storedIssue(row: {
  readonly code: string;
  readonly severity: Severity;
  readonly entity: string | null;
  readonly source_id: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly args: Readonly<Record<string, string | null>> | null;
}): Issue {
  return {
    code: isIssueCode(row.code) ? row.code : 'RECORD_UNREADABLE',
    severity: row.severity,
    entity: row.entity ?? undefined,
    sourceId: row.source_id ?? undefined,
    file: row.file ?? undefined,
    line: row.line ?? undefined,
    field: row.field ?? undefined,
    value: row.value ?? undefined,
    args: Object.fromEntries(
      Object.entries(row.args ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
  };
}

const isIssueCode = (code: string): code is IssueCode => Object.hasOwn(issueCodes, code);
