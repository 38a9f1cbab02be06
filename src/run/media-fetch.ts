import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillWebRows } from '../apply/web-media.ts';
import type { Database } from '../database/contract.ts';
import { mediaLimits } from '../download/contract.ts';
import { shownUrl } from '../download/shown-url.ts';
import {
  askAgain,
  type AskedFile,
  collectWebFiles,
  dueCount,
  dueFiles,
  failuresOf,
  recordAsked,
  summaryOf,
  type WebScope,
} from '../media/web-files.ts';
import type { WebFetcher } from '../media/fetch.ts';
import { UsageError } from '../model/errors.ts';
import type { MediaFetchRequest } from './contract.ts';
import type { MediaFetchDocument, MediaStatusDocument } from './documents.ts';
import { storeOf } from './media.ts';
import type { Session } from './session.ts';
import { type Account, findRun } from './store.ts';

// Between two transactions: what an interruption loses at most.
const filesPerStep = 200;
const concurrency = 16;
const perHost = 4;

/** Says what is stored of the files that rows of the account name by an address of the web. */
export async function mediaStatus(session: Session, limit: number): Promise<MediaStatusDocument> {
  const [database, account] = [await session.database(), await session.account()];
  const now = session.environment.now();
  await collectWebFiles(database, account.id, now);
  return statusOf(database, account, now, limit);
}

/**
 * Asks for the files that are due, stores them once each by their checksum, and writes into the rows what they are. What
 * was asked is written down step by step, so a call that was interrupted is gone on with by the next.
 */
export async function mediaFetch(
  session: Session,
  request: MediaFetchRequest,
): Promise<MediaFetchDocument> {
  const { environment } = session;
  const database = await session.database();
  const account = await session.account();
  const run = request.run === undefined ? undefined : await findRun(database, request.run);
  if (run !== undefined && run.accountId !== account.id)
    throw new UsageError(`Run ${run.id} is of the account ${run.account}.`, {
      hint: `Say so: --account ${run.account}`,
    });
  const scope = { accountId: account.id, runNo: run?.no };
  const startedAt = environment.now();
  const asked = await database.withLock(`tesoro-migrate media ${account.id}`, () =>
    fetchDue(session, database, scope, request),
  );
  if (asked === undefined)
    throw new UsageError(`The files of ${account.slug} are being fetched already.`, {
      hint: 'Wait for it to end; "media status" says how far it is.',
    });
  const finishedAt = environment.now();
  return {
    ...(await statusOf(database, account, finishedAt, request.limit)),
    asked,
    seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
  };
}

type Asked = MediaFetchDocument['asked'];

async function fetchDue(
  session: Session,
  database: Database,
  scope: WebScope,
  request: MediaFetchRequest,
): Promise<Asked> {
  const { environment } = session;
  const now = environment.now();
  await collectWebFiles(database, scope.accountId, now);
  if (request.recheck === true) await askAgain(database, scope.accountId, now);
  // Rows that name what is stored already: a second row, or one that a rollback took back.
  await database.transaction((transaction) => fillWebRows(transaction, scope.accountId));
  const total = Math.min(await dueCount(database, scope, now), request.files ?? Infinity);
  const counts = { stored: 0, unchanged: 0, failed: 0, postponed: 0 };
  const directory = await mkdtemp(join(tmpdir(), 'tesoro-fetch-'));
  try {
    const fetcher = await fetcherOf(session, directory, request);
    for (let done = 0; done < total;) {
      environment.signal.throwIfAborted();
      const due = await dueFiles(database, scope, now, Math.min(filesPerStep, total - done));
      if (due.length === 0) break;
      const files: AskedFile[] = [];
      try {
        await fetcher.fetch(due, (file) => {
          files.push(file);
          counts[file.outcome] += 1;
          done += 1;
          environment.progress({ stage: 'fetching', done, total, unit: 'files' });
        });
      } finally {
        await writeDown(database, scope.accountId, files, environment.now());
      }
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return counts;
}

async function fetcherOf(
  session: Session,
  directory: string,
  request: MediaFetchRequest,
): Promise<WebFetcher> {
  const { environment, downloader } = session;
  const { webFetcher } = await import('../media/fetch.ts');
  return webFetcher({
    downloader,
    store: await storeOf(environment),
    limits: { ...mediaLimits, ...environment.mediaLimits },
    concurrency: request.concurrency ?? concurrency,
    perHost,
    directory,
    now: environment.now,
    random: environment.network?.random ?? (() => 0.5),
    signal: environment.signal,
  });
}

/** What came of some files, and what that means for the rows that name them: both or nothing. */
function writeDown(
  database: Database,
  accountId: string,
  files: readonly AskedFile[],
  now: Date,
): Promise<void> {
  const stored = files.filter(({ outcome }) => outcome === 'stored').map(({ sum }) => sum);
  return database.transaction(async (transaction) => {
    await recordAsked(transaction, accountId, files, now);
    if (stored.length > 0) await fillWebRows(transaction, accountId, stored);
  });
}

async function statusOf(
  database: Database,
  account: Account,
  now: Date,
  limit: number,
): Promise<MediaStatusDocument> {
  const { bytes, ...files } = await summaryOf(database, account.id);
  const due = await dueCount(database, { accountId: account.id, runNo: undefined }, now);
  const failures = await failuresOf(database, account.id, limit);
  return {
    account: account.slug,
    files: { ...files, due },
    bytes,
    failures: {
      total: files.failing,
      items: failures.map(({ url, next, table, ...rest }) => ({
        url: shownUrl(url),
        ...rest,
        nextAt: next,
        entity: table,
      })),
    },
    exitCode: files.failing > 0 ? 1 : 0,
  };
}
