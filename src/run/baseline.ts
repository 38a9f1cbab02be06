import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { BaselineCounts } from '../adapter/contract.ts';
import { UsageError } from '../model/errors.ts';
import type { BaselineDocument, SourceRequest } from './contract.ts';
import { openSource } from './source-of-run.ts';
import type { Session } from './session.ts';

const baselineSchema = z.object({
  entities: z.record(
    z.string(),
    z.object({
      active: z.number().int().nonnegative(),
      deleted: z.number().int().nonnegative(),
      by: z.record(z.string(), z.record(z.string(), z.number())).default({}),
    }),
  ),
});

/** Counts what the source holds, without the adapter's reader and without a database. */
export async function baseline(
  session: Session,
  request: SourceRequest,
): Promise<BaselineDocument> {
  const { environment } = session;
  const ready = await openSource({ ...session, ...session.environment }, request);
  try {
    environment.progress({ stage: 'counting', done: 0 });
    return {
      baseline: 1,
      source: ready.source.adapter.name,
      takenAt: environment.now().toISOString(),
      tool: environment.version,
      inputs: ready.opened.documents,
      entities: await ready.count(),
    };
  } finally {
    await ready.opened.close();
  }
}

/** The counts of a baseline file, perhaps edited by a person. Throws UsageError when it is not one. */
export async function readBaseline(path: string): Promise<BaselineCounts> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`The baseline ${path} cannot be read.`, {
      hint: 'Make it with "tesoro-migrate baseline INPUT -o FILE".',
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(
      `The baseline ${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`,
      {
        hint: 'Check the last edit, or make it again.',
        cause,
      },
    );
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data.entities;
  throw new UsageError(`The baseline ${path} is not a baseline: ${z.prettifyError(parsed.error)}`, {
    hint: 'Numbers are whole, one "active" and one "deleted" per entity.',
  });
}
