import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { adapters } from '../../adapters/index.ts';
import { seal } from '../../src/adapter/seal.ts';
import { SourceError, UsageError } from '../../src/model/errors.ts';
import { referenceText, type Draft } from '../../src/model/draft.ts';
import type { Issue } from '../../src/model/issue.ts';
import { openSource } from '../../src/run/source-of-run.ts';
import { translate } from '../../src/run/translation.ts';
import { spanishAgency } from './transform.ts';

/** An input that something is wrong with, and what must become of it. */
export const goldenCase = z.strictObject({
  /** What is wrong with it. */
  name: z.string(),
  file: z.string(),
  source: z.string().optional(),
  as: z.enum(['leads']).optional(),
  /** The input as text, or its bytes in hexadecimal. */
  text: z.string().optional(),
  hex: z.string().optional(),
  /** The error that refuses the whole input. */
  refused: z.string().optional(),
  /** The rows, by table and key, without what is empty. */
  rows: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  /** `CODE severity field: value`. */
  issues: z.array(z.string()).optional(),
});
export type GoldenCase = z.infer<typeof goldenCase>;
export type GoldenOutcome = Pick<GoldenCase, 'refused' | 'rows' | 'issues'>;

/** Reads and maps an input as a run does, up to the database. */
export async function outcomeOf(golden: GoldenCase, directory: string): Promise<GoldenOutcome> {
  const path = join(directory, golden.file);
  writeFileSync(path, golden.hex === undefined ? (golden.text ?? '') : Buffer.from(golden.hex, 'hex'));
  try {
    return await mapped(golden, path);
  } catch (cause) {
    if (!(cause instanceof SourceError || cause instanceof UsageError)) throw cause;
    return { refused: cause.message.replaceAll(`${directory}/`, '') };
  }
}

async function mapped({ source, as }: GoldenCase, path: string): Promise<GoldenOutcome> {
  const { signal } = new AbortController();
  const surroundings = { adapters, signal, standardInput: nothing() };
  const ready = await openSource(surroundings, { inputs: [path], source, as });
  try {
    const progress = () => undefined;
    const { ready: opened, translation } = await translate(
      ready,
      spanishAgency,
      { as },
      { signal, progress },
    );
    const rows: Record<string, Record<string, unknown>> = {};
    const issues = translation.issues.map(issueText);
    let ordinal = 0;
    for await (const event of opened.read()) {
      if (event.kind === 'issue') {
        issues.push(issueText(event.issue));
        continue;
      }
      const found = translation.mappings.map(seal(event, ordinal++));
      const rejected = event.issues.some(({ severity }) => severity === 'error');
      issues.push(...[...event.issues, ...found.issues].map(issueText));
      for (const draft of found.drafts) {
        const name = `${draft.table} ${draft.sourceId}${draft.part === '' ? '' : `#${draft.part}`}`;
        rows[rows[name] === undefined ? name : `${name} again`] = rowOf(draft, rejected);
      }
    }
    return { rows, issues };
  } finally {
    await ready.opened.close();
  }
}

function rowOf({ values, links, fate, deleted }: Draft, rejected: boolean): Record<string, unknown> {
  const filled = Object.entries(values).filter(
    ([name, value]) => value !== null && value !== undefined && name !== 'is_deleted',
  );
  const named = Object.entries(links).map(([name, link]) => [name, referenceText(link)] as const);
  const marks = { ...(deleted ? { deleted } : {}), ...(rejected ? { fate: 'rejected' } : fate === undefined ? {} : { fate }) };
  return JSON.parse(JSON.stringify({ ...Object.fromEntries([...filled, ...named]), ...marks })) as Record<string, unknown>;
}

const issueText = ({ code, severity, field, value }: Issue): string =>
  `${code} ${severity}${field === undefined ? '' : ` ${field}`}${value === undefined ? '' : `: ${value}`}`;

async function* nothing(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* [];
}
