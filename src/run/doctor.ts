import { statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { schemaMigrations } from '../crm/migrations/index.ts';
import { holderOf } from '../database/directory-lock.ts';
import { schemaStateOf } from '../database/migrate.ts';
import { MigrationError } from '../model/errors.ts';
import type { DoctorDocument } from './contract.ts';
import type { Session } from './session.ts';

type Check = DoctorDocument['checks'][number];

// Less than this is too little for a migration of any size.
const leastFreeBytes = 1024 ** 3;

/** Looks at everything a run needs and says what is wrong with it. Creates and changes nothing. */
export async function doctor(session: Session): Promise<DoctorDocument> {
  const { database, version } = session.environment;
  const isServer = /^postgres(ql)?:\/\//.test(database);
  const checks: Check[] = [
    { name: 'tesoro-migrate', status: 'ok', found: version },
    nodeCheck(),
    ...(isServer ? [] : [lockCheck(database), await diskCheck(database)]),
    ...(await databaseChecks(session, isServer)),
  ];
  const failed = checks.some(({ status }) => status === 'failed');
  return { checks, exitCode: failed ? 5 : 0 };
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fine = major > 20 || (major === 20 && minor >= 19);
  return {
    name: 'Node',
    status: fine ? 'ok' : 'failed',
    found: process.versions.node,
    ...(fine ? {} : { hint: 'Install Node 20.19 or newer.' }),
  };
}

function lockCheck(directory: string): Check {
  const holder = holderOf(directory);
  return holder === undefined || holder.pid === process.pid
    ? { name: 'lock', status: 'ok', found: 'nobody uses the embedded database' }
    : {
        name: 'lock',
        status: 'warning',
        found: `process ${String(holder.pid)} uses the embedded database since ${holder.since}`,
        hint: 'Wait for it to end.',
      };
}

async function diskCheck(directory: string): Promise<Check> {
  let place = directory;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  return {
    name: 'disk',
    status: free < leastFreeBytes ? 'warning' : 'ok',
    found: `${(free / 1024 ** 3).toFixed(1)} GiB free`,
    ...(free < leastFreeBytes
      ? { hint: 'Free some space: an import needs about five times the size of the export.' }
      : {}),
  };
}

async function databaseChecks(session: Session, isServer: boolean): Promise<readonly Check[]> {
  const { database: location } = session.environment;
  if (!isServer && !existsSync(location)) {
    return [
      { name: 'database', status: 'ok', found: `${location} will be created by the first run` },
    ];
  }
  try {
    const database = await session.bareDatabase();
    const { rows } = await database.query(`SELECT current_setting('server_version') AS version`);
    const { applied, pending } = await schemaStateOf(database, schemaMigrations);
    return [
      {
        name: 'database',
        status: 'ok',
        found: `${database.location}, PostgreSQL ${String(rows[0]?.['version'])}`,
      },
      {
        name: 'schema',
        status: 'ok',
        found:
          pending.length === 0
            ? `up to date (${String(applied.length)} steps)`
            : `${String(pending.length)} steps to do, done by the next run`,
      },
    ];
  } catch (cause) {
    if (!(cause instanceof MigrationError)) throw cause;
    return [
      {
        name: 'database',
        status: 'failed',
        found: cause.message,
        ...(cause.hint === undefined ? {} : { hint: cause.hint }),
      },
    ];
  }
}
