import { adapters as allAdapters } from '../../adapters/index.ts';
import { templateWithExamples } from '../../adapters/tesoro/template.ts';
import { schemaMigrations } from '../crm/migrations/index.ts';
import type { Database } from '../database/contract.ts';
import { migrateSchema } from '../database/migrate.ts';
import { openDatabaseApart } from '../database/open.ts';
import { importFields } from '../mapping/headers/fields.ts';
import type { NewSession, Visitor } from './access/contract.ts';
import { createToken, listTokens } from './access/tokens.ts';
import { setLanguage, signIn, signOut, visitorOf } from './access/sessions.ts';
import { confined, type RunUseCases } from './confined.ts';
import {
  rowKinds,
  type Environment,
  type RowKind,
  type TemplateKind,
  type TextFile,
} from './contract.ts';
import { importUseCases, type ImportUseCases } from './imports/index.ts';
import { isRequired } from './imports/translation.ts';
import { listOf } from './imports/values.ts';
import { newMemory } from './imports/workshop.ts';
import { useCasesOver } from './index.ts';
import { createSession } from './session.ts';

/** What a host takes from outside; accounts, progress and signals come with each piece of work. */
export type HostEnvironment = Omit<Environment, 'account' | 'progress' | 'signal'> & {
  /** Directory in which files that were sent are kept. */
  readonly uploads: string;
};

/** In whose name something is done, and how it is watched. */
export interface Work {
  /** Slug of the account, which exists. */
  readonly account: string;
  /** Who does it, for people. */
  readonly by: string;
  readonly progress?: Environment['progress'];
  readonly signal: AbortSignal;
}

/** A field that a column can be matched with. */
export interface FieldDocument {
  readonly name: string;
  readonly title: string;
  readonly kinds: RowKind[];
  readonly values: 'list' | 'user' | null;
  readonly many: boolean;
  readonly requiredBy: RowKind[];
}

/** The use cases of a server: one database, held open, for many accounts and visitors. */
export interface Host {
  /** A token for the first visitor of an account that has none; undefined where it has one already. */
  firstToken(account: Environment['account']): Promise<string | undefined>;
  signIn(token: string): Promise<NewSession | undefined>;
  /** Who a session is of; undefined where it is over. */
  visitor(session: string): Promise<Visitor | undefined>;
  setLanguage(session: string, language: string): Promise<void>;
  signOut(session: string): Promise<void>;
  imports(work: Work): ImportUseCases;
  runs(work: Work): RunUseCases;
  sample(kind: TemplateKind): TextFile;
  systems(): { name: string; title: string }[];
  fields(): FieldDocument[];
  close(): Promise<void>;
}

/** Opens the database of a server, its schema up to date, and holds it until `close`. */
export async function openHost(
  environment: HostEnvironment,
  open: (location: string) => Promise<Database> = openDatabaseApart,
): Promise<Host> {
  const database = await open(environment.database);
  await migrateSchema(database, schemaMigrations);
  const memory = newMemory();
  const { uploads } = environment;
  const sessionOf = ({ account, by, progress, signal }: Work) =>
    createSession(
      {
        ...environment,
        user: by,
        // An account that exists has its defaults in the database.
        account: {
          slug: account,
          defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
        },
        progress: progress ?? (() => undefined),
        signal,
      },
      allAdapters,
      () => Promise.resolve(database),
    );
  return {
    firstToken: async (account) => {
      const session = createSession(
        {
          ...environment,
          account,
          progress: () => undefined,
          signal: new AbortController().signal,
        },
        allAdapters,
        () => Promise.resolve(database),
      );
      const now = environment.now().toISOString();
      const { tokens } = await listTokens(session);
      const usable = tokens.some(
        ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now),
      );
      if (usable) return undefined;
      return (await createToken(session, { role: 'admin', name: 'admin' })).token;
    },
    signIn: (token) => signIn(database, token, environment.now()),
    visitor: (secret) => visitorOf(database, secret, environment.now()),
    setLanguage: (secret, language) => setLanguage(database, secret, language),
    signOut: (secret) => signOut(database, secret),
    imports: (work) => importUseCases({ session: sessionOf(work), memory, uploads, by: work.by }),
    runs: (work) => {
      const session = sessionOf(work);
      return confined(session, useCasesOver(session));
    },
    sample: (kind) => ({ fileName: `${kind}.csv`, content: templateWithExamples(kind) }),
    systems: () => allAdapters.map(({ name, title }) => ({ name, title })),
    fields: () =>
      importFields
        .filter(({ unplaced }) => unplaced !== true)
        .map((field) => {
          const list = listOf(field);
          return {
            name: field.name,
            title: field.title,
            kinds: [...field.kinds],
            values: list === undefined ? null : list.table === undefined ? 'user' : 'list',
            many: field.many === true,
            requiredBy: rowKinds.filter((kind) => isRequired(field.name, kind)),
          };
        }),
    close: () => database.close(),
  };
}
