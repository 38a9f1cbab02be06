// The numbers of the old CRM's screens, of the source and of the CRM, and why they differ.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { explanationOf } from '../../src/report/workbook.ts';
import type { BaselineDocument } from '../../src/run/contract.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

const inputs = ['samples/sooprema/oddities.json'];
let crm: TestCrm;
let directory: string;
let counted: BaselineDocument;
beforeAll(async () => {
  crm = await openCrm('server');
  directory = mkdtempSync(join(tmpdir(), 'tesoro-baseline-'));
  counted = await crm.as('a').baseline({ inputs });
  await crm.as('a').import({ inputs });
});
afterAll(async () => {
  await crm.close();
  rmSync(directory, { recursive: true, force: true });
});

type Count = BaselineDocument['entities'][string];

/** Verifies against the baseline with some numbers noted in it. */
async function verified(edit: (entity: string, count: Count) => Count) {
  const baseline = join(directory, 'baseline.json');
  const entities = Object.fromEntries(
    Object.entries(counted.entities).map(([name, count]) => [name, edit(name, count)]),
  );
  writeFileSync(baseline, JSON.stringify({ ...counted, entities }));
  const document = await crm.as('a').verify({ inputs, baseline, limit: 1000 });
  const lines = Object.fromEntries(
    document.workbook.lines
      .filter(({ ok, screens }) => !ok || screens !== null)
      .map((line) => [
        [line.entity, line.dimension, line.value].filter((part) => part !== null).join(' '),
        [line.ok, explanationOf(line)],
      ]),
  );
  return { document, lines };
}

const screens = (active: number | null, deleted: number | null = null) => ({
  screens: { active, deleted },
});

it('agree where every record that is not in the CRM has a fate', async () => {
  const { document, lines } = await verified((name, count) => {
    if (name === 'contacts') return { ...count, ...screens(19, 2) };
    if (name !== 'leads') return count;
    const { new: own, ...rest } = count.by['status'] ?? {};
    if (own === undefined) throw new Error('There are no new leads.');
    return { ...count, by: { ...count.by, status: { ...rest, new: { ...own, ...screens(2) } } } };
  });
  expect(document.verdict).toBe('pass');
  expect(lines).toEqual({
    contacts: [true, '1 duplicate, 2 rejected'],
    'leads status new': [true, '1 parked'],
  });
});

it('differ where the screens show another number and nobody says why', async () => {
  const { document, lines } = await verified((name, count) =>
    name === 'contacts'
      ? { ...count, ...screens(20, 2), note: 'one was made after the export' }
      : name === 'companies'
        ? { ...count, ...screens(2) }
        : count,
  );
  expect(document).toMatchObject({ verdict: 'fail', exitCode: 1 });
  expect(lines).toEqual({
    contacts: [
      true,
      'the screens show 1 more active: one was made after the export; active: 1 duplicate, 2 rejected',
    ],
    companies: [false, 'the screens show 1 fewer active, and nobody says why'],
  });
  const report = await crm.as('a').report({ run: 'last', limit: 100 });
  expect(renderHtml(report)).toContain('one was made after the export');
});

it('differ where the source has fewer records than were counted, or of another status', async () => {
  const { document, lines } = await verified((name, count) =>
    name === 'deals'
      ? { ...count, active: count.active + 1 }
      : name === 'leads'
        ? {
            ...count,
            by: {
              ...count.by,
              status: {
                ...count.by['status'],
                gone: { active: 1, deleted: 0, ...screens(null), note: '' },
              },
            },
          }
        : count,
  );
  expect(document.verdict).toBe('fail');
  expect(lines).toEqual({
    deals: [false, '1 more active were counted than could be read'],
    'leads status gone': [false, '1 more active were counted than could be read'],
  });
});

it('differ where a row was taken out of the CRM, and say of which status and year it was', async () => {
  await crm.rows(
    `DELETE FROM crm.leads WHERE id = (SELECT target_id FROM migration.id_map WHERE source_system = 'sooprema'
        AND entity = 'demands' AND target_table = 'leads' AND target_id NOT IN (SELECT lead_id FROM crm.deals WHERE lead_id IS NOT NULL
        UNION SELECT lead_id FROM crm.activities WHERE lead_id IS NOT NULL) ORDER BY source_id LIMIT 1)`,
  );
  const { lines } = await verified((_, count) => count);
  expect(lines['demands']).toEqual([
    false,
    expect.stringContaining('1 active missing in the CRM without a reason'),
  ]);
  expect(Object.keys(lines).some((name) => name.startsWith('demands year'))).toBe(true);
});
