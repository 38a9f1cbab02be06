// Tables that no adapter knows: a mapping is proposed, used as far as it is sure, and kept with the run.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
let directory: string;

beforeAll(async () => {
  crm = await openCrm('embedded');
  directory = await mkdtemp(join(tmpdir(), 'tables-'));
});
afterAll(async () => {
  await crm.close();
  await rm(directory, { recursive: true, force: true });
});

async function fileOf(name: string, lines: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

const buyers = (): Promise<string> =>
  fileOf('compradores.csv', [
    'Nombre;Apellidos;Correo;Móvil;Presupuesto;Dormitorios;Zona;Fecha alta;Color',
    'Ana;García;ana@example.com;600111222;250.000;2;Torrevieja;03/04/2025;azul',
    'Luis;Ruiz;luis@example.com;600333444;1.250.000;3;Orihuela;31/01/2025;',
  ]);

const leadsOf = (account: string) =>
  crm.rows(
    `SELECT p.first_name, p.email, l.price_max::text, l.created_at::text, l.custom_fields
       FROM crm.leads l JOIN crm.people p ON p.id = l.person_id
       JOIN crm.accounts a ON a.id = l.account_id WHERE a.slug = $1 ORDER BY p.first_name`,
    [account],
  );

describe('a table that no adapter knows', () => {
  it('is imported by the proposal, verified by the same, and imported again without change', async () => {
    const inputs = [await buyers()];
    const run = await crm.as('proposed').import({ inputs });
    expect(run).toMatchObject({ status: 'complete', source: 'csv', exitCode: 0 });
    expect(run.records['leads']?.fates.created).toBe(2);
    expect(await leadsOf('proposed')).toMatchObject([
      {
        first_name: 'Ana',
        email: 'ana@example.com',
        price_max: '250000',
        created_at: '2025-04-02 22:00:00+00',
        custom_fields: { Color: 'azul' },
      },
      { first_name: 'Luis', price_max: '1250000' },
    ]);
    const column = run.groups.filter(({ code }) => code === 'COLUMN_NOT_MAPPED');
    expect(column.map(({ field, count }) => [field, count])).toEqual([['Color', 1]]);

    const verdict = await crm.as('proposed').verify({ inputs: [], run: run.run, limit: 10 });
    expect(verdict.verdict).toBe('pass');
    const again = await crm.as('proposed').import({ inputs });
    expect(again.records['leads']?.fates).toMatchObject({ unchanged: 2, created: 0 });
    const [kept] = await crm.rows(
      `SELECT options -> 'proposed' -> 0 ->> 'text' AS text, options ->> 'as' AS "as", mapping_hash
         FROM migration.runs WHERE id = $1`,
      [run.run],
    );
    expect(kept).toMatchObject({ as: 'leads', mapping_hash: run.mapping });
    expect(kept?.['text']).toContain('from: Presupuesto');
  });

  it('is imported exactly as a preview showed it', async () => {
    const inputs = [await buyers()];
    const { run } = await crm.as('planned').preview({ inputs });
    expect(await leadsOf('planned')).toEqual([]);
    const done = await crm.as('planned').import({ run });
    expect(done.records['leads']?.fates.created).toBe(2);
    expect(await leadsOf('planned')).toHaveLength(2);
  });

  it('is not imported where it is not sure what its rows are', async () => {
    const inputs = [await fileOf('x.csv', ['Name,Email', 'Ana Ruiz,ana@example.com'])];
    const importing = crm.as('unsure').import({ inputs });
    await expect(importing).rejects.toMatchObject({
      name: 'UsageError',
      hint: expect.stringContaining('--as contacts') as string,
    });
    const said = await crm.as('unsure').import({ inputs, as: 'contacts' });
    expect(said.records['contacts']?.fates.created).toBe(1);
  });

  it('leaves out dates that can be read in two ways, until somebody says how', async () => {
    const inputs = [
      await fileOf('kunden.csv', [
        'Vorname;Nachname;E-Mail;Geburtstag',
        'Karl;Weber;karl@example.com;03/04/1980',
        'Eva;Braun;eva@example.com;05/06/1985',
      ]),
    ];
    const open = await crm.as('dates').import({ inputs, as: 'contacts' });
    expect(open.issues.byCode).toMatchObject({
      COLUMN_DATES_AMBIGUOUS: 1,
      VALUE_AMBIGUOUS_DATE: 2,
    });
    const birthdays = () =>
      crm.rows(
        `SELECT p.birthday::text, p.custom_fields ->> 'Geburtstag' AS kept FROM crm.people p
           JOIN crm.accounts a ON a.id = p.account_id WHERE a.slug = 'dates' ORDER BY p.first_name`,
      );
    expect(await birthdays()).toEqual([
      { birthday: null, kept: '05/06/1985' },
      { birthday: null, kept: '03/04/1980' },
    ]);
    const said = await crm.as('dates').import({ inputs, as: 'contacts', dates: 'dmy' });
    expect(said.issues.byCode).not.toHaveProperty('COLUMN_DATES_AMBIGUOUS');
    expect(await birthdays()).toMatchObject([
      { birthday: '1985-06-05' },
      { birthday: '1980-04-03' },
    ]);
    const verdict = await crm.as('dates').verify({ inputs: [], run: said.run, limit: 10 });
    expect(verdict.verdict).toBe('pass');
  });

  it('gives several files of one kind one mapping', async () => {
    const header = 'Vorname;Nachname;E-Mail';
    const inputs = [
      await fileOf('kontakte 1.csv', [header, 'Karl;Weber;karl@example.com']),
      await fileOf('kontakte 2.csv', [`${header};Ort`, 'Eva;Braun;eva@example.com;Berlin']),
    ];
    const run = await crm.as('several').import({ inputs });
    expect(run.records['contacts']?.fates.created).toBe(2);
    const towns = await crm.rows(
      `SELECT p.address_city FROM crm.people p JOIN crm.accounts a ON a.id = p.account_id
        WHERE a.slug = 'several' AND p.address_city IS NOT NULL`,
    );
    expect(towns).toEqual([{ address_city: 'Berlin' }]);
  });

  it('has a mapping suggested that imports it', async () => {
    const inputs = [await buyers()];
    const found = await crm.as('suggested').mappingSuggest({ inputs });
    expect(found).toMatchObject({
      adapter: 'csv',
      from: 'leads',
      kind: { kind: 'leads' },
      rows: 2,
    });
    expect(found.columns.find(({ column }) => column === 'Correo')).toMatchObject({
      match: { field: 'email', level: 'high' },
      examples: ['ana@example.com', 'luis@example.com'],
    });
    const mapping = await fileOf('leads.yaml', [found.mapping]);
    const run = await crm.as('suggested').import({ inputs, mapping, as: 'leads' });
    expect(run.records['leads']?.fates.created).toBe(2);
    expect(run.issues.byCode).not.toHaveProperty('COLUMN_NOT_MAPPED');
  });
});
