import type { Argv } from 'yargs';
import type { AccountDefaults } from '../mapping/contract.ts';
import { UsageError } from '../model/errors.ts';

/** The flags that every command takes. */
export interface CommonFlags {
  readonly db: string | undefined;
  readonly media: string | undefined;
  readonly 'allow-address': string | undefined;
  readonly account: string;
  readonly country: string;
  readonly language: string;
  readonly currency: string;
  readonly timezone: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
}

const database = 'Where the CRM is:';
const output = 'Output:';

/** Declares the flags that every command takes. */
export function withCommonFlags(program: Argv): Argv<CommonFlags> {
  return program
    .option('db', {
      type: 'string',
      requiresArg: true,
      group: database,
      describe:
        'postgres://… or the directory of the embedded database [$DATABASE_URL, else ./.tesoro/db]',
    })
    .option('media', {
      type: 'string',
      requiresArg: true,
      group: database,
      describe:
        'Where files of the CRM are kept: a directory or s3://bucket/prefix [media/ beside the embedded database]',
    })
    .option('allow-address', {
      type: 'string',
      requiresArg: true,
      group: 'Downloads:',
      describe:
        'Hosts, addresses and networks, divided by commas, that may be asked though they are not public [$TESORO_ALLOW_ADDRESSES]',
    })
    .option('account', {
      type: 'string',
      requiresArg: true,
      group: database,
      default: 'default',
      describe: 'The agency',
    })
    .option('country', {
      type: 'string',
      requiresArg: true,
      group: database,
      default: 'ES',
      describe: 'Country of a new account; reads its telephone numbers',
    })
    .option('language', {
      type: 'string',
      requiresArg: true,
      group: database,
      default: 'es',
      describe: 'Language of a new account',
    })
    .option('currency', {
      type: 'string',
      requiresArg: true,
      group: database,
      default: 'EUR',
      describe: 'Currency of a new account',
    })
    .option('timezone', {
      type: 'string',
      requiresArg: true,
      group: database,
      default: 'Europe/Madrid',
      describe: 'Time zone of a new account',
    })
    .option('json', {
      type: 'boolean',
      group: output,
      default: false,
      describe: 'One JSON document on standard output',
    })
    .option('quiet', {
      type: 'boolean',
      group: output,
      default: false,
      describe: 'No progress, and the outcome in one line',
    })
    .option('verbose', {
      type: 'boolean',
      group: output,
      default: false,
      describe: 'More progress, and where an error comes from',
    })
    .option('color', {
      type: 'boolean',
      group: output,
      default: true,
      describe: 'Colours; --no-color or NO_COLOR leaves them out',
    });
}

/** Where the database is: the flag, else the environment, else a directory here. */
export function databaseOf(
  flags: CommonFlags,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return flags.db ?? (environment['DATABASE_URL'] || './.tesoro/db');
}

/** What downloads may ask besides public servers: the flag, else the environment. */
export function allowedAddresses(
  flags: CommonFlags,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const named = flags['allow-address'] ?? environment['TESORO_ALLOW_ADDRESSES'] ?? '';
  return named.split(',').filter((entry) => entry.trim() !== '');
}

/** The account the flags name, checked; its defaults are used when it does not exist yet. */
export function accountOf(flags: CommonFlags): { slug: string; defaults: AccountDefaults } {
  const slug = checked(
    flags.account,
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    '--account',
    'small letters, digits, hyphens and underscores, such as costa-blanca-homes',
  );
  const defaults = {
    country: checked(
      flags.country.toUpperCase(),
      /^[A-Z]{2}$/,
      '--country',
      'two letters, such as ES',
    ),
    language: checked(
      flags.language.toLowerCase(),
      /^[a-z]{2}$/,
      '--language',
      'two letters, such as es',
    ),
    currency: checked(
      flags.currency.toUpperCase(),
      /^[A-Z]{3}$/,
      '--currency',
      'three letters, such as EUR',
    ),
    timezone: flags.timezone,
  };
  if (!isTimeZone(defaults.timezone)) {
    throw new UsageError(`--timezone ${defaults.timezone}: there is no such time zone.`, {
      hint: 'Names are those of the IANA, such as Europe/Madrid or Atlantic/Canary.',
    });
  }
  return { slug, defaults };
}

function checked(value: string, pattern: RegExp, flag: string, expected: string): string {
  if (pattern.test(value)) return value;
  throw new UsageError(`${flag} ${value}: this is not what the flag takes.`, {
    hint: `It takes ${expected}.`,
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
