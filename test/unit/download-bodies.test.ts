import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptBodies } from '../../src/download/bodies.ts';
import { TargetError } from '../../src/model/errors.ts';

const day = (n: number) => new Date(Date.UTC(2026, 6, n));
const [first, second] = ['a'.repeat(64), 'ab'.repeat(32)];

describe('kept bodies', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tesoro-bodies-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('are there once each, from the time at which they came last, until they are purged', async () => {
    const bodies = keptBodies(directory);
    const take = (sha256: string, text: string, now: Date) => {
      mkdirSync(bodies.coming, { recursive: true });
      const file = join(bodies.coming, 'coming-1');
      writeFileSync(file, text);
      return bodies.keep({ file, sha256 }, now);
    };
    await take(first, 'one', day(1));
    await take(second, 'two', day(2));
    expect(await take(first, 'one', day(9))).toBe(bodies.fileOf(first));
    expect(readdirSync(bodies.coming)).toEqual([]);
    writeFileSync(join(bodies.coming, 'coming-dead'), 'of a process that died');
    expect(await bodies.purge(day(8), [bodies.fileOf(second)])).toEqual([]);
    expect(await bodies.purge(day(8), [first])).toEqual([second]);
    expect(readFileSync(bodies.fileOf(first), 'utf8')).toBe('one');
    expect(await bodies.open(second)).toBeUndefined();
    let text = '';
    for await (const piece of (await bodies.open(first)) ?? [])
      text += Buffer.from(piece).toString();
    expect(text).toBe('one');
    // Not that old by the clock of the machine: it may be of a download that goes on.
    expect(readdirSync(bodies.coming)).toEqual(['coming-dead']);
    expect(await bodies.purge(new Date('2100-01-01'))).toEqual([first]);
    expect(readdirSync(bodies.coming)).toEqual([]);
  });

  it('are none where there is no directory yet, and cannot be kept where it cannot be', async () => {
    expect(await keptBodies(join(directory, 'none')).purge(day(1))).toEqual([]);
    writeFileSync(join(directory, 'file'), '');
    const bodies = keptBodies(join(directory, 'file'));
    await expect(
      bodies.keep({ file: join(directory, 'file'), sha256: first }, day(1)),
    ).rejects.toThrow(TargetError);
  });
});
