import { tableNames } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import type { MappingSet } from '../mapping/contract.ts';
import { InternalError, MigrationError, SourceError, UsageError } from '../model/errors.ts';
import type { PlanScope } from '../plan/scope.ts';
import { mergeTwins } from '../plan/twins.ts';
import { dropStaging } from '../staging/tables.ts';
import { compareCounts, compareUnmapped, type CountLine } from '../verify/counts.ts';
import { expectRows, findReplaced, replacedRecords } from '../verify/expected.ts';
import { compareFields, compareLinks, type Compared, type Difference } from '../verify/fields.ts';
import {
  comparedRows,
  missingRows,
  unexpectedRows,
  type Listed,
  type OneSided,
} from '../verify/ids.ts';
import { compareMedia } from '../verify/media.ts';
import { compareWorkbook, type Workbook, type WorkbookLine } from '../verify/workbook.ts';
import { readBaseline } from './baseline-file.ts';
import { workbookOf } from './baseline.ts';
import type { VerifyRequest } from './contract.ts';
import type { VerifyDocument } from './documents.ts';
import { filesBeside, storeOf } from './media.ts';
import { openSource, type ReadySource } from './source-of-run.ts';
import { filesOf, stageInput } from './staging.ts';
import type { Session } from './session.ts';
import {
  beginRun,
  endRun,
  ensureSystem,
  findAccount,
  findRun,
  runLock,
  type Account,
  type RunOptions,
} from './store.ts';
import { translate } from './translation.ts';

/**
 * Verifies the CRM against the source: a run of its own that reads and maps everything again, and compares
 * counts, ids, fields and links by SQL. Writes nothing in schema `crm`.
 */
export async function verify(session: Session, request: VerifyRequest): Promise<VerifyDocument> {
  const database = await session.database();
  const { options, run } = await optionsOf(database, request);
  const baselineFile =
    request.baseline === undefined ? undefined : await readBaseline(request.baseline);
  const ready = await openSource(
    { ...session, ...session.environment },
    { ...options, inputs: options.paths },
  );
  try {
    if (run !== undefined) assertSameFiles(run.inputs, ready);
    const id = session.environment.newId();
    const account =
      run === undefined ? await session.account() : await findAccount(database, run.accountId);
    const systemNo = run?.systemNo;
    const verification = { id, account, systemNo, ready, options, request, baselineFile };
    const document = await database.withLock(runLock(id), () =>
      verifyReady(session, database, verification),
    );
    if (document === undefined) throw new InternalError(`Another run has the id ${id}.`);
    return document;
  } finally {
    await ready.opened.close();
  }
}

/** What to read and how: as asked, or as the run that is verified was. */
async function optionsOf(
  database: Database,
  request: VerifyRequest,
): Promise<{ options: RunOptions; run?: Awaited<ReturnType<typeof findRun>> }> {
  const asked = Object.fromEntries(
    Object.entries({
      source: request.source,
      mapping: request.mapping,
      encoding: request.encoding,
      delimiter: request.delimiter,
      headerLine: request.headerLine,
      sheet: request.sheet,
      as: request.as,
      requirements: request.requirements,
      dates: request.dates,
      decimal: request.decimal,
    }).filter(([, value]) => value !== undefined),
  );
  const run = request.run === undefined ? undefined : await findRun(database, request.run);
  const given = request.inputs.length > 0;
  if (run === undefined && !given) {
    throw new UsageError('There is nothing to verify against.', {
      hint: 'Name the files of the export, or a run with --run.',
    });
  }
  if (run !== undefined && !given && run.options.paths.includes('-')) {
    throw new UsageError(`Run ${run.id} read standard input, which is gone.`, {
      hint: 'Give the same export again as a file: tesoro-migrate verify --run … FILE.',
    });
  }
  if (run !== undefined && !given && run.options.paths.length === 0) {
    throw new UsageError(`Run ${run.id} read no file: it is a ${run.command}.`, {
      hint: `Verify the run that it is about: tesoro-migrate verify --run ${run.of ?? '…'}`,
    });
  }
  const options = { ...(run?.options ?? { paths: [] }), ...asked };
  return {
    options: given ? { ...options, paths: [...request.inputs] } : options,
    ...(run === undefined ? {} : { run }),
  };
}

function assertSameFiles(
  recorded: readonly { readonly name: string; readonly sha256: string }[],
  ready: ReadySource,
): void {
  const now = ready.opened.documents.map(({ sha256 }) => sha256).sort();
  const then = recorded.map(({ sha256 }) => sha256).sort();
  if (now.join() === then.join()) return;
  throw new SourceError('The files are not those that the run read: their checksums differ.', {
    hint: `The run read ${recorded.map(({ name, sha256 }) => `${name} (sha256 ${sha256.slice(0, 12)}…)`).join(', ')}. Verify against those, or without --run.`,
  });
}

interface Verification {
  readonly id: string;
  readonly account: Account;
  /** Of the run that is verified. */
  readonly systemNo: number | undefined;
  readonly ready: ReadySource;
  readonly options: RunOptions;
  readonly request: VerifyRequest;
  readonly baselineFile: Workbook | undefined;
}

async function verifyReady(
  session: Session,
  database: Database,
  {
    id,
    account,
    systemNo: given,
    ready: opened,
    options: asked,
    request,
    baselineFile,
  }: Verification,
): Promise<VerifyDocument> {
  const { environment } = session;
  const translated = await translate(opened, account.defaults, asked, environment);
  const { ready, translation } = translated;
  const { mappings } = translation;
  const options = { ...asked, ...translated.options };
  const startedAt = environment.now();
  const systemNo = given ?? (await ensureSystem(database, mappings.adapter));
  const runNo = await beginRun(database, {
    id,
    accountId: account.id,
    command: 'verify',
    systemNo,
    adapter: mappings.adapter,
    inputs: ready.opened.documents,
    options,
    tool: environment.version,
    by: environment.user,
    mappingHash: mappings.hash,
    startedAt,
  });
  try {
    environment.progress({ stage: 'counting', done: 0 });
    const baseline = baselineFile ?? workbookOf(await ready.count());
    const staged = await stageInput(session, database, {
      ready,
      translation,
      options: { ...options, paths: [...ready.opened.paths] },
      runNo,
      split: true,
      onProgress: (done) => {
        environment.progress({ stage: 'reading', done });
      },
    });
    const scope: PlanScope = {
      database,
      runNo,
      accountId: account.id,
      systemNo,
      tables: tableNames.filter((table) => table in mappings.tables),
      policies: mappings.tables,
      files: filesOf(ready),
      now: startedAt.getTime(),
    };
    const found = await compareAll(session, scope, baseline, mappings.roots, request.limit);
    const media = await compareMedia(
      { ...scope, database },
      filesBeside(ready),
      storeOf(environment),
      request.limit,
    );
    const pass =
      found.counts.every(({ ok }) => ok) &&
      found.workbook.every(({ ok }) => ok) &&
      found.missing.total + found.unexpected.total + found.fields.total + found.links.total === 0 &&
      media.missing.total + media.different.total === 0;
    const finishedAt = environment.now();
    const document: VerifyDocument = {
      run: id,
      command: 'verify',
      source: mappings.adapter,
      account: account.slug,
      inputs: ready.opened.documents,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      verdict: pass ? 'pass' : 'fail',
      counts: found.counts,
      workbook: shownLines(found.workbook, request.limit),
      ids: {
        compared: found.compared,
        missing: found.missing.items,
        unexpected: found.unexpected.items,
        total: { missing: found.missing.total, unexpected: found.unexpected.total },
      },
      fields: {
        compared: found.fields.compared,
        different: found.fields.items,
        explained: found.fields.explained,
        total: found.fields.total,
      },
      links: {
        compared: found.links.compared,
        broken: found.links.items,
        total: found.links.total,
      },
      media: {
        compared: media.compared,
        missing: media.missing.items,
        different: media.different.items,
      },
      seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
      exitCode: pass ? 0 : 1,
    };
    await endRun(database, runNo, {
      status: 'complete',
      finishedAt,
      balanced: pass,
      exitCode: document.exitCode,
      recordsRead: staged.records,
      document,
    });
    return document;
  } catch (cause) {
    await endRun(database, runNo, {
      status: 'failed',
      finishedAt: environment.now(),
      error: cause instanceof Error ? cause.message : String(cause),
      exitCode: cause instanceof MigrationError ? cause.exitCode : 70,
    }).catch(() => undefined);
    throw cause;
  } finally {
    // Issues were recorded by the import already; a second copy would only hide what is new.
    await database
      .query(`DELETE FROM migration.issues WHERE run_no = $1`, [runNo])
      .catch(() => undefined);
    await dropStaging(database, runNo).catch(() => undefined);
  }
}

interface AllFound {
  readonly counts: readonly CountLine[];
  readonly workbook: readonly WorkbookLine[];
  readonly compared: number;
  readonly missing: Listed<OneSided>;
  readonly unexpected: Listed<OneSided>;
  readonly fields: Compared;
  readonly links: Compared;
}

async function compareAll(
  session: Session,
  scope: PlanScope,
  baseline: Workbook,
  roots: MappingSet['roots'],
  limit: number,
): Promise<AllFound> {
  const counts: CountLine[] = [];
  let compared = 0;
  let missing: Listed<OneSided> = { items: [], total: 0 };
  let unexpected = missing;
  let fields: Compared = { compared: 0, items: [], total: 0, explained: 0 };
  let links = fields;
  await findReplaced(scope);
  await mergeTwins(scope, replacedRecords(scope.runNo));
  for (const [index, table] of scope.tables.entries()) {
    session.environment.signal.throwIfAborted();
    session.environment.progress({
      stage: 'verifying',
      done: index,
      total: scope.tables.length,
      unit: 'tables',
      table,
    });
    await expectRows(scope, table);
    counts.push(await compareCounts(scope, table, baseline, roots));
    compared += await comparedRows(scope, table);
    missing = joined(missing, await missingRows(scope, table, limit), limit);
    fields = joinedComparison(fields, await compareFields(scope, table, limit), limit);
    links = joinedComparison(links, await compareLinks(scope, table, limit), limit);
  }
  // Every table, also those that this source gives no rows for: nothing may be there that nobody gave.
  for (const table of tableNames)
    unexpected = joined(unexpected, await unexpectedRows(scope, table, limit), limit);
  counts.push(...(await compareUnmapped(scope, baseline, roots)));
  const workbook = await compareWorkbook(scope, baseline);
  return { counts, workbook, compared, missing, unexpected, fields, links };
}

/** As many lines as are asked for, in their order: rather those that say something than those that agree. */
function shownLines(lines: readonly WorkbookLine[], limit: number): VerifyDocument['workbook'] {
  const weight = ({ ok, screens, dimension }: WorkbookLine): number =>
    !ok ? 0 : dimension === null ? 1 : screens !== null ? 2 : 3;
  const chosen = [...lines].sort((a, b) => weight(a) - weight(b)).slice(0, limit);
  const kept = new Set(chosen);
  return {
    lines: lines.filter((line) => kept.has(line)),
    total: { lines: lines.length, unexplained: lines.filter(({ ok }) => !ok).length },
  };
}

function joined<Item>(a: Listed<Item>, b: Listed<Item>, limit: number): Listed<Item> {
  return { items: [...a.items, ...b.items].slice(0, limit), total: a.total + b.total };
}

function joinedComparison(a: Compared, b: Compared, limit: number): Compared {
  return {
    ...joined<Difference>(a, b, limit),
    compared: a.compared + b.compared,
    explained: a.explained + b.explained,
  };
}
