// The contract between the server and the page: every request and every answer, as a schema and as the type of it.
// Imports nothing but zod, so that both sides can. docs/web-api.md says which route takes and gives what.
import * as z from 'zod';

const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();
const time = z.iso.datetime();

/** What a person may do: an admin imports, a viewer looks. */
export const roles = ['admin', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const languages = ['en', 'es', 'nl'] as const;
export const languageSchema = z.enum(languages);
export type Language = z.infer<typeof languageSchema>;

// ── Failures ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Why a request was refused. `outdated`: the thing was changed elsewhere, load it again; `busy`: a run is going on. */
export const failureCodes = [
  'signed-out',
  'not-allowed',
  'not-found',
  'invalid',
  'too-large',
  'too-many',
  'outdated',
  'busy',
  'not-ready',
  'source',
  'mapping',
  'database',
  'broken',
] as const;

/** The body of every answer that is not 2xx: what happened, and what to do next. */
export const failureSchema = z.object({
  error: z.object({
    code: z.enum(failureCodes),
    message: z.string(),
    hint: z.string().nullable(),
  }),
});
export type Failure = z.infer<typeof failureSchema>;

// ── Signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const signInSchema = z.strictObject({ token: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof signInSchema>;

/** Who is signed in. `csrf` goes back as the header `x-csrf-token` with everything that is not a GET. */
export const meSchema = z.object({
  account: z.string(),
  name: z.string(),
  role: roleSchema,
  language: languageSchema.nullable(),
  csrf: z.string(),
  expiresAt: time,
  version: z.string(),
  uploadBytes: count,
});
export type Me = z.infer<typeof meSchema>;

export const meChangeSchema = z.strictObject({ language: languageSchema });
export type MeChange = z.infer<typeof meChangeSchema>;

// ── What there is to choose from ────────────────────────────────────────────────────────────────────────────────────

/** What the rows of a table can be; the first four are the CRM's own imports and have a sample file. */
export const kinds = [
  'leads',
  'owners',
  'contacts',
  'relations',
  'properties',
  'deals',
  'activities',
  'users',
] as const;
export const kindSchema = z.enum(kinds);
export type Kind = z.infer<typeof kindSchema>;

export const sampleKinds = ['leads', 'owners', 'contacts', 'relations'] as const;
export const sampleKindSchema = z.enum(sampleKinds);
export type SampleKind = z.infer<typeof sampleKindSchema>;

/** A field that a column can be matched with. */
export const fieldSchema = z.object({
  name: z.string(),
  /** In English; the page has the others. */
  title: z.string(),
  kinds: z.array(kindSchema),
  /** Has a list of values, or names a user: its values can be matched one by one. */
  values: z.enum(['list', 'user']).nullable(),
  /** Several columns can fill it. */
  many: z.boolean(),
  /** Kinds that need it: without it a row is not imported (strict), or comes in marked as incomplete (lenient). */
  requiredBy: z.array(kindSchema),
});
export type Field = z.infer<typeof fieldSchema>;

export const catalogSchema = z.object({
  /** Systems whose exports are recognised, with what their records are. */
  systems: z.array(z.object({ name: z.string(), title: z.string() })),
  fields: z.array(fieldSchema),
  encodings: z.array(z.string()),
});
export type Catalog = z.infer<typeof catalogSchema>;

// ── Imports ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Where an import stands. `empty`: no file; `open`: a file, nothing checked; `checking`; `checked`: there is a plan of
 * everything as it is; `outdated`: something was changed since the plan; `importing`; `interrupted`: the import can be
 * gone on with; `imported`; `failed`; `undoing`; `undone`.
 */
export const importStates = [
  'empty',
  'open',
  'checking',
  'checked',
  'outdated',
  'importing',
  'interrupted',
  'imported',
  'failed',
  'undoing',
  'undone',
] as const;
export const importStateSchema = z.enum(importStates);
export type ImportState = z.infer<typeof importStateSchema>;

/** How a table is read; what is absent or null is found out. */
export const readingChoiceSchema = z.strictObject({
  encoding: z.string().max(40).nullable().optional(),
  delimiter: z.string().length(1).nullable().optional(),
  headerLine: z.number().int().positive().nullable().optional(),
  sheet: z.string().max(200).nullable().optional(),
});
export type ReadingChoice = z.infer<typeof readingChoiceSchema>;

export const requirementsSchema = z.enum(['strict', 'lenient']);

/** What a run does at the moment. Stages: reading, staging, planning, applying, storing, undoing … */
export const progressSchema = z.object({
  stage: z.string(),
  done: count,
  total: count.nullable(),
  unit: z.enum(['records', 'tables', 'bytes', 'files']),
  table: z.string().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

/** Work in the background: of an import, or of a run. */
export const jobSchema = z.object({
  kind: z.enum(['preview', 'import', 'resume', 'undo', 'verify', 'sync']),
  startedAt: time,
  startedBy: z.string(),
  progress: progressSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const importFileSchema = z.object({ name: z.string(), bytes: count, sha256: z.string() });

export const importSchema = z.object({
  id,
  state: importStateSchema,
  /** Grows with every change; send it back as `ifVersion` to be told when somebody else was faster. */
  version: count,
  createdAt: time,
  changedAt: time,
  createdBy: z.string(),
  /** What the rows are; null until it is chosen or the file tells. */
  kind: kindSchema.nullable(),
  /** The system whose export the file is; `csv` for any other table, whose columns are matched. */
  system: z.string().nullable(),
  file: importFileSchema.nullable(),
  reading: readingChoiceSchema,
  requirements: requirementsSchema,
  /** Whether columns can be matched: false for an export of a known system, whose mapping comes with the tool. */
  matchable: z.boolean(),
  /** The saved mapping that is used, and how the file differs from those it was saved for. */
  profile: z
    .object({
      id,
      name: z.string(),
      /** Recognised by the headers, or chosen by a person. */
      recognised: z.boolean(),
      /** Columns of the file that the profile does not know. */
      added: z.array(z.string()),
      /** Columns that the profile knows and the file does not have. */
      missing: z.array(z.string()),
    })
    .nullable(),
  edits: count,
  /** The run that checked or imported it last. */
  run: id.nullable(),
  job: jobSchema.nullable(),
  /** Why the last check or import came to nothing. */
  failure: failureSchema.shape.error.nullable(),
});
export type Import = z.infer<typeof importSchema>;

export const importListSchema = z.object({ imports: z.array(importSchema), total: count });
export type ImportList = z.infer<typeof importListSchema>;

/** At least one of both may stay open: then the file tells. */
export const newImportSchema = z.strictObject({
  kind: kindSchema.nullable(),
  system: z.string().max(40).nullable(),
});
export type NewImport = z.infer<typeof newImportSchema>;

/** Only what is named is changed. A change of the reading takes back corrections of single cells. */
export const importChangeSchema = z.strictObject({
  kind: kindSchema.optional(),
  /** `null`: found out anew. */
  system: z.string().max(40).nullable().optional(),
  reading: readingChoiceSchema.optional(),
  requirements: requirementsSchema.optional(),
  /** A saved mapping, or none. */
  profile: id.nullable().optional(),
  ifVersion: count.optional(),
});
export type ImportChange = z.infer<typeof importChangeSchema>;

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The first lines as they will be read. */
export const readLineSchema = z.object({
  /** From 1, in the file; of a sheet, the row. */
  line: count,
  role: z.enum(['preamble', 'header', 'row']),
  cells: z.array(z.string()),
});
export type ReadLine = z.infer<typeof readLineSchema>;

export const readingSchema = z.object({
  /** What the file was taken for, and why. */
  system: z.object({
    name: z.string(),
    title: z.string(),
    confidence: z.number(),
    reason: z.string(),
  }),
  /** What the rows are taken for; null for exports whose records say it themselves. */
  kind: z
    .object({
      kind: kindSchema,
      confidence: z.number(),
      reason: z.string(),
      others: z.array(kindSchema),
    })
    .nullable(),
  /** Null for what is no table. */
  table: z
    .object({
      encoding: z.string(),
      encodingCertain: z.boolean(),
      delimiter: z.string(),
      delimiterCertain: z.boolean(),
      headerLine: count,
      sheet: z.string().nullable(),
      sheets: z.array(z.string()),
      columns: z.array(z.string()),
      lines: z.array(readLineSchema),
      /** A single column was found, or far too many: the delimiter is most likely wrong. */
      doubt: z.enum(['one-column', 'too-many-columns']).nullable(),
    })
    .nullable(),
  /** Further files of an archive: read, or left beside. */
  files: z.array(z.object({ name: z.string(), read: z.boolean() })),
});
export type Reading = z.infer<typeof readingSchema>;

// ── Columns ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const suggestionSchema = z.object({
  field: z.string(),
  title: z.string(),
  /** From 0 to 1. */
  confidence: z.number(),
  level: z.enum(['high', 'medium', 'low']),
  reason: z.string(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

const proofSchema = z.object({ line: count.nullable(), value: z.string() });

/** How a column writes its dates or numbers, where that decides what they mean. */
export const columnFormSchema = z.object({
  kind: z.enum(['dates', 'numbers']),
  /** `undecided`: the question is open, and such values are reported instead of guessed. */
  form: z.enum(['dmy', 'mdy', 'ymd', 'comma', 'point', 'undecided']),
  by: z.enum(['proof', 'other-column', 'person', 'nobody']),
  /** What it can be: `undecided` columns ask for one of these. */
  choices: z.array(z.enum(['dmy', 'mdy', 'ymd', 'comma', 'point'])),
  /** Up to three rows that prove it, or that can be read both ways. */
  rows: z.array(proofSchema),
});
export type ColumnForm = z.infer<typeof columnFormSchema>;

export const columnSchema = z.object({
  name: z.string(),
  rows: count,
  filled: count,
  samples: z.object({
    /** The three most frequent, of those looked at. */
    frequent: z.array(z.object({ value: z.string(), count })),
    longest: z.string().nullable(),
    /** What looks least like the rest. */
    oddest: z.string().nullable(),
  }),
  proposal: suggestionSchema.nullable(),
  /** Why nothing is proposed. */
  unmatched: z.string().nullable(),
  alternatives: z.array(suggestionSchema),
  /** What becomes of it: a field, kept in the custom fields, or refused (left out, and said so). */
  use: z.enum(['field', 'kept', 'refused']),
  field: z.string().nullable(),
  by: z.enum(['proposal', 'profile', 'person', 'system']),
  form: columnFormSchema.nullable(),
});
export type Column = z.infer<typeof columnSchema>;

export const columnsSchema = z.object({
  version: count,
  rows: count,
  kind: kindSchema.nullable(),
  columns: z.array(columnSchema),
  /** Required fields that no column fills. */
  missing: z.array(z.string()),
});
export type Columns = z.infer<typeof columnsSchema>;

// ── Values ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const columnValuesSchema = z.object({
  column: z.string(),
  field: z.string(),
  title: z.string(),
  /** A list of the CRM, or its users, by e-mail. */
  kind: z.enum(['list', 'user']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  /** Cells that hold several values, which are matched one by one. */
  several: z.boolean(),
  values: z.array(
    z.object({
      value: z.string(),
      count,
      /** What the tool knows it to mean; null: unknown. */
      proposed: z.string().nullable(),
      /** What it becomes. Null: it stays unmatched, is reported, and the original is kept with the row. */
      to: z.string().nullable(),
      by: z.enum(['proposal', 'profile', 'person']),
    }),
  ),
  /** Distinct values beyond those listed. */
  more: count,
  unmatched: count,
});
export type ColumnValues = z.infer<typeof columnValuesSchema>;

export const valuesSchema = z.object({ version: count, columns: z.array(columnValuesSchema) });
export type Values = z.infer<typeof valuesSchema>;

// ── Edits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const name = z.string().min(1).max(500);
const text = z.string().max(100_000);

/** One step of a person. The import is what it was found to be, and then the steps that were not taken back, in order. */
export const editSchema = z.discriminatedUnion('kind', [
  /** A column becomes a field; null: it is kept in the custom fields, or refused. */
  z.strictObject({
    kind: z.literal('column'),
    column: name,
    field: name.nullable(),
    refuse: z.boolean().optional(),
  }),
  /** A value of a column with a list means this one; null: nothing. */
  z.strictObject({ kind: z.literal('value'), column: name, value: text, to: name.nullable() }),
  /** A column writes its dates or numbers like this. */
  z.strictObject({
    kind: z.literal('form'),
    column: name,
    form: z.enum(['dmy', 'mdy', 'comma', 'point']),
  }),
  /** One cell says this. */
  z.strictObject({ kind: z.literal('cell'), row: count, column: name, to: text }),
  /** Every cell of a column that says `from` says `to`. */
  z.strictObject({ kind: z.literal('equal'), column: name, from: text, to: text }),
]);
export type Edit = z.infer<typeof editSchema>;

export const newEditSchema = z.strictObject({ edit: editSchema, ifVersion: count.optional() });
export type NewEdit = z.infer<typeof newEditSchema>;

export const madeEditSchema = z.object({
  no: count,
  edit: editSchema,
  by: z.string(),
  at: time,
  /** When it was taken back. */
  undoneAt: time.nullable(),
});
export type MadeEdit = z.infer<typeof madeEditSchema>;

export const editListSchema = z.object({ version: count, edits: z.array(madeEditSchema) });
export type EditList = z.infer<typeof editListSchema>;

/** What became of an issue in a row: its code and its sentence. */
const issueSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** Column of the file, where it is about one. */
  column: z.string().nullable(),
  value: z.string().nullable(),
  args: z.record(z.string(), z.string().nullable()),
  /** In English; the page words what it knows by `code` and `args`. */
  message: z.string(),
});
export type RowIssue = z.infer<typeof issueSchema>;

/** What a correction does, before or after it is made: how many rows, and up to five of them. */
export const editEffectSchema = z.object({
  rows: count,
  examples: z.array(
    z.object({
      row: count,
      line: count.nullable(),
      before: z.string(),
      after: z.string(),
      /** What there is to say of the cell before and after. */
      issuesBefore: z.array(issueSchema),
      issuesAfter: z.array(issueSchema),
    }),
  ),
});
export type EditEffect = z.infer<typeof editEffectSchema>;

export const editResultSchema = z.object({
  import: importSchema,
  edit: madeEditSchema,
  effect: editEffectSchema.nullable(),
});
export type EditResult = z.infer<typeof editResultSchema>;

// ── Preview ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What becomes of a record; they add up to the records that were read. */
export const fates = [
  'created',
  'updated',
  'unchanged',
  'duplicate',
  'excluded',
  'parked',
  'rejected',
] as const;
export const fateSchema = z.enum(fates);
export type Fate = z.infer<typeof fateSchema>;

const fateCounts = z.record(fateSchema, count);

/** Which rows; all that is named must hold. In the address of the page as in that of the request. */
export const rowFilterSchema = z.object({
  fate: fateSchema.optional(),
  /** Rows with an issue of this code. */
  code: z.string().max(60).optional(),
  /** Rows with an issue about this column, of the code where one is named. */
  column: z.string().max(500).optional(),
  /** Rows of this kind, in exports that hold several. */
  entity: z.string().max(100).optional(),
  /** Rows with this text in some cell, whatever the case. */
  search: z.string().max(200).optional(),
  /** Rows in which somebody corrected something. */
  corrected: z.stringbool().optional(),
});
export type RowFilter = z.infer<typeof rowFilterSchema>;

export const rowQuerySchema = rowFilterSchema.extend({
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().positive().max(500).default(100),
});
export type RowQuery = z.input<typeof rowQuerySchema>;

export const previewCountsSchema = z.object({
  run: id,
  /** Records that were read, and how many are left under the filter of the request. */
  read: count,
  matching: count,
  /** Under all of the filter but its fate, so that each says what choosing it would show. */
  fates: fateCounts,
  /** By source entity, likewise. */
  entities: z.record(z.string(), count),
  /** Under all of the filter but its code and column. Each counts rows. */
  issues: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      column: z.string().nullable(),
      rows: count,
      message: z.string(),
      args: z.record(z.string(), z.string().nullable()),
      /** The most frequent values that it is about, for "fix all". */
      values: z.array(z.object({ value: z.string(), rows: count })),
    }),
  ),
  /** What there is to say of the whole file, of no row. */
  remarks: z.array(issueSchema),
  duplicates: count,
  columns: z.array(z.string()),
});
export type PreviewCounts = z.infer<typeof previewCountsSchema>;

export const previewRowSchema = z.object({
  /** Number of the record in the order of the file, from 0: what a correction names. */
  row: count,
  line: count.nullable(),
  file: z.string(),
  entity: z.string(),
  sourceId: z.string(),
  /** Null while it is not decided yet. */
  fate: fateSchema.nullable(),
  /** What the file says, by column, corrections applied; empty cells are left out. */
  cells: z.record(z.string(), z.string()),
  /** What the file said in the cells that were corrected. */
  corrected: z.record(z.string(), z.string()),
  /** Corrected after the last check: its fate and issues are those before. */
  pending: z.boolean(),
  issues: z.array(issueSchema),
  /** Rows of the CRM that it gives, the one it stands for first. */
  results: z.array(
    z.object({
      table: z.string(),
      part: z.string().nullable(),
      fate: fateSchema.nullable(),
      /** Id of the row in the CRM. */
      id: z.string().nullable(),
      /** Of created rows `old` is null; of updated ones only what changes is listed. */
      fields: z.array(
        z.object({ field: z.string(), old: z.string().nullable(), new: z.string().nullable() }),
      ),
    }),
  ),
});
export type PreviewRow = z.infer<typeof previewRowSchema>;

export const previewRowsSchema = z.object({
  run: id.nullable(),
  offset: count,
  /** Rows under the filter; null while they are still being read. */
  total: count.nullable(),
  rows: z.array(previewRowSchema),
});
export type PreviewRows = z.infer<typeof previewRowsSchema>;

export const pageQuerySchema = z.object({
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().positive().max(500).default(50),
});
export type PageQuery = z.input<typeof pageQuerySchema>;

const duplicateSideSchema = z.object({
  /** Id in the CRM, or the one it will have. */
  id: z.string(),
  /** Null: a row that a person entered in the CRM. */
  entity: z.string().nullable(),
  sourceId: z.string().nullable(),
  values: z.record(z.string(), z.string()),
});

export const duplicatesSchema = z.object({
  total: count,
  pairs: z.array(
    z.object({
      table: z.string(),
      score: z.number(),
      reasons: z.array(z.string()),
      first: duplicateSideSchema,
      second: duplicateSideSchema,
    }),
  ),
});
export type Duplicates = z.infer<typeof duplicatesSchema>;

// ── Runs ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const runStatuses = [
  'planned',
  'running',
  'interrupted',
  'complete',
  'failed',
  'rolling-back',
  'rolled-back',
] as const;

export const runCommands = ['preview', 'import', 'retry', 'verify', 'rollback', 'sync'] as const;

export const runLineSchema = z.object({
  id,
  command: z.enum(runCommands),
  status: z.enum(runStatuses),
  source: z.string(),
  files: z.array(z.string()),
  startedAt: time,
  finishedAt: time.nullable(),
  /** The import of the page that it belongs to; null for one of the command line. */
  import: id.nullable(),
});
export type RunLine = z.infer<typeof runLineSchema>;

export const runListSchema = z.object({ runs: z.array(runLineSchema), total: count });
export type RunList = z.infer<typeof runListSchema>;

const tableCounts = z.object({
  read: count,
  active: count,
  deleted: count,
  fates: z.record(z.string(), count),
});

export const runSchema = runLineSchema.extend({
  balanced: z.boolean(),
  seconds: z.number(),
  /** By source entity: every record once. */
  records: z.record(z.string(), tableCounts),
  /** By table of the CRM. */
  entities: z.record(z.string(), tableCounts),
  issues: z.object({ error: count, warning: count, info: count }),
  groups: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      entity: z.string().nullable(),
      field: z.string().nullable(),
      count,
      message: z.string(),
    }),
  ),
  /** Records that did not come in, and how many are still out. */
  rejects: z.object({ kept: count, open: count }),
  /** The run that this one undoes or retries. */
  of: id.nullable(),
  /** The import repeats the preview: null before the import; else whether every count is the one that was shown. */
  asPreviewed: z.boolean().nullable(),
  undone: z
    .object({
      run: id,
      finishedAt: time.nullable(),
      deleted: count,
      restored: count,
      left: count,
    })
    .nullable(),
  can: z.object({ resume: z.boolean(), undo: z.boolean(), verify: z.boolean() }),
  job: jobSchema.nullable(),
  failure: failureSchema.shape.error.nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** What undoing a run would do. */
export const undoSchema = z.object({
  run: id,
  tables: z.record(z.string(), z.object({ deleted: count, restored: count, left: count })),
  /** Rows that would stay, the first of them, and why. */
  left: z.array(
    z.object({
      table: z.string(),
      sourceId: z.string().nullable(),
      reason: z.string(),
      fields: z.array(z.string()),
    }),
  ),
  totalLeft: count,
});
export type Undo = z.infer<typeof undoSchema>;

// ── Profiles ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const profileSchema = z.object({
  id,
  name: z.string(),
  kind: kindSchema,
  columns: z.array(z.string()),
  savedAt: time,
  savedBy: z.string(),
  usedAt: time.nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

export const profileListSchema = z.object({ profiles: z.array(profileSchema) });
export type ProfileList = z.infer<typeof profileListSchema>;

export const newProfileSchema = z.strictObject({ name: z.string().trim().min(1).max(100) });
export type NewProfile = z.infer<typeof newProfileSchema>;

// ── Feeds ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);
const place = z.string().trim().min(1).max(200);
const limitSchema = z.strictObject({
  count: count.nullable(),
  /** From 0 to 1. */
  share: z.number().min(0).max(1).nullable(),
});

/** The settings of a feed that a page shows. Those of its download (headers, passwords) are set on the command line. */
export const feedSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Name of the system whose feed it is. */
  provider: z.string().min(1).max(40),
  /** By http or https: files of the server are named on its command line. */
  url: z.string().trim().min(1).max(2_000),
  /** `draft`: a sync is a preview, and writes nothing in the CRM. */
  mode: z.enum(['draft', 'active']),
  publish: z.boolean(),
  /** What becomes of a listing that the feed no longer offers. */
  removal: z.enum(['removed_by_feed', 'off_market', 'ignore']),
  /** Id of the relation that is the partner. */
  partner: z.uuid().nullable(),
  commissionPercent: z
    .string()
    .regex(/^\d{1,2}(\.\d{1,3})?$/)
    .nullable(),
  price: z.strictObject({ min: amount.nullable(), max: amount.nullable() }),
  exclude: z.strictObject({
    types: z.array(z.string().max(40)),
    locations: z.array(place),
    provinces: z.array(place),
  }),
  schedule: z
    .strictObject({
      /** Five fields: minute, hour, day of the month, month, day of the week. */
      cron: z.string().max(100),
      timezone: z.string().min(1).max(60),
      hours: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
    })
    .nullable(),
  /** Withdrawals beyond these are held until a person approves them. */
  guards: z.strictObject({ all: limitSchema, town: limitSchema, agent: limitSchema }),
  staleAfterHours: z.number().int().positive(),
});
export type FeedSettings = z.infer<typeof feedSettingsSchema>;

/** Name, provider and url are enough; the rest has its defaults, and `draft` is one of them. */
export const newFeedSchema = feedSettingsSchema
  .partial()
  .required({ name: true, provider: true, url: true });
export type NewFeed = z.infer<typeof newFeedSchema>;

/** Each stands for the whole setting of its name. */
export const feedChangeSchema = feedSettingsSchema.partial();
export type FeedChange = z.infer<typeof feedChangeSchema>;

export const feedSyncSchema = z.object({
  id,
  reason: z.enum(['manual', 'schedule']),
  outcome: z.enum(['running', 'interrupted', 'unchanged', 'previewed', 'synced', 'failed']),
  startedAt: time,
  finishedAt: time.nullable(),
  /** The run that says the rest. */
  run: id.nullable(),
  /** Of listings; null where nothing was read. */
  fates: z.record(z.string(), count).nullable(),
  withdrawal: z
    .object({
      onOffer: count,
      absent: count,
      excluded: count,
      withdrawn: count,
      held: count,
      ignored: count,
      guards: z.array(
        z.object({
          guard: z.enum(['all', 'town', 'agent', 'half', 'foreign', 'unread']),
          group: z.string().nullable(),
          count,
          of: count,
        }),
      ),
    })
    .nullable(),
  error: z.string().nullable(),
  hint: z.string().nullable(),
});
export type FeedSync = z.infer<typeof feedSyncSchema>;

export const feedSchema = z.object({
  id,
  settings: feedSettingsSchema,
  /** Name of the partner relation. */
  partner: z.string().nullable(),
  state: z.enum(['failing', 'held', 'stale', 'new', 'ok']),
  lastSync: feedSyncSchema.nullable(),
  lastSuccessAt: time.nullable(),
  /** Syncs that failed one after the other, up to now. */
  failures: count,
  listings: z.object({ onOffer: count, withdrawn: count, held: count }),
  job: jobSchema.nullable(),
  failure: failureSchema.shape.error.nullable(),
});
export type Feed = z.infer<typeof feedSchema>;

export const feedListSchema = z.object({ feeds: z.array(feedSchema) });
export type FeedList = z.infer<typeof feedListSchema>;

/** Newest first; `fates` and `withdrawal` over time are the picture of the listings. */
export const feedHistorySchema = z.object({ syncs: z.array(feedSyncSchema), total: count });
export type FeedHistory = z.infer<typeof feedHistorySchema>;

export const feedHeldSchema = z.object({
  held: z.array(
    z.object({
      id: z.string(),
      reference: z.string().nullable(),
      sourceId: z.string(),
      town: z.string().nullable(),
      price: z.string().nullable(),
      reason: z.enum(['absent', 'excluded']),
      guard: z.enum(['all', 'town', 'agent', 'half', 'foreign', 'unread']),
      since: time,
    }),
  ),
  total: count,
});
export type FeedHeld = z.infer<typeof feedHeldSchema>;

/** All that are held, or those of some listings, by their references. */
export const feedApprovalSchema = z.strictObject({
  references: z.array(z.string()).min(1).max(10_000).optional(),
});
export type FeedApproval = z.infer<typeof feedApprovalSchema>;

export const feedApprovedSchema = z.object({
  withdrawn: count,
  held: count,
  /** The run that withdrew them, which can be undone. */
  run: id.nullable(),
});
export type FeedApproved = z.infer<typeof feedApprovedSchema>;
