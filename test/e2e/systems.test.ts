// The exports of every system that there is a sample of: recognised, imported, verified, and imported again for nothing.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunDocument } from '../../src/run/documents.ts';
import { createUseCases } from '../../src/run/index.ts';
import { root } from '../support/cli.ts';
import { databaseKinds } from '../support/databases.ts';
import { environmentOf, openCrm, type TestCrm } from '../support/use-cases.ts';

// A machine may be busy with other things.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** One export: the files of a folder below `samples`, and what is read of them, by entity. */
const samples = [
  {
    folder: 'hubspot',
    adapter: 'hubspot',
    read: { companies: 2, contacts: 5, deals: 4, notes: 2, tasks: 2 },
  },
  {
    folder: 'pipedrive',
    adapter: 'pipedrive',
    read: { activities: 3, deals: 4, leads: 2, notes: 2, organizations: 2, persons: 3 },
  },
  {
    folder: 'pipedrive/by-name',
    adapter: 'pipedrive',
    read: { activities: 1, deals: 2, leads: 1, notes: 2, organizations: 3, persons: 3 },
  },
  {
    folder: 'zoho',
    adapter: 'zoho',
    read: {
      accounts: 2,
      calls: 2,
      contacts: 2,
      deals: 3,
      leads: 4,
      meetings: 1,
      notes: 2,
      tasks: 2,
      users: 2,
    },
  },
  {
    folder: 'salesforce',
    adapter: 'salesforce',
    read: {
      Account: 3,
      Contact: 3,
      Event: 1,
      Lead: 4,
      Note: 2,
      Opportunity: 4,
      OpportunityContactRole: 2,
      Task: 3,
      User: 2,
    },
  },
  {
    folder: 'salesforce/reports',
    adapter: 'salesforce',
    read: { Account: 1, Contact: 2, Lead: 2, Opportunity: 3 },
  },
  { folder: 'google-contacts', adapter: 'google-contacts', read: { contacts: 8 } },
  { folder: 'outlook', adapter: 'outlook', read: { contacts: 6 } },
  { folder: 'thunderbird', adapter: 'thunderbird', read: { contacts: 3 } },
  { folder: 'facebook-leads', adapter: 'facebook-leads', read: { leads: 3 } },
  {
    folder: 'teammates-crm',
    adapter: 'teammates-crm',
    read: { activities: 7, contacts: 5, deals: 8, leads: 11, quotes: 3 },
  },
  {
    folder: 'sales-crm',
    adapter: 'sales-crm',
    read: { customers: 9, deals: 10, leads: 15 },
  },
  { folder: 'sales-crm/import', adapter: 'sales-crm', read: { leads: 4 } },
  {
    folder: 'less-annoying-crm',
    adapter: 'less-annoying-crm',
    read: { contacts: 7, leads: 8, notes: 4, pipeline_notes: 4, tasks: 3, users: 2 },
  },
];

const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, 'samples', folder))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(root, 'samples', folder, name));

const sumOf = (
  counts: RunDocument['records'],
  ...fates: (keyof RunDocument['records'][string]['fates'])[]
) =>
  Object.values(counts).reduce(
    (sum, entry) => sum + fates.reduce((s, fate) => s + entry.fates[fate], 0),
    0,
  );

const readOf = (counts: RunDocument['records']) =>
  Object.fromEntries(Object.entries(counts).map(([entity, { read }]) => [entity, read]));

describe('each file of an export by itself', () => {
  it.for(samples)('is known: $folder', async ({ folder, adapter }) => {
    const useCases = createUseCases(environmentOf('nobody'));
    for (const file of filesOf(folder))
      expect((await useCases.inspect({ inputs: [file] })).adapter, file).toBe(adapter);
  });
});

describe.each(databaseKinds)('the exports of other systems (%s)', (kind) => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await openCrm(kind);
  });
  afterAll(async () => {
    await crm.close();
  });

  it.for(samples)('$folder', async ({ folder, read }) => {
    const account = folder.replace('/', '-');
    const useCases = crm.as(account);
    const inputs = filesOf(folder);

    const first = await useCases.import({ inputs });
    expect(first).toMatchObject({ status: 'complete', balanced: true, exitCode: 0 });
    expect(readOf(first.records)).toEqual(read);
    expect(sumOf(first.records, 'rejected', 'parked', 'excluded', 'updated', 'retired')).toBe(0);
    expect(await useCases.verify({ inputs, limit: 1000 })).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
    });

    const before = await crm.versions(account);
    const second = await useCases.import({ inputs });
    expect(second).toMatchObject({ status: 'complete', balanced: true, exitCode: 0 });
    expect(sumOf(second.entities, 'created', 'updated', 'retired')).toBe(0);
    expect(sumOf(second.entities, 'unchanged')).toBe(sumOf(first.entities, 'created'));
    expect(await crm.versions(account)).toEqual(before);
  });
});
