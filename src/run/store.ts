import * as z from 'zod';
import type { Database, Queryable } from '../database/contract.ts';
import { guardsSchema, removalPolicies } from '../feeds/contract.ts';
import { listingTermsSchema } from '../feeds/terms.ts';
import type { AccountDefaults } from '../mapping/contract.ts';
import { UsageError } from '../model/errors.ts';
import { rowKinds } from './contract.ts';
import { correctionSchema } from './corrections.ts';
import type { InputDocument, RunCommand, RunStatus } from './documents.ts';

/** The agency whose CRM is filled. */
export interface Account {
  readonly id: string;
  readonly slug: string;
  readonly defaults: AccountDefaults;
}

/** A run as the database keeps it. */
export interface StoredRun {
  readonly no: number;
  readonly id: string;
  readonly command: RunCommand;
  readonly status: RunStatus;
  readonly adapter: string;
  /** Number of the source system in the id map. */
  readonly systemNo: number;
  readonly accountId: string;
  readonly account: string;
  readonly inputs: readonly InputDocument[];
  readonly options: RunOptions;
  readonly mappingHash: string;
  readonly tool: string;
  readonly by: string | null;
  readonly purgedAt: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly balanced: boolean | null;
  readonly exitCode: number | null;
  readonly recordsRead: number | null;
  /** Id of the import that has changed the CRM since: what was planned before it no longer holds. */
  readonly supersededBy: string | null;
  /** Whether it noted what undoing it takes. */
  readonly undoable: boolean;
  /** Id of the run that this one undoes or retries. */
  readonly of: string | null;
  /** From the moment its plan is complete. */
  readonly document: unknown;
}

/** Runs statements whose effect, once they are through, outlives the process and the power: what people did, not batches. */
export function lasting<Result>(
  database: Database,
  work: (transaction: Queryable) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (transaction) => {
    await transaction.query(`SET LOCAL synchronous_commit TO on`);
    return work(transaction);
  });
}

/** A time in the database as ISO text. */
export const isoText = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const rejectLimitSchema = z.object({
  count: z.number().optional(),
  share: z.number().optional(),
});

/** What a run was asked for, so that it can be repeated. */
export const runOptionsSchema = z.object({
  paths: z.array(z.string()),
  names: z.array(z.string()).optional(),
  source: z.string().optional(),
  mapping: z.string().optional(),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  headerLine: z.number().optional(),
  sheet: z.string().optional(),
  as: z.enum(rowKinds).optional(),
  requirements: z.enum(['strict', 'lenient']).optional(),
  dates: z.enum(['dmy', 'mdy']).optional(),
  decimal: z.enum(['comma', 'point']).optional(),
  /** How the columns of tables were found to be written, by file and field. */
  forms: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          dates: z.enum(['dmy', 'mdy', 'ymd', 'undecided']).optional(),
          decimal: z.enum(['comma', 'point', 'undecided']).optional(),
        }),
      ),
    )
    .optional(),
  /** The mappings that were proposed and used, where there were none. */
  proposed: z.array(z.object({ name: z.string(), text: z.string() })).optional(),
  /** What a person corrected in the records, before they are mapped. */
  corrections: z.array(correctionSchema).optional(),
  /** The records are kept with the plan, so that it can be looked at row by row. */
  browsable: z.boolean().optional(),
  maxRejects: rejectLimitSchema
    .extend({ entities: z.record(z.string(), rejectLimitSchema).optional() })
    .optional(),
  conflicts: z.enum(['keep', 'overwrite']).optional(),
  /** What becomes of rows whose records a full snapshot no longer holds; nothing where it is none. */
  absent: z
    .object({
      listings: z.enum(removalPolicies),
      limits: guardsSchema,
      feed: z.object({ id: z.string(), number: z.number() }).optional(),
      trusted: z.boolean(),
    })
    .optional(),
  /** Of a feed. */
  terms: listingTermsSchema.optional(),
});
export type RunOptions = z.infer<typeof runOptionsSchema>;

const accountSchema = z.object({
  id: z.string(),
  slug: z.string(),
  country: z.string(),
  language: z.string(),
  currency: z.string(),
  timezone: z.string(),
});

/** The account of a slug, created when there is none. */
export async function ensureAccount(
  database: Queryable,
  slug: string,
  defaults: AccountDefaults,
  newId: () => string,
): Promise<Account> {
  await database.query(
    `INSERT INTO crm.accounts (id, slug, country, language, currency, timezone)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slug) DO NOTHING`,
    [newId(), slug, defaults.country, defaults.language, defaults.currency, defaults.timezone],
  );
  const { rows } = await database.query(
    `SELECT id::text, slug, country, language, currency, timezone FROM crm.accounts WHERE slug = $1`,
    [slug],
  );
  const { id, slug: name, ...found } = accountSchema.parse(rows[0]);
  return { id, slug: name, defaults: found };
}

/** An account that is there, by its id. */
export async function findAccount(database: Queryable, id: string): Promise<Account> {
  const { rows } = await database.query(
    `SELECT id::text, slug, country, language, currency, timezone FROM crm.accounts WHERE id = $1`,
    [id],
  );
  const { slug, id: same, ...defaults } = accountSchema.parse(rows[0]);
  return { id: same, slug, defaults };
}

/** The number of a source system in the id map, given when it is new. */
export async function ensureSystem(database: Queryable, name: string): Promise<number> {
  const find = () => database.query(`SELECT no FROM migration.systems WHERE name = $1`, [name]);
  let { rows } = await find();
  if (rows.length === 0) {
    // Only when it is new: an insert in vain would use up a number, and they are few.
    await database.query(
      `INSERT INTO migration.systems (name) VALUES ($1) ON CONFLICT DO NOTHING`,
      [name],
    );
    ({ rows } = await find());
  }
  return z.object({ no: z.number() }).parse(rows[0]).no;
}

/** Begins a run; gives its number. */
export async function beginRun(
  database: Queryable,
  run: {
    readonly id: string;
    readonly accountId: string;
    readonly command: RunCommand;
    readonly systemNo: number;
    readonly adapter: string;
    readonly inputs: readonly InputDocument[];
    readonly options: RunOptions;
    readonly tool: string;
    readonly mappingHash: string;
    /** Who asks for it. */
    readonly by: string | undefined;
    readonly startedAt: Date;
    /** Number of the run that this one undoes or retries. */
    readonly of?: number;
  },
): Promise<number> {
  const { rows } = await database.query(
    `INSERT INTO migration.runs (id, account_id, command, status, system_no, adapter, inputs, options,
                                 tool_version, mapping_hash, started_at, of_run, run_by)
     VALUES ($1, $2, $3, 'running', $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10, $11, $12) RETURNING no`,
    [
      run.id,
      run.accountId,
      run.command,
      run.systemNo,
      run.adapter,
      JSON.stringify(run.inputs),
      JSON.stringify(run.options),
      run.tool,
      run.mappingHash,
      run.startedAt.toISOString(),
      run.of ?? null,
      run.by ?? null,
    ],
  );
  return z.object({ no: z.number() }).parse(rows[0]).no;
}

/**
 * Takes a run over, as an import that is running: whoever carried it on before cannot write in its name any more
 * (`heldRun`). Waits for the transaction that one is in. Gives the number of the attempt.
 */
export async function claimRun(database: Queryable, no: number): Promise<number> {
  const { rows } = await database.query(
    `UPDATE migration.runs SET command = CASE command WHEN 'preview' THEN 'import' ELSE command END, status = 'running', attempt = attempt + 1, finished_at = NULL,
            error = NULL, exit_code = NULL WHERE no = $1 RETURNING attempt`,
    [no],
  );
  return z.object({ attempt: z.number() }).parse(rows[0]).attempt;
}

/**
 * Notes that a run begins to write, and that whatever else was planned for its account no longer holds. Gives the
 * time of the import, which stays the same when the run is gone on with.
 */
export async function beginApplying(database: Database, no: number, now: Date): Promise<Date> {
  return database.transaction(async (transaction) => {
    await transaction.query(
      `UPDATE migration.runs p SET superseded_by = r.no FROM migration.runs r
        WHERE r.no = $1 AND p.account_id = r.account_id AND p.no <> r.no AND p.superseded_by IS NULL
          AND p.command IN ('preview', 'import', 'retry', 'sync') AND p.status IN ('planned', 'interrupted')`,
      [no],
    );
    const { rows } = await transaction.query(
      `UPDATE migration.runs SET applied_at = coalesce(applied_at, $2) WHERE no = $1
       RETURNING ${isoText('applied_at')} AS at`,
      [no, now.toISOString()],
    );
    return new Date(z.object({ at: z.string() }).parse(rows[0]).at);
  });
}

/** Writes down that the plan of a run is complete. */
export async function recordPlan(
  database: Database,
  no: number,
  plan: {
    /** Rows that were staged, by table. */
    readonly staged: ReadonlyMap<string, number>;
    readonly recordsRead: number;
    readonly document: unknown;
  },
): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const [table, count] of plan.staged) {
      await transaction.query(
        `INSERT INTO migration.run_tables (run_no, table_name, staged) VALUES ($1, $2, $3)`,
        [no, table, count],
      );
    }
    await transaction.query(
      `UPDATE migration.runs SET records_read = $2, document = $3::json WHERE no = $1`,
      [no, plan.recordsRead, JSON.stringify(plan.document)],
    );
  });
}

/** Writes how a run ended, or where it stands; once it is said, it outlives a power cut. */
export async function endRun(
  database: Database,
  no: number,
  end: {
    readonly status: RunStatus;
    readonly finishedAt: Date;
    readonly error?: string;
    readonly balanced?: boolean;
    readonly exitCode?: number;
    readonly recordsRead?: number;
    readonly document?: unknown;
    readonly command?: RunCommand;
  },
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(`SET LOCAL synchronous_commit TO on`);
    await transaction.query(
      `UPDATE migration.runs SET status = $2, finished_at = $3, error = $4, balanced = coalesce($5, balanced),
            exit_code = $6, records_read = coalesce($7, records_read), document = coalesce($8::json, document),
            command = coalesce($9, command)
      WHERE no = $1`,
      [
        no,
        end.status,
        end.finishedAt.toISOString(),
        end.error ?? null,
        end.balanced ?? null,
        end.exitCode ?? null,
        end.recordsRead ?? null,
        end.document === undefined ? null : JSON.stringify(end.document),
        end.command ?? null,
      ],
    );
  });
}

const inputSchema = z.object({ name: z.string(), bytes: z.number(), sha256: z.string() });
const storedSchema = z.object({
  no: z.number(),
  id: z.string(),
  command: z.enum(['preview', 'import', 'retry', 'verify', 'rollback', 'sync']),
  status: z.enum([
    'planned',
    'running',
    'interrupted',
    'complete',
    'failed',
    'rolling-back',
    'rolled-back',
  ]),
  adapter: z.string(),
  systemNo: z.number(),
  accountId: z.string(),
  account: z.string(),
  inputs: z.array(inputSchema),
  options: runOptionsSchema,
  mappingHash: z.string(),
  tool: z.string(),
  by: z.string().nullable(),
  purgedAt: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  balanced: z.boolean().nullable(),
  exitCode: z.number().nullable(),
  supersededBy: z.string().nullable(),
  recordsRead: z.number().nullable(),
  /** Whether it noted what undoing it takes. */
  undoable: z.boolean(),
  of: z.string().nullable(),
  document: z.unknown(),
});

const runColumns =
  `r.no, r.id::text, r.command, r.status, r.adapter, r.system_no AS "systemNo", r.account_id::text AS "accountId", a.slug AS account,` +
  ` r.inputs, r.options, r.mapping_hash AS "mappingHash", r.tool_version AS tool, r.run_by AS by, ${isoText('r.purged_at')} AS "purgedAt", ${isoText('r.started_at')} AS "startedAt",` +
  ` ${isoText('r.finished_at')} AS "finishedAt", r.balanced, r.records_read::float8 AS "recordsRead", r.document, r.undoable,` +
  ` r.exit_code AS "exitCode", (SELECT s.id::text FROM migration.runs s WHERE s.no = r.superseded_by) AS "supersededBy",` +
  ` (SELECT f.id::text FROM migration.runs f WHERE f.no = r.of_run) AS of` +
  ` FROM migration.runs r JOIN crm.accounts a ON a.id = r.account_id`;

/**
 * A run by its id, by the beginning of it, or as `last`: the newest that reads a source into the CRM.
 * Throws UsageError for none or several.
 */
export async function findRun(database: Database, idOrPrefix: string): Promise<StoredRun> {
  if (idOrPrefix === 'last') {
    const { rows } = await database.query(
      `SELECT ${runColumns} WHERE r.command NOT IN ('verify', 'rollback') ORDER BY r.no DESC LIMIT 1`,
    );
    if (rows.length === 0) {
      throw new UsageError('There is no run in this database yet.', { hint: 'Check --db.' });
    }
    return asItStands(database, storedSchema.parse(rows[0]));
  }
  if (!/^[0-9a-f-]{4,36}$/i.test(idOrPrefix)) {
    throw new UsageError(`"${idOrPrefix}" is not the id of a run.`, {
      hint: 'See "tesoro-migrate runs".',
    });
  }
  const { rows } = await database.query(
    `SELECT ${runColumns} WHERE r.id::text LIKE $1 ORDER BY r.no LIMIT 2`,
    [`${idOrPrefix.toLowerCase()}%`],
  );
  if (rows.length === 0) {
    throw new UsageError(`There is no run ${idOrPrefix} in this database.`, {
      hint: 'See "tesoro-migrate runs", and check --db.',
    });
  }
  if (rows.length > 1) {
    throw new UsageError(`Several runs begin with ${idOrPrefix}.`, {
      hint: 'Give more of the id.',
    });
  }
  return asItStands(database, storedSchema.parse(rows[0]));
}

/** A run that says it is running and whose process is gone was interrupted. */
async function asItStands(database: Database, run: StoredRun): Promise<StoredRun> {
  if (run.status !== 'running') return run;
  const lock = run.command === 'verify' ? runLock(run.id) : accountLock(run.accountId);
  return (await database.isLocked(lock)) ? run : { ...run, status: 'interrupted' };
}

/** The newest runs, and how many there are. */
export async function listRuns(
  database: Database,
  limit: number,
): Promise<{ readonly runs: readonly StoredRun[]; readonly total: number }> {
  const { rows } = await database.query(`SELECT ${runColumns} ORDER BY r.no DESC LIMIT $1`, [
    limit,
  ]);
  const { rows: counted } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.runs`,
  );
  return {
    runs: await Promise.all(rows.map((row) => asItStands(database, storedSchema.parse(row)))),
    total: Number(counted[0]?.['n'] ?? 0),
  };
}

/** Name of the lock that a preview or an import holds in its account while it lives. */
export const accountLock = (accountId: string): string => `tesoro-migrate account ${accountId}`;

/** Name of the lock that a verification holds while it lives: it keeps nobody out of its account. */
export const runLock = (id: string): string => `tesoro-migrate run ${id}`;

/**
 * Marks runs that nobody carries on any more as interrupted: called while holding the account's lock, so
 * whatever still says `running` there has lost its process.
 */
export async function markInterrupted(database: Database, accountId: string): Promise<void> {
  await database.query(
    `UPDATE migration.runs SET status = 'interrupted' WHERE account_id = $1 AND status = 'running'
        AND command <> 'verify'`,
    [accountId],
  );
}
