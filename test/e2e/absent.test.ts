import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
const directory = mkdtempSync(join(tmpdir(), 'tesoro-absent-'));
const file = join(directory, 'contacts.csv');
beforeAll(async () => {
  crm = await openCrm('embedded');
});
afterAll(async () => {
  await crm.close();
  rmSync(directory, { recursive: true, force: true });
});

/** An export of contacts 1 to n. */
function write(n: number): void {
  const rows = Array.from({ length: n }, (_, index) => {
    const no = String(index + 1);
    return `${no},Name${'abcdefghijklmnopqrst'.charAt(index)},Person,p${no}@example.com,+3460000${no.padStart(4, '0')}`;
  });
  writeFileSync(
    file,
    ['Record ID,First Name,Last Name,Email,Phone Number', ...rows].join('\n') + '\n',
  );
}

const deleted = async () =>
  (
    await crm.rows(
      `SELECT c.email FROM crm.people c JOIN crm.accounts a ON a.id = c.account_id WHERE a.slug = 'absent' AND c.is_deleted ORDER BY 1`,
    )
  ).map(({ email }) => email);

it('retires what a full export no longer holds, where it is told to, within a limit, and undoes it', async () => {
  const useCases = crm.as('absent');
  const request = { inputs: [file], source: 'hubspot' };
  write(10);
  expect((await useCases.import(request)).entities['people']?.fates.created).toBe(10);
  write(9);
  await useCases.import(request);
  expect(await deleted()).toEqual([]);

  const shown = await useCases.preview({ ...request, absent: 'retire' });
  expect(shown.withdrawal).toMatchObject({ known: 10, absent: 1, withdrawn: 1, held: 0 });
  expect(shown.entities['people']).toMatchObject({ read: 9, fates: { unchanged: 9, retired: 1 } });
  const done = await useCases.import({ run: shown.run });
  expect(done).toMatchObject({ balanced: true, exitCode: 0 });
  expect(await deleted()).toEqual(['p10@example.com']);
  expect((await useCases.verify({ inputs: [], run: done.run, limit: 5 })).verdict).toBe('pass');

  // A record that is back is the same row; an undone retirement leaves nothing behind.
  write(10);
  expect((await useCases.import(request)).entities['people']?.fates).toMatchObject({
    created: 0,
    updated: 1,
  });
  expect(await deleted()).toEqual([]);
  write(5);
  const held = await useCases.import({ ...request, absent: 'retire' });
  expect(held).toMatchObject({
    exitCode: 1,
    withdrawal: { absent: 5, held: 5, withdrawn: 0, guards: [{ guard: 'all' }] },
  });
  const forced = await useCases.import({
    ...request,
    absent: 'retire',
    maxRetired: { count: 5, share: null },
  });
  expect(forced).toMatchObject({ exitCode: 0, withdrawal: { withdrawn: 5 } });
  expect(await deleted()).toHaveLength(5);
  await useCases.rollback({ run: forced.run, preview: false, limit: 5 });
  expect(await deleted()).toEqual([]);
});
