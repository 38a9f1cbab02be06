// A whole migration, from the file to the signed report, on each kind of database.
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tableNames } from '../../src/crm/column.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderReportText, renderRunText, renderVerifyText } from '../../src/report/text.ts';
import type { UseCases } from '../../src/run/contract.ts';
import type { RunDocument, VerifyDocument } from '../../src/run/documents.ts';
import { accountLock } from '../../src/run/store.ts';
import { root } from '../support/cli.ts';
import { databaseKinds } from '../support/databases.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

// A machine may be busy with other things.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const sample = (name: string) => join(root, 'samples', name);
const agency = sample('sooprema/agency.json');
const agencyNext = sample('sooprema/agency-next.json');
const oddities = sample('sooprema/oddities.json');

const inputs = [
  { account: 'agency', file: agency },
  { account: 'oddities', file: oddities },
  { account: 'inmoweb', file: sample('inmoweb/agency.xml') },
  { account: 'inmoweb-feed', file: sample('inmoweb/feed.xml') },
  { account: 'inmoweb-oddities', file: sample('inmoweb/oddities.xml') },
  { account: 'inmoweb-sections', file: sample('inmoweb/sections') },
  { account: 'feed', file: sample('kyero/feed.xml') },
  { account: 'quirks', file: sample('kyero/quirks.xml') },
  { account: 'feed-2-1', file: sample('kyero/feed-v2_1.xml') },
  { account: 'openestate', file: join(root, '../shared/data/kyero/kyero.xml') },
];

interface Item {
  readonly id: number;
  readonly isDeleted?: number;
}
const collectionsOf = (file: string) =>
  Object.entries(
    (
      JSON.parse(readFileSync(file, 'utf8')) as {
        response: { results: Record<string, { items: readonly Item[] }> };
      }
    ).response.results,
  ).filter(([name]) => name !== 'info');

/** Numbers that are not zero, by table or entity and fate. */
const fatesOf = (counts: RunDocument['entities']) =>
  Object.fromEntries(
    Object.entries(counts).map(([name, { fates }]) => [
      name,
      Object.fromEntries(Object.entries(fates).filter(([, number]) => number > 0)),
    ]),
  );

const sumOf = (
  counts: RunDocument['records'],
  ...fates: (keyof RunDocument['records'][string]['fates'])[]
) =>
  Object.values(counts).reduce(
    (sum, entry) => sum + fates.reduce((s, fate) => s + entry.fates[fate], 0),
    0,
  );

/** What a verification says, without the numbers that change from run to run. */
const findingsOf = ({ verdict, exitCode, counts, ids, fields, links }: VerifyDocument) => ({
  verdict,
  exitCode,
  wrongCounts: counts.filter(({ ok }) => !ok).map(({ entity }) => entity),
  missing: ids.missing.map(({ entity, sourceId }) => `${entity} ${sourceId ?? ''}`),
  unexpected: ids.unexpected.map(({ entity, id }) => `${entity} ${id ?? ''}`),
  different: fields.different.map(
    ({ entity, sourceId, field }) => `${entity} ${sourceId} ${field}`,
  ),
  broken: links.broken.map(({ entity, sourceId, field }) => `${entity} ${sourceId} ${field}`),
});
const pass = {
  verdict: 'pass',
  exitCode: 0,
  wrongCounts: [],
  missing: [],
  unexpected: [],
  different: [],
  broken: [],
};

const verify = (useCases: UseCases, file: string, rest: object = {}) =>
  useCases.verify({ inputs: [file], limit: 1000, ...rest });

async function textOf(content: AsyncIterable<string | Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

describe.each(databaseKinds)('a migration (%s)', (kind) => {
  let crm: TestCrm;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tesoro-e2e-'));
    crm = await openCrm(kind);
  });
  afterAll(async () => {
    await crm.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A copy of a sample that a test may change. */
  const copyOf = (file: string, name: string) => {
    const copy = join(directory, name);
    copyFileSync(file, copy);
    return copy;
  };

  it.for(inputs)(
    'of $account balances, verifies, and changes nothing the second time',
    async ({ account, file }, { skip }) => {
      skip(!existsSync(file), `${file} is not here`);
      const useCases = crm.as(account);
      const first = await useCases.import({ inputs: [file] });
      expect(first).toMatchObject({
        command: 'import',
        status: 'complete',
        balanced: true,
        exitCode: 0,
      });
      expect(sumOf(first.records, 'created')).toBeGreaterThan(0);
      expect(sumOf(first.records, 'updated', 'unchanged', 'retired')).toBe(0);
      expect(findingsOf(await verify(useCases, file))).toEqual(pass);

      const before = await crm.versions(account);
      const second = await useCases.import({ inputs: [file] });
      expect(second).toMatchObject({ status: 'complete', balanced: true, exitCode: 0 });
      expect(sumOf(second.entities, 'created', 'updated', 'retired')).toBe(0);
      expect(sumOf(second.entities, 'unchanged')).toBe(sumOf(first.entities, 'created'));
      expect(sumOf(second.records, 'duplicate', 'parked', 'rejected', 'excluded')).toBe(
        sumOf(first.records, 'duplicate', 'parked', 'rejected', 'excluded'),
      );
      expect(await crm.versions(account)).toEqual(before);
      expect(findingsOf(await verify(useCases, file))).toEqual(pass);
    },
  );

  it('brings in every record of every collection, the deleted ones marked as deleted', async () => {
    for (const [entity, { items }] of collectionsOf(agency)) {
      const tables = (
        await crm.rows(
          `SELECT DISTINCT target_table AS name FROM migration.id_map m JOIN crm.accounts a ON a.id = m.account_id
            WHERE a.slug = 'agency' AND entity = $1 AND part IS NULL`,
          [entity],
        )
      ).map(({ name }) => String(name));
      const rows = await crm.rows(
        `SELECT m.source_id AS id, c.is_deleted AS deleted FROM migration.id_map m JOIN crm.accounts a ON a.id = m.account_id
           JOIN (${tables.map((name) => `SELECT account_id, id, is_deleted FROM crm.${name}`).join(' UNION ALL ')}) c
             ON c.account_id = m.account_id AND c.id = m.target_id
          WHERE a.slug = 'agency' AND m.entity = $1 AND m.part IS NULL`,
        [entity],
      );
      const state = (records: readonly { id: unknown; deleted: unknown }[]) =>
        records.map(({ id, deleted }) => `${String(id)} ${String(deleted)}`).sort();
      expect(state(rows as { id: string; deleted: boolean }[]), entity).toEqual(
        state(items.map(({ id, isDeleted }) => ({ id, deleted: isDeleted === 1 }))),
      );
      expect(
        items.some(({ isDeleted }) => isDeleted === 1),
        entity,
      ).toBe(true);
    }
  });

  it('is verified to the single row and field', async () => {
    const useCases = crm.as('tampered');
    await useCases.import({ inputs: [agency] });
    const idOf = async (table: string, entity: string, sourceId: string) => {
      const [row] = await crm.rows(
        `SELECT m.target_id::text AS id FROM migration.id_map m JOIN crm.accounts a ON a.id = m.account_id
          WHERE a.slug = 'tampered' AND m.target_table = $1 AND m.entity = $2 AND m.source_id = $3 AND m.part IS NULL`,
        [table, entity, sourceId],
      );
      return String(row?.['id']);
    };
    await crm.rows(`UPDATE crm.properties SET price = price + 1 WHERE id = $1`, [
      await idOf('properties', 'properties', '900001'),
    ]);
    await crm.rows(`UPDATE crm.people SET owner_id = $2 WHERE id = $1`, [
      await idOf('people', 'contacts', '2'),
      await idOf('users', 'users', '6'),
    ]);
    const attachment = collectionsOf(agency).find(([name]) => name === 'documents')?.[1].items[4]
      ?.id;
    await crm.rows(`DELETE FROM crm.attachments WHERE id = $1`, [
      await idOf('attachments', 'documents', String(attachment)),
    ]);
    const [added] = await crm.rows(
      `INSERT INTO crm.people (account_id, id, section, last_name) SELECT id, gen_random_uuid(), 'contact', 'By hand'
         FROM crm.accounts WHERE slug = 'tampered' RETURNING id::text`,
    );
    expect(findingsOf(await verify(useCases, agency))).toEqual({
      verdict: 'fail',
      exitCode: 1,
      wrongCounts: ['attachments'],
      missing: [`attachments ${String(attachment)}`],
      unexpected: [`people ${String(added?.['id'])}`],
      different: ['properties 900001 price'],
      broken: ['people 2 owner_id'],
    });
    const shown = renderVerifyText(await verify(useCases, agency), { color: false });
    for (const word of ['900001', 'price', 'owner_id', String(attachment)])
      expect(shown).toContain(word);

    // A row that came back from the dead, or died: the numbers of active and deleted say so.
    await crm.rows(`UPDATE crm.deals SET is_deleted = true WHERE id = $1`, [
      await idOf('deals', 'deals', '2'),
    ]);
    const dead = findingsOf(await verify(useCases, agency));
    expect(dead.different).toContain('deals 2 is_deleted');
    expect(dead.wrongCounts).toContain('deals');
    // Another account is another CRM.
    expect(findingsOf(await verify(crm.as('agency'), agency))).toEqual(pass);
  });

  it('updates what changed in the next export, and no more than its preview said', async () => {
    const useCases = crm.as('next');
    await useCases.import({ inputs: [agency] });
    const before = await crm.versions('next');
    const preview = await useCases.preview({ inputs: [agencyNext] });
    expect(preview).toMatchObject({
      command: 'preview',
      status: 'planned',
      balanced: true,
      exitCode: 0,
    });
    expect(await crm.versions('next')).toEqual(before);

    const after = await useCases.import({ inputs: [agencyNext] });
    expect(after.entities).toEqual(preview.entities);
    expect(after.records).toEqual(preview.records);
    expect(after.changes).toEqual(preview.changes);
    const touched = fatesOf(after.records);
    expect(touched['contacts']).toEqual({ updated: 2, unchanged: 38 });
    expect(touched['properties']).toEqual({ updated: 1, unchanged: 29 });
    expect(touched['leads']).toEqual({ created: 1, unchanged: 25 });
    for (const [entity, fates] of Object.entries(touched)) {
      if (!['contacts', 'properties', 'leads'].includes(entity))
        expect(Object.keys(fates), entity).toEqual(['unchanged']);
    }
    const fields = after.changes
      .map(({ entity, sourceId, field }) => `${entity} ${sourceId} ${field}`)
      .sort();
    expect(fields).toEqual([
      'people 2 phone',
      'people 2 phones',
      'people 2 phones_as_written',
      'people 20 deleted_at',
      'people 20 is_deleted',
      'properties 900001 price',
    ]);
    expect(after.changes.find(({ field }) => field === 'price')).toMatchObject({
      old: '204400',
      new: '149900',
    });

    const versions = await crm.versions('next');
    const rewritten = tableNames.flatMap((table) => {
      const old = new Map(before[table]?.map(({ id, xmin }) => [id, xmin]));
      return (versions[table] ?? [])
        .filter(({ id, xmin }) => old.get(id) !== xmin)
        .map(() => table);
    });
    expect(rewritten).toEqual(['people', 'people', 'people', 'properties', 'leads']);
    expect(findingsOf(await verify(useCases, agencyNext))).toEqual(pass);
    // Against last week's export it names just what is new.
    const old = findingsOf(await verify(useCases, agency));
    expect(old.verdict).toBe('fail');
    expect(old.different).toContain('properties 900001 price');
  });

  it('applies a stored plan, once, and only to what it was made for', async () => {
    const useCases = crm.as('planned');
    const file = copyOf(agency, `planned-${kind}.json`);
    const planned = await useCases.preview({ inputs: [file] });
    expect(
      await crm.rows(
        `SELECT 1 FROM crm.people p JOIN crm.accounts a ON a.id = p.account_id WHERE a.slug = 'planned'`,
      ),
    ).toEqual([]);

    copyFileSync(agencyNext, file);
    await expect(useCases.import({ run: planned.run })).rejects.toMatchObject({
      exitCode: 2,
      message: /files changed/,
    });
    copyFileSync(agency, file);
    const applied = await useCases.import({ run: planned.run });
    expect(applied).toMatchObject({
      run: planned.run,
      command: 'import',
      status: 'complete',
      exitCode: 0,
    });
    expect(applied.entities).toEqual(planned.entities);
    expect(findingsOf(await verify(useCases, file))).toEqual(pass);
    await expect(useCases.import({ run: planned.run })).rejects.toMatchObject({ exitCode: 2 });

    const next = await useCases.preview({ inputs: [agencyNext] });
    const versions = await crm.versions('planned');
    await crm.rows(
      `UPDATE crm.properties SET town = 'Elsewhere' WHERE reference = (
         SELECT reference FROM crm.properties p JOIN migration.id_map m ON m.target_id = p.id
          WHERE m.source_id = '900001' AND p.account_id = crm.properties.account_id LIMIT 1)
        AND account_id = (SELECT id FROM crm.accounts WHERE slug = 'planned')`,
    );
    await expect(useCases.import({ run: next.run })).rejects.toMatchObject({
      exitCode: 2,
      message: /Rows of properties changed/,
    });
    expect({ ...(await crm.versions('planned')), properties: [] }).toEqual({
      ...versions,
      properties: [],
    });

    // Two plans for one CRM: the second no longer fits once the first is applied.
    const [one, two] = [
      await useCases.preview({ inputs: [agencyNext] }),
      await useCases.preview({ inputs: [agencyNext] }),
    ];
    await useCases.import({ run: one.run });
    await expect(useCases.import({ run: two.run })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('is measured by the baseline, also one that a person edited', async () => {
    const useCases = crm.as('agency');
    const file = join(directory, `baseline-${kind}.json`);
    const baseline = await useCases.baseline({ inputs: [agency] });
    expect(
      Object.fromEntries(
        Object.entries(baseline.entities).map(([name, { active, deleted }]) => [
          name,
          [active, deleted],
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        collectionsOf(agency).map(([name, { items }]) => {
          const deleted = items.filter(({ isDeleted }) => isDeleted === 1).length;
          return [name, [items.length - deleted, deleted]];
        }),
      ),
    );
    writeFileSync(file, renderJson(baseline));
    expect(findingsOf(await verify(useCases, agency, { baseline: file }))).toEqual(pass);

    // The screens of the old CRM show one contact more than the export holds.
    const contacts = baseline.entities['contacts'];
    expect(contacts).toBeDefined();
    const edited = {
      ...baseline,
      entities: {
        ...baseline.entities,
        contacts: { ...contacts, active: (contacts?.active ?? 0) + 1 },
      },
    };
    writeFileSync(file, renderJson(edited));
    const found = await verify(useCases, agency, { baseline: file });
    expect(findingsOf(found)).toEqual({
      ...pass,
      verdict: 'fail',
      exitCode: 1,
      wrongCounts: ['people'],
    });
    const line = found.counts.find(({ ok }) => !ok);
    expect((line?.baseline?.active ?? 0) - (line?.source.active ?? 0)).toBe(1);
    expect(renderVerifyText(found, { color: false })).toMatch(/people/);

    // An entity that the export has not at all.
    writeFileSync(
      file,
      renderJson({
        ...baseline,
        entities: { ...baseline.entities, valuations: { active: 3, deleted: 0, by: {} } },
      }),
    );
    expect(findingsOf(await verify(useCases, agency, { baseline: file }))).toEqual({
      ...pass,
      verdict: 'fail',
      exitCode: 1,
      wrongCounts: ['valuations'],
    });
    writeFileSync(file, '{"entities": {"contacts": {"active": "40"}}}');
    await expect(verify(useCases, agency, { baseline: file })).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  it.each([
    { account: 'oddities', file: oddities, ending: 'json' },
    { account: 'quirks', file: sample('kyero/quirks.xml'), ending: 'xml' },
    { account: 'inmoweb-oddities', file: sample('inmoweb/oddities.xml'), ending: 'xml' },
  ])(
    'keeps the rejects of $account whole, in the shape of their source',
    async ({ account, file, ending }) => {
      const useCases = crm.as(account);
      const imported = await useCases.import({ inputs: [file] });
      const expected = Object.fromEntries(
        Object.entries(imported.records)
          .map(([name, { fates }]) => [name, fates.rejected + fates.parked] as const)
          .filter(([, number]) => number > 0),
      );
      const { fileName, records, content } = await useCases.rejects({ run: imported.run });
      expect(records).toBe(Object.values(expected).reduce((sum, number) => sum + number, 0));
      expect(records).toBeGreaterThan(0);
      expect(fileName).toBe(`rejects-${imported.run}.${ending}`);
      const written = join(directory, `${account}-${kind}-${fileName}`);
      writeFileSync(written, await textOf(content));
      const inspected = await useCases.inspect({ inputs: [written] });
      expect(inspected.adapter).toBe(imported.source);
      expect(
        Object.fromEntries(
          Object.entries(inspected.entities).map(([name, { records: n }]) => [name, n]),
        ),
      ).toEqual(expected);
      // As they are they are refused again, for the same reasons; none is lost on the way.
      const again = await crm.as(`${account}-again`).import({ inputs: [written] });
      expect(Object.values(again.records).reduce((sum, { read }) => sum + read, 0)).toBe(records);
    },
  );

  it('is told in every format, and found by the beginning of its id', async () => {
    const useCases = crm.as('oddities');
    const imported = await useCases.import({ inputs: [oddities] });
    const verified = await verify(useCases, oddities);
    const report = await useCases.report({ run: imported.run, limit: 1000 });
    expect(report.run.run).toBe(imported.run);
    expect(report.verification?.run).toBe(verified.run);
    expect(JSON.parse(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
    for (const text of [renderHtml(report), renderReportText(report, { color: false })]) {
      expect(text).toContain(imported.run);
      expect(text).toContain('oddities.json');
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
    const csv = await textOf(renderCsv(report, useCases.findings({ run: imported.run })));
    const { error, warning, info } = imported.issues;
    const issueLines = csv
      .split(/\r?\n/)
      .filter((line) => /,(error|warning|info),/.test(`,${line},`));
    expect(issueLines.length).toBeGreaterThanOrEqual(error + warning + info);

    // A run is found by the beginning of its id, as long as only one begins so.
    const { runs, total } = await useCases.runs({ limit: 1000 });
    expect(runs.length).toBe(total);
    expect(runs.map(({ startedAt }) => startedAt)).toEqual(
      runs
        .map(({ startedAt }) => startedAt)
        .sort()
        .reverse(),
    );
    const prefix = Array.from({ length: 36 }, (_, length) => imported.run.slice(0, length)).find(
      (beginning) =>
        beginning.length >= 4 && runs.filter(({ run }) => run.startsWith(beginning)).length === 1,
    );
    const status = await useCases.status({ run: prefix ?? imported.run });
    expect(status).toEqual(imported);
    expect(renderRunText(status, { color: false })).toContain(imported.run);
    expect((await useCases.report({ run: prefix?.toUpperCase() ?? '', limit: 5 })).run.run).toBe(
      imported.run,
    );
    await expect(useCases.status({ run: imported.run.slice(0, 4) })).rejects.toMatchObject({
      exitCode: 2,
      message: /Several runs/,
    });
    await expect(useCases.status({ run: 'ffff' })).rejects.toMatchObject({
      exitCode: 2,
      message: /There is no run/,
    });
    await expect(useCases.status({ run: "' OR 1=1" })).rejects.toMatchObject({ exitCode: 2 });
    await expect(useCases.status({ run: '%%%%' })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('is not called running when its process is gone', async () => {
    const useCases = crm.as('gone');
    const { run } = await useCases.import({ inputs: [sample('kyero/feed-v2_1.xml')] });
    await crm.rows(`UPDATE migration.runs SET status = 'running' WHERE id = $1`, [run]);
    expect((await useCases.status({ run })).status).toBe('interrupted');
    const { runs } = await useCases.runs({ limit: 1 });
    expect(runs).toMatchObject([{ run, status: 'interrupted' }]);
    const account = String(
      (await crm.rows(`SELECT id::text FROM crm.accounts WHERE slug = 'gone'`))[0]?.['id'],
    );
    await crm.database.withLock(accountLock(account), async () => {
      expect((await useCases.status({ run })).status).toBe('running');
      await expect(useCases.import({ inputs: [agency] })).rejects.toMatchObject({ exitCode: 5 });
    });
  });
});
