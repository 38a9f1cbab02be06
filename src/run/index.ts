import { adapters as allAdapters } from '../../adapters/index.ts';
import { templateWithExamples } from '../../adapters/tesoro/template.ts';
import { createToken, listTokens, revokeToken } from './access/tokens.ts';
import { baseline } from './baseline.ts';
import type { CreateUseCases, ImportRequest, PlanRequest, UseCases } from './contract.ts';
import { databaseInfo, migrateDatabase } from './database.ts';
import { doctor } from './doctor.ts';
import { execute } from './execution.ts';
import { feedUseCases } from './feeds/index.ts';
import { findings } from './findings.ts';
import { importPlan } from './import-plan.ts';
import { inspect } from './inspection.ts';
import { listMappings, mappingText, testMapping } from './mappings.ts';
import { purge } from './purge.ts';
import { rejectsFile } from './rejects-file.ts';
import { reportOf } from './reporting.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { rollback } from './rollback.ts';
import { createSession, type Session } from './session.ts';
import { suggestMapping } from './suggestion.ts';
import { findRun, listRuns } from './store.ts';
import { runDocument } from './summary.ts';
import { verify } from './verification.ts';

/** The use cases over the adapters that come with the tool. Nothing is opened before it is needed. */
export const createUseCases: CreateUseCases = (environment) =>
  useCasesOver(createSession(environment, allAdapters));

/** The use cases over a session that was made elsewhere, perhaps on a database that is open already. */
export function useCasesOver(session: Session): UseCases {
  const { environment } = session;
  return {
    ...feedUseCases(session),
    inspect: (request) => inspect(session, request),
    preview: (request) => execute(session, 'preview', request),
    import: (request) =>
      isPlan(request) ? importPlan(session, request.run) : execute(session, 'import', request),
    resume: (request) => resume(session, request),
    verify: (request) => verify(session, request),
    baseline: (request) => baseline(session, request),
    runs: async ({ limit }) => {
      const { runs, total } = await listRuns(await session.database(), limit);
      return {
        runs: runs.map(
          ({ id, command, status, adapter, account, by, startedAt, finishedAt, balanced, purgedAt }) => ({
            run: id,
            command,
            status,
            source: adapter,
            account,
            by,
            startedAt,
            finishedAt,
            balanced,
            purgedAt,
          }),
        ),
        total,
      };
    },
    status: async ({ run }) => {
      const database = await session.database();
      return runDocument(database, await findRun(database, run));
    },
    report: (request) => reportOf(session, request),
    findings: (request) => findings(session, request),
    rejects: (request) => rejectsFile(session, request.run),
    retry: (request) => retry(session, request),
    rollback: (request) => rollback(session, request),
    purge: (request) => purge(session, request),
    sample: ({ kind }) =>
      Promise.resolve({ fileName: `${kind}.csv`, content: templateWithExamples(kind) }),
    doctor: () => doctor(session),
    adapters: () =>
      Promise.resolve({
        adapters: allAdapters.map(({ name, title, entities }) => ({
          name,
          title,
          entities: Object.keys(entities),
        })),
      }),
    mappings: () => listMappings(allAdapters),
    mapping: ({ name }) => mappingText(name),
    mappingSuggest: (request) => suggestMapping(session, request),
    mappingTest: ({ file }) => testMapping(allAdapters, file, environment.account.defaults),
    dbMigrate: () => migrateDatabase(session),
    dbInfo: () => databaseInfo(session),
    tokenCreate: (request) => createToken(session, request),
    tokenList: () => listTokens(session),
    tokenRevoke: (request) => revokeToken(session, request),
    close: () => session.close(),
  };
}

const isPlan = (request: ImportRequest | PlanRequest): request is PlanRequest => 'run' in request;
