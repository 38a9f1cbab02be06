import type { Database } from '../../database/contract.ts';
import {
  BusyError,
  MappingError,
  MigrationError,
  NotReadyError,
  SourceError,
  TargetError,
  UsageError,
} from '../../model/errors.ts';
import { dropStaging } from '../../staging/tables.ts';
import type { RunDocument } from '../documents.ts';
import { executeTranslated } from '../execution.ts';
import { importPlan } from '../import-plan.ts';
import { findRun } from '../store.ts';
import type { FailureDocument, ImportUseCases } from './contract.ts';
import { assertNotBusy, assertOpen, decisionsOf, find, translated, type Found } from './found.ts';
import { noteUse } from './profiles.ts';
import { anyTable, fileOf, sourceRequest } from './source.ts';
import { stateOf } from './state.ts';
import { findImport, noteFailure, notePreviewed, noteRun } from './store.ts';
import { kindOf, requirementsOf } from './translation.ts';
import type { Workshop } from './workshop.ts';

/** Checking the rows of an import, and importing exactly what was shown. */
export function checking(
  workshop: Workshop,
): Pick<ImportUseCases, 'check' | 'apply' | 'assertReady' | 'asPreviewed'> {
  const { session } = workshop;
  const { environment } = session;

  /** What fails is kept with the import, for whoever looks at it next. */
  const noting = async (
    { database, account, one }: Found,
    work: () => Promise<RunDocument>,
  ): Promise<RunDocument> => {
    try {
      return await work();
    } catch (cause) {
      await noteFailure(database, account.id, one.id, failureOf(cause)).catch(() => undefined);
      throw cause;
    }
  };

  const assertReady: ImportUseCases['assertReady'] = async (id, what) => {
    const found = await find(workshop, id);
    const run = await assertNotBusy(found);
    if (what === 'check') {
      assertOpen(found, run);
      fileOf(found.one);
      if (found.one.system === anyTable) kindOf(found.one);
      return;
    }
    const state = stateOf(found.one, run);
    if (state === 'checked') return;
    if (state === 'imported')
      throw new NotReadyError('This is imported already.', { hint: 'See its result.' });
    throw new NotReadyError(
      state !== 'outdated'
        ? 'The rows are not checked yet.'
        : run?.supersededBy == null
          ? 'Something was changed since the rows were checked.'
          : 'Another import has changed the CRM since the rows were checked.',
      { hint: 'Check them, look at it, and import that.' },
    );
  };

  return {
    assertReady,
    check: async (id) => {
      const found = await find(workshop, id);
      const { database, account, one } = found;
      const run = environment.newId();
      await noteRun(database, account.id, { id, run, version: one.version });
      return noting(found, async () => {
        const decisions = await decisionsOf(workshop, found);
        const { ready, translation } = await translated(workshop, found, decisions);
        try {
          const document = await executeTranslated(session, 'preview', {
            id: run,
            account,
            translated: translation,
            browsable: true,
            request: {
              ...sourceRequest(one, decisions.choices),
              requirements: requirementsOf(one),
            },
          });
          await notePreviewed(database, account.id, id, countsByFate(document));
          if (one.runId !== null) await dropEarlier(database, one.runId);
          return document;
        } finally {
          await ready.opened.close();
        }
      });
    },
    apply: async (id) => {
      const found = await find(workshop, id);
      const { database, account, one } = found;
      return noting(found, async () => {
        await assertReady(id, 'apply');
        const document = await importPlan(session, one.runId ?? '');
        if (one.profileId !== null)
          await noteUse(database, account.id, one.profileId, environment.now());
        return document;
      });
    },
    asPreviewed: async (document) => {
      if (document.status !== 'complete') return null;
      const database = await session.database();
      const account = await session.account();
      const { rows } = await database.query(
        `SELECT id::text FROM migration.imports WHERE account_id = $1 AND run_id = $2`,
        [account.id, document.run],
      );
      if (rows[0] === undefined) return null;
      const { previewed } = await findImport(database, account.id, String(rows[0]['id']));
      return previewed === null ? null : sameCounts(previewed, countsByFate(document));
    },
  };
}

/** A run that another one replaces: its staged rows will not be looked at again. */
async function dropEarlier(database: Database, id: string): Promise<void> {
  const earlier = await findRun(database, id).catch(() => undefined);
  if (earlier?.command === 'preview') await dropStaging(database, earlier.no);
}

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const countsByFate = ({ records }: RunDocument): Record<string, Record<string, number>> =>
  Object.fromEntries(Object.entries(records).map(([name, { fates }]) => [name, { ...fates }]));

function sameCounts(one: Counts, other: Counts): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [a, b] = [one[name] ?? {}, other[name] ?? {}];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
      (fate) => (a[fate] ?? 0) === (b[fate] ?? 0),
    );
  });
}

/** Of two that fit the first counts: a busy account is a trouble with the database, but says more. */
const codes: readonly [abstract new (...args: never[]) => Error, FailureDocument['code']][] = [
  [BusyError, 'busy'],
  [SourceError, 'source'],
  [MappingError, 'mapping'],
  [TargetError, 'database'],
  [UsageError, 'invalid'],
];

/** Why something came to nothing, to be kept and shown. */
function failureOf(cause: unknown): FailureDocument {
  const code = codes.find(([type]) => cause instanceof type)?.[1];
  if (code === undefined || !(cause instanceof MigrationError)) {
    return {
      code: 'broken',
      message: 'Something went wrong that should not have: this is a bug of ours.',
      hint: 'Try again; the cause is in the log of the server.',
    };
  }
  return { code, message: cause.message, hint: cause.hint ?? null };
}
