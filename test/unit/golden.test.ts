// Nasty inputs, named by what is wrong with them, each with the rows and the issues that must come of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { goldenCase, outcomeOf } from '../support/golden.ts';
import { root } from '../support/cli.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-golden-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const folder = join(root, 'test/golden');
const corpus = readdirSync(folder).map((name) => ({
  name,
  cases: z.array(goldenCase).parse(parse(readFileSync(join(folder, name), 'utf8'))),
}));

describe.each(corpus)('the golden corpus of $name', ({ cases }) => {
  it.each(cases.map((golden) => [golden.name, golden] as const))('%s', async (_name, golden) => {
    const { refused, rows, issues } = golden;
    expect(await outcomeOf(golden, directory)).toEqual(
      refused === undefined ? { rows, issues } : { refused },
    );
  });
});

it('is no smaller than was promised, and no name stands twice', () => {
  const names = corpus.flatMap(({ name, cases }) => cases.map((golden) => `${name} ${golden.name}`));
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
});
