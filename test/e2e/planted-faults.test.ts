// Verification names exactly what is wrong: faults planted into the CRM after an import, of every kind.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedFaults } from '../../bench/faults/named.ts';
import { plantFaults } from '../../bench/faults/plant.ts';
import { root } from '../support/cli.ts';
import { databaseKinds } from '../support/databases.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

const agency = join(root, 'samples/sooprema/agency.json');

describe.each(databaseKinds)('a verification (%s)', (kind) => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await openCrm(kind);
  });
  afterAll(() => crm.close());

  it('names each planted fault, and nothing else', async () => {
    const useCases = crm.as('faults');
    const { run } = await useCases.import({ inputs: [agency] });
    const planted = await plantFaults(crm.database, 'faults', 5);
    const found = await useCases.verify({ inputs: [], run, limit: 1_000 });
    const sorted = (lists: object) =>
      Object.fromEntries(
        Object.entries(lists).map(([name, list]: [string, readonly string[]]) => [
          name,
          [...list].sort(),
        ]),
      );
    expect(found.verdict).toBe('fail');
    expect(sorted(namedFaults(found))).toEqual(sorted(planted));
    expect(planted.different).toHaveLength(20);
  });
});
