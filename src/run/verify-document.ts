import * as z from 'zod';
import type { VerifyDocument } from './documents.ts';

const split = z.object({ active: z.number(), deleted: z.number() });
const part = z.string().exactOptional();
const screens = z.object({ active: z.number().nullable(), deleted: z.number().nullable() });
const workbookLine = z.object({
  entity: z.string(),
  dimension: z.string().nullable(),
  value: z.string().nullable(),
  screens: screens.nullable(),
  baseline: split.nullable(),
  source: split,
  crm: split,
  note: z.string(),
  deviations: z.array(
    z.object({
      of: z.enum(['screens', 'baseline', 'crm']),
      side: z.enum(['active', 'deleted']),
      difference: z.number(),
      reasons: z.record(z.string(), z.number()),
      explained: z.boolean(),
    }),
  ),
  ok: z.boolean(),
});
const identity = z.object({
  entity: z.string(),
  sourceId: z.string().nullable(),
  part,
  id: z.string().nullable(),
});
const difference = z.object({
  entity: z.string(),
  sourceId: z.string(),
  part,
  field: z.string(),
  source: z.string().nullable(),
  crm: z.string().nullable(),
});

/** A stored verification, as it is read back from the database. */
export const verifyDocumentSchema: z.ZodType<VerifyDocument> = z.object({
  run: z.string(),
  command: z.literal('verify'),
  source: z.string(),
  account: z.string(),
  inputs: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  startedAt: z.string(),
  finishedAt: z.string(),
  verdict: z.enum(['pass', 'fail']),
  counts: z.array(
    z.object({
      entity: z.string(),
      baseline: split.nullable(),
      source: split,
      crm: split,
      accounted: z.record(z.string(), z.number()),
      ok: z.boolean(),
    }),
  ),
  // Verifications of older versions have none.
  workbook: z
    .object({
      lines: z.array(workbookLine),
      total: z.object({ lines: z.number(), unexplained: z.number() }),
    })
    .default({ lines: [], total: { lines: 0, unexplained: 0 } }),
  ids: z.object({
    compared: z.number(),
    missing: z.array(identity),
    unexpected: z.array(identity),
    total: z.object({ missing: z.number(), unexpected: z.number() }),
  }),
  fields: z.object({
    compared: z.number(),
    different: z.array(difference),
    explained: z.number(),
    total: z.number(),
  }),
  links: z.object({ compared: z.number(), broken: z.array(difference), total: z.number() }),
  media: z.object({
    compared: z.number(),
    missing: z.array(identity),
    different: z.array(difference),
  }),
  seconds: z.number(),
  exitCode: z.number(),
});
