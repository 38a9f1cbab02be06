import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';
import type { FeedChanges } from '../feeds/contract.ts';
import { limitOf } from './limit.ts';

const group = 'The feed:';
const filters = 'What is left out:';
const safety = 'What may be withdrawn:';
const timing = 'When:';

const text = (describe: string, of = group) =>
  ({ type: 'string', requiresArg: true, group: of, describe }) as const;

/** The settings of a feed; `none` takes one back. */
export function feedFlags<Flags>(yargs: Argv<Flags>) {
  return yargs
    .option(
      'url',
      text('https://…, or the path of a file; ${NAME} is a variable of the environment'),
    )
    .option('header', {
      ...text('Name: value, of the request; a value may hold ${NAME}. Divided by ;'),
    })
    .option('basic-auth', text('USER:PASSWORD, the names of the variables that hold them'))
    .option('partner', text('Id of the relation that the listings are of'))
    .option('commission', text('Commission of every listing, in percent'))
    .option('mode', {
      choices: ['draft', 'active'] as const,
      requiresArg: true,
      group,
      describe: 'draft: previews and writes nothing (so begin); active: writes',
    })
    .option('publish', {
      type: 'boolean',
      group,
      describe: 'Whether the listings are shown on the website',
    })
    .option('removal', {
      choices: ['removed_by_feed', 'off_market', 'ignore'] as const,
      requiresArg: true,
      group,
      describe: 'What a listing becomes that is gone from the feed',
    })
    .option('mapping', text('A mapping file, a directory of them, or a name: see "mappings"'))
    .option('encoding', text('Such as utf-8, where it is not to be found out'))
    .option('keep-bodies', text('Days for which downloads are kept'))
    .option('min-price', text('Listings below are left out', filters))
    .option('max-price', text('Listings above are left out', filters))
    .option('exclude-types', text('Types, divided by commas', filters))
    .option('exclude-locations', text('Towns, zones or areas, divided by commas', filters))
    .option('exclude-provinces', text('Provinces, divided by commas', filters))
    .option(
      'max-withdrawn',
      text('In one sync: 50, 25%, both (50,25%), or none for no limit', safety),
    )
    .option('max-withdrawn-town', text('The same of one town', safety))
    .option('max-withdrawn-agent', text('The same of one agent', safety))
    .option('cron', text('Five fields: minute, hour, day, month, weekday', timing))
    .option('cron-timezone', text('Of the schedule, such as Europe/Madrid', timing))
    .option('hours', text('When the provider answers, such as 18:00-09:00', timing))
    .option('stale-after', text('Hours without a success after which the feed is stale', timing));
}

type FlagsOf<Made> = Made extends Argv<infer Flags> ? Flags : never;
type FeedFlags = FlagsOf<ReturnType<typeof feedFlags<object>>>;

/** The settings that the flags name; the schedule and what has parts take the others from `before`. */
export function feedChanges(
  flags: FeedFlags,
  before: Pick<FeedChanges, 'price' | 'exclude' | 'guards' | 'schedule' | 'reading'> = {},
): FeedChanges {
  const changes: FeedChanges = {
    ...given('url', flags.url),
    ...given('headers', headersOf(flags.header)),
    ...given('basicAuth', orNone(flags['basic-auth'], variablesOf)),
    ...given('partner', orNone(flags.partner)),
    ...given('commissionPercent', orNone(flags.commission)),
    ...given('mode', flags.mode),
    ...given('publish', flags.publish),
    ...given('removal', flags.removal),
    ...given('keepBodiesDays', numberOf('keep-bodies', flags['keep-bodies'])),
    ...given('staleAfterHours', numberOf('stale-after', flags['stale-after'])),
    ...merged('reading', before.reading, {
      ...given('mapping', flags.mapping),
      ...given('encoding', flags.encoding),
    }),
    ...merged('price', before.price, {
      ...given('min', orNone(flags['min-price'])),
      ...given('max', orNone(flags['max-price'])),
    }),
    ...merged('exclude', before.exclude, {
      ...given('types', listOf(flags['exclude-types'])),
      ...given('locations', listOf(flags['exclude-locations'])),
      ...given('provinces', listOf(flags['exclude-provinces'])),
    }),
    ...merged('guards', before.guards, {
      ...given('all', limitOf('max-withdrawn', flags['max-withdrawn'])),
      ...given('town', limitOf('max-withdrawn-town', flags['max-withdrawn-town'])),
      ...given('agent', limitOf('max-withdrawn-agent', flags['max-withdrawn-agent'])),
    }),
  };
  return { ...changes, ...given('schedule', scheduleOf(flags, before.schedule)) };
}

const given = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [K in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [K in Name]: Value });

const merged = (name: string, before: object | undefined, parts: object) =>
  Object.keys(parts).length === 0 ? {} : { [name]: { ...before, ...parts } };

const isNone = (value: string): boolean => value === 'none';

function orNone(value: string | undefined): string | null | undefined;
function orNone<Made>(
  value: string | undefined,
  make: (value: string) => Made,
): Made | null | undefined;
function orNone(value: string | undefined, make: (value: string) => unknown = (same) => same) {
  if (value === undefined) return undefined;
  return isNone(value) ? null : make(value);
}

const listOf = (value: string | undefined): readonly string[] | undefined => {
  if (value === undefined) return undefined;
  return isNone(value) ? [] : value.split(',').map((part) => part.trim());
};

function numberOf(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new UsageError(`--${flag} ${value}: this is not a number.`);
}

function headersOf(value: string | undefined): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  if (isNone(value)) return {};
  return Object.fromEntries(
    value.split(';').map((line): [string, string] => {
      const [, name, content] = /^\s*([A-Za-z0-9-]+)\s*:\s*(.+?)\s*$/.exec(line) ?? [];
      if (name === undefined || content === undefined) {
        throw new UsageError(`--header ${value}: "${line}" is not "Name: value".`);
      }
      return [name, content];
    }),
  );
}

function variablesOf(value: string) {
  const [user = '', password = ''] = value.split(':');
  return { user, password };
}

function scheduleOf(
  flags: FeedFlags,
  before: FeedChanges['schedule'],
): FeedChanges['schedule'] | undefined {
  const { cron, hours } = flags;
  const timezone = flags['cron-timezone'];
  if (cron === undefined && hours === undefined && timezone === undefined) return undefined;
  if (cron === 'none') return null;
  const line = cron ?? before?.cron;
  if (line === undefined) {
    throw new UsageError('A schedule begins with --cron.', {
      hint: 'Say for example --cron "0 3 * * *".',
    });
  }
  const [from = '', to = ''] = hours?.split('-') ?? [];
  return {
    ...before,
    cron: line,
    ...given('timezone', timezone),
    ...given('hours', hours === undefined ? undefined : isNone(hours) ? null : { from, to }),
  };
}
