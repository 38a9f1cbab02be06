// What a feed is, and how its bytes are had: the words that the use cases, the download and the worker share.
import * as z from 'zod';
import { propertyTypes } from '../crm/values.ts';

/** What becomes of a listing that its feed no longer offers. */
export const removalPolicies = ['removed_by_feed', 'off_market', 'ignore'] as const;
export type RemovalPolicy = (typeof removalPolicies)[number];

/** `draft`: a sync is a preview, and writes nothing in the CRM. */
export const feedModes = ['draft', 'active'] as const;
export type FeedMode = (typeof feedModes)[number];

const money = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'is not an amount such as 250000');
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 18:00');
const variable = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/i, 'is not the name of an environment variable');
const place = z.string().trim().min(1).max(200);

/** How much may be withdrawn in one sync: a number, a share of what is on offer (0 to 1), both, or no end (null). */
export const withdrawalLimitSchema = z.strictObject({
  count: z.int().min(0).nullable().default(null),
  share: z.number().min(0).max(1).nullable().default(null),
});
export type WithdrawalLimit = z.infer<typeof withdrawalLimitSchema>;

/** Withdrawals beyond a limit are held until a person approves them. */
export const guardsSchema = z.strictObject({
  /** Of all listings of the feed. */
  all: withdrawalLimitSchema.prefault({ share: 0.25 }),
  /** Of the listings of one town. */
  town: withdrawalLimitSchema.prefault({ share: 0.5 }),
  /** Of the listings of one agent. */
  agent: withdrawalLimitSchema.prefault({ share: 0.5 }),
});
export type Guards = z.infer<typeof guardsSchema>;

/** When a feed is synced by itself. */
export const scheduleSchema = z.strictObject({
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z
    .string()
    .trim()
    .regex(/^\S+(\s+\S+){4}$/, 'has not the five fields of a cron line'),
  /** IANA name. */
  timezone: z.string().min(1).default('Europe/Madrid'),
  /** When the provider answers, on the clock of the time zone: over midnight where `to` is the earlier one. */
  hours: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable().default(null),
});
export type FeedSchedule = z.infer<typeof scheduleSchema>;

/** The settings of a feed. Secrets are not among them: `${NAME}` stands for a variable of the environment. */
export const feedSettingsSchema = z.strictObject({
  /** Unique in the account. */
  name: z.string().trim().min(1).max(100),
  /** Name of the adapter that reads it. */
  provider: z.string().min(1),
  /** `http://…`, `https://…`, or the path of a file or folder on this machine; may hold `${NAME}`. */
  url: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .refine((url) => !/^[a-z][a-z0-9+.-]*:\/\/[^/]*@/i.test(url), {
      message: 'holds a password; name the variables that do with basicAuth',
    }),
  /** Request headers; their values may hold `${NAME}`. */
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/, 'is not the name of a header'), z.string().max(500))
    .default({}),
  /** Names of the variables that hold user and password. */
  basicAuth: z.strictObject({ user: variable, password: variable }).nullable().default(null),
  /** How it is read and translated, where that is not to be found out. */
  reading: z
    .strictObject({
      encoding: z.string().optional(),
      delimiter: z.string().length(1).optional(),
      headerLine: z.int().min(1).optional(),
      sheet: z.string().optional(),
      mapping: z.string().optional(),
      requirements: z.enum(['strict', 'lenient']).optional(),
      dates: z.enum(['dmy', 'mdy']).optional(),
      decimal: z.enum(['comma', 'point']).optional(),
    })
    .default({}),
  /** The partner agency: id of a relation. */
  partner: z.uuid().nullable().default(null),
  /** Of every listing; null: as the feed says, if it does. */
  commissionPercent: z
    .string()
    .regex(/^\d{1,2}(\.\d{1,3})?$/, 'is not a percentage such as 2.5')
    .nullable()
    .default(null),
  mode: z.enum(feedModes).default('draft'),
  /** Whether the listings are shown on the agency's website. */
  publish: z.boolean().default(false),
  removal: z.enum(removalPolicies).default('removed_by_feed'),
  /** Listings beyond are excluded; one without a price never is. */
  price: z
    .strictObject({ min: money.nullable().default(null), max: money.nullable().default(null) })
    .prefault({}),
  /** Listings that are excluded, whatever their case and accents. */
  exclude: z
    .strictObject({
      types: z.array(z.enum(propertyTypes)).default([]),
      /** Towns, zones or areas. */
      locations: z.array(place).default([]),
      provinces: z.array(place).default([]),
    })
    .prefault({}),
  schedule: scheduleSchema.nullable().default(null),
  guards: guardsSchema.prefault({}),
  /** A feed that was not synced for longer is stale. */
  staleAfterHours: z.int().min(1).default(48),
  /** How long the bodies that were downloaded are kept, so that a decision can be explained. */
  keepBodiesDays: z.int().min(1).max(3_650).default(30),
});
export type FeedSettings = z.infer<typeof feedSettingsSchema>;
/** Settings as a person gives them: what is left out has its default. */
export type FeedSettingsInput = z.input<typeof feedSettingsSchema>;
/** What is to change of the settings; each stands for the whole setting of its name. */
export type FeedChanges = { readonly [Name in keyof FeedSettingsInput]?: FeedSettingsInput[Name] };

/** Asks for the body of a feed. Variables of the environment are filled in. */
export interface DownloadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the body that was synced last; absent where an unchanged body is wanted all the same. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly previousSha256?: string | undefined;
  /** Where the body is kept: a directory of the feed's own, which may not be there yet. */
  readonly directory: string;
}

export type DownloadResult =
  | {
      readonly status: 'unchanged';
      /** How it is known: the server said so, or the body is the same. */
      readonly by: 'server' | 'sha256';
    }
  | {
      readonly status: 'fetched';
      /** The file that holds the body, whole, as it was served. */
      readonly path: string;
      readonly bytes: number;
      readonly sha256: string;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    };

/** How a sync gets the bytes of a feed over the network, and where they are kept. */
export interface FeedDownload {
  /**
   * Downloads a body, or finds that it is unchanged. Throws SourceError, `retriable` where it may pass; no part of a
   * body is left behind then.
   */
  fetch(request: DownloadRequest, signal: AbortSignal): Promise<DownloadResult>;
  /** Removes the bodies of a feed that are older, but for those that are named. */
  prune(directory: string, before: Date, keep: readonly string[]): Promise<void>;
}
