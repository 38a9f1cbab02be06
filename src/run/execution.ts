import type { Database } from '../database/contract.ts';
import { underLock } from './account-lock.ts';
import { applyAndClose, close } from './applying.ts';
import type { ListingTerms } from '../feeds/terms.ts';
import type { ImportRequest } from './contract.ts';
import type { RunDocument } from './documents.ts';
import { explained, recordFailure, type StoppedRun } from './ending.ts';
import { heldBy } from './held-run.ts';
import { stageAndPlan, type PlanOrder } from './planning.ts';
import type { Session } from './session.ts';
import { openSource, type ReadySource } from './source-of-run.ts';
import { absentOptions } from './absent.ts';
import { beginRun, ensureSystem, type Account, type RunOptions } from './store.ts';
import { translate, type TranslatedSource } from './translation.ts';

/** Stages and plans an input; `import` goes on to apply the plan. */
export async function execute(
  session: Session,
  command: 'preview' | 'import',
  request: ImportRequest,
): Promise<RunDocument> {
  const ready = await openSource({ ...session, ...session.environment }, request);
  try {
    const account = await session.account();
    const translated = await translate(ready, account.defaults, request, session.environment);
    return await executeTranslated(session, command, { request, account, translated });
  } finally {
    await ready.opened.close();
  }
}

/** Stages and plans an input whose translation is known; the caller closes it. */
export async function executeTranslated(
  session: Session,
  command: 'preview' | 'import',
  from: Beginning,
): Promise<RunDocument> {
  const database = await session.database();
  return underLock(database, from.account, async () =>
    stageAnd(session, command, await begin(session, database, command, from)),
  );
}

/** What a run begins with. */
export interface Beginning {
  readonly request: ImportRequest;
  readonly account: Account;
  readonly translated: TranslatedSource;
  /** Number of the run that is retried. */
  readonly of?: number;
  /** Of the run; a new one where nothing is said. */
  readonly id?: string;
  /** Whether its plan can be looked at row by row. */
  readonly browsable?: boolean;
  /** Of the sync of a feed. */
  readonly feed?: FeedOfRun;
}

/** The feed whose snapshot a run reads. */
export interface FeedOfRun {
  /** Its name in the id map. */
  readonly system: string;
  readonly absent: NonNullable<RunOptions['absent']>;
  readonly terms: ListingTerms;
}

/** Writes down that a run begins; it may write to the database until it ends. */
export async function begin(
  { environment }: Session,
  database: Database,
  command: StoppedRun['command'],
  from: Beginning,
): Promise<PlanOrder> {
  const { request, account, translated, of } = from;
  const { ready, translation } = translated;
  const { mappings } = translation;
  const startedAt = environment.now();
  const id = from.id ?? environment.newId();
  const systemNo = await ensureSystem(database, from.feed?.system ?? mappings.adapter);
  const options = {
    ...optionsOf(ready, request),
    ...translated.options,
    ...(from.browsable === undefined ? {} : { browsable: from.browsable }),
    ...(from.feed === undefined ? {} : { absent: from.feed.absent, terms: from.feed.terms }),
  };
  const runNo = await beginRun(database, {
    id,
    accountId: account.id,
    command,
    systemNo,
    adapter: mappings.adapter,
    inputs: ready.opened.documents,
    options,
    tool: environment.version,
    by: environment.user,
    mappingHash: mappings.hash,
    startedAt,
    ...(of === undefined ? {} : { of }),
  });
  const held = heldBy(database, { runNo, attempt: 1 });
  return {
    id,
    runNo,
    startedAt,
    since: startedAt,
    account,
    systemNo,
    ready,
    translation,
    options,
    database: held,
  };
}

/** Carries a run on from its beginning, under the lock of its account; with `writes` false, to its plan. */
export async function stageAnd(
  session: Session,
  command: StoppedRun['command'],
  order: PlanOrder,
  writes = command !== 'preview',
): Promise<RunDocument> {
  const run = { id: order.id, runNo: order.runNo, command };
  let applying = false;
  try {
    const outcome = await stageAndPlan(session, order);
    applying = writes;
    return applying
      ? await applyAndClose(session, outcome)
      : await close(session, outcome, 'planned');
  } catch (cause) {
    await recordFailure(session, order.database, { ...run, applying }, cause);
    throw explained(session, { ...run, applying }, cause);
  }
}

const optionsOf = (ready: ReadySource, request: ImportRequest): RunOptions => ({
  paths: [...ready.opened.paths],
  names: request.names === undefined ? undefined : [...request.names],
  source: ready.source.adapter.name,
  mapping: request.mapping,
  encoding: request.encoding,
  delimiter: request.delimiter,
  headerLine: request.headerLine,
  sheet: request.sheet,
  as: request.as,
  requirements: request.requirements,
  dates: request.dates,
  decimal: request.decimal,
  corrections: request.corrections === undefined ? undefined : [...request.corrections],
  conflicts: request.conflicts,
  maxRejects: request.maxRejects,
  absent: absentOptions(request),
});
