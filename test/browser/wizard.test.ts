import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults } from '../support/axe.ts';
import { migratedDatabase, type TestLocation } from '../support/databases.ts';
import {
  findChromium,
  launchChromium,
  leadsFile,
  makeToken,
  ownDirectory,
  startWizard,
  visit,
  type Wizard,
} from '../support/wizard.ts';

const chromium = findChromium();
if (chromium === undefined)
  process.stderr.write(
    'No Chromium: the tests of the wizard are skipped. Install one, or set $CHROMIUM.\n',
  );

/** Waits for a text; what is read out to screen readers may say it too. */
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** Presses Tab until the element of a role and name has the focus. */
async function reach(page: Page, role: string, name: RegExp): Promise<void> {
  const target = page.getByRole(role as 'button', { name }).first();
  await target.waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`Tab does not lead to the ${role} ${String(name)}`);
}

/** The first fates of the page, with their numbers. */
async function fateCounts(page: Page): Promise<Readonly<Record<string, string | undefined>>> {
  const fates = page.locator('.fates').first();
  const names = await fates.locator('.fate-name').allTextContents();
  const counts = await fates.locator('.fate-count').allTextContents();
  return Object.fromEntries(names.map((name, at) => [name, counts[at]]));
}

/** From the start to the preview of a file, with the values that the CRM does not know left as they are. */
async function toPreview(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: 'Leads of buyers' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('heading', { name: 'How the file is read' }).waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'What each column is' }).waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'Check all rows' }).click();
  await page.locator('.sum').waitFor();
}

// On a machine shared with others a page may be slower than the patience of a click; a second failure is one.
const patience = { retry: process.env['CI'] === undefined ? 0 : 1 };

describe.skipIf(chromium === undefined)('the wizard in Chromium', patience, () => {
  const directory = ownDirectory();
  let database: TestLocation;
  let wizard: Wizard;
  let browser: Browser;
  let admin: string;

  beforeAll(async () => {
    database = await migratedDatabase('server');
    admin = await makeToken(database.location, 'admin', { name: 'Ana' });
    [wizard, browser] = await Promise.all([
      startWizard({ database: database.location, uploads: join(directory.path, 'uploads') }),
      launchChromium(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await wizard.stop();
    await database.remove();
    directory.remove();
  });
  const open = (token = admin, options = {}) => visit(browser, wizard.url, token, options);

  it('imports 20 rows with the keyboard alone, from the start to the undo', async () => {
    const { page, context, faults } = await open();
    const violations: string[] = [];
    const look = async () => {
      violations.push(...(await accessibilityFaults(page)));
    };
    await look();
    await reach(page, 'button', /Leads of buyers/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /choose the file/ }).waitFor();
    await look();
    await page.locator('input[type=file]').setInputFiles(leadsFile(directory.path, 20));

    await seen(page, 'utf-8, cells divided by “;”, headers in line 2.');
    await page.getByRole('rowheader', { name: '1 not read' }).waitFor();
    await look();
    await reach(page, 'link', /Continue/);
    await page.keyboard.press('Enter');

    const columns = page.locator('.column');
    await columns.first().waitFor();
    expect(await columns.count()).toBe(12);
    await seen(page, /11 of 12 columns have a field/);
    await look();
    await reach(page, 'combobox', /“Código interno” becomes/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('notes');
    await look();
    await page.keyboard.press('Escape');
    await reach(page, 'link', /Continue/);
    await page.keyboard.press('Enter');

    await seen(page, '3 values are not known yet.');
    await look();
    await reach(page, 'combobox', /“En espera” means/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('contacted');
    await page.keyboard.press('Enter');
    await seen(page, '2 values are not known yet.');
    await reach(page, 'link', /Check all rows/);
    await page.keyboard.press('Enter');

    await seen(page, '18 + 2 = 20 rows: every row is accounted for.');
    await look();
    // Nothing of the file is markup.
    expect(await page.locator('.grid b').count()).toBe(0);
    expect(await page.getByText('<b>vistas</b>').count()).toBeGreaterThan(0);

    // A filter is in the address, and the grid shows its rows.
    await reach(page, 'button', /Left out/);
    await page.keyboard.press('Enter');
    await seen(page, '2 of 20 rows');
    expect(new URL(page.url()).search).toBe('?fate=rejected');
    await page.reload();
    await seen(page, '2 of 20 rows');

    // The next problem, corrected in its cell.
    await reach(page, 'grid', /All rows/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F2');
    await page.keyboard.press('Escape');
    await page.keyboard.press('F2');
    await page.keyboard.type('persona5@example.com');
    await page.keyboard.press('Enter');
    await seen(page, '1 row corrected.');
    await look();
    await reach(page, 'button', /Check again/);
    await page.keyboard.press('Enter');
    await seen(page, '1 of 20 rows');
    await reach(page, 'button', /Left out/);
    await page.keyboard.press('Enter');
    await seen(page, '19 + 1 = 20 rows: every row is accounted for.');
    const previewed = await fateCounts(page);

    await reach(page, 'button', /Import 19 rows/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Import now?' }).waitFor();
    await look();
    await reach(page, 'button', /Import now/);
    await page.keyboard.press('Enter');
    await seen(page, '19 of 20 rows are in; 1 did not come in.');
    await seen(page, 'These are exactly the numbers of the preview.');
    expect(await fateCounts(page)).toEqual(previewed);
    await look();

    const rejects = page.waitForEvent('download');
    await reach(page, 'link', /Download the 1 row left out/);
    await page.keyboard.press('Enter');
    expect((await rejects).suggestedFilename()).toMatch(/\.csv$/);

    await reach(page, 'button', /Undo this import/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Leads').waitFor();
    await look();
    await reach(page, 'button', /^Undo it/);
    await page.keyboard.press('Enter');
    await seen(page, 'The import was undone.');

    await page.goto(`${wizard.url}/runs`);
    await page.getByRole('cell', { name: 'Undone' }).waitFor();
    await look();
    expect(violations).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('says in the language of the browser what it does, at the width of a phone', async () => {
    for (const [locale, home, kind, reading] of [
      ['es-ES', 'Importar en Tesoro', 'Leads de compradores', 'Cómo se lee el archivo'],
      ['nl-NL', 'Importeren in Tesoro', 'Leads van kopers', 'Hoe het bestand wordt gelezen'],
    ] as const) {
      const { page, context, faults } = await open(admin, {
        locale,
        viewport: { width: 360, height: 740 },
        colorScheme: 'dark',
      });
      const fits = async () => {
        const [inner, outer] = await Promise.all([
          page.evaluate<number>('document.documentElement.scrollWidth'),
          page.evaluate<number>('document.documentElement.clientWidth'),
        ]);
        expect(inner, page.url()).toBeLessThanOrEqual(outer);
      };
      await page.getByRole('heading', { name: home }).waitFor();
      await page.locator('.begun .button, table.list').first().waitFor();
      await fits();
      await page.getByRole('button', { name: kind }).click();
      await page.locator('input[type=file]').setInputFiles(leadsFile(directory.path, 20));
      await page.getByRole('heading', { name: reading }).waitFor();
      for (const step of ['columns', 'values', 'preview']) {
        await fits();
        await page.locator('.foot .main').click();
        await page.waitForURL(new RegExp(`/${step}$`));
        await page.locator('.sentence, .sum').first().waitFor();
      }
      await fits();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    }
  });

  it('shows a viewer everything and lets them change nothing', async () => {
    const viewer = await makeToken(database.location, 'viewer', { name: 'Vera' });
    const { page, context } = await open(viewer);
    await seen(page, /signed in as a viewer/);
    expect(await page.getByRole('button', { name: 'Leads of buyers' }).count()).toBe(0);
    await page
      .getByRole('link', { name: /leads-march/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: /Import|Undo|Check/ }).count()).toBe(0);
    // Nor does the server, whatever the page shows.
    const status = await page.evaluate<number>(
      `fetch('/api/session').then((answer) => answer.json()).then(({ csrf }) =>
        fetch('/api/imports', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
          body: JSON.stringify({ kind: 'leads', system: null }),
        })).then(({ status }) => status)`,
    );
    expect(status).toBe(403);
    await context.close();
  });

  it('never shows the imports of one account to another', async () => {
    const stranger = await makeToken(database.location, 'admin', { name: 'Eva', account: 'other' });
    const { page, context } = await open(stranger);
    await seen(page, 'There are no runs yet.');
    expect(await page.getByText('leads-march').count()).toBe(0);
    await context.close();
  });

  it('tells the second of two admins that the first was faster, and loses nothing', async () => {
    const first = await open();
    await first.page.getByRole('button', { name: 'Leads of buyers' }).click();
    await first.page.locator('input[type=file]').setInputFiles(leadsFile(directory.path, 20));
    await first.page.waitForURL(/reading$/);
    const address = first.page.url().replace('reading', 'columns');
    await first.page.goto(address);
    const second = await open(await makeToken(database.location, 'admin', { name: 'Berta' }));
    await second.page.goto(address);
    await second.page.locator('.column').first().waitFor();

    const choose = async (page: Page, column: string, text: string) => {
      const box = page.getByRole('combobox', { name: `“${column}” becomes` });
      await box.fill(text);
      await box.press('Enter');
    };
    await choose(first.page, 'Código interno', 'Leave out');
    await seen(first.page, 'You chose this.');
    await choose(second.page, 'Notas', 'Leave out');
    await seen(second.page, 'Somebody else changed this in the meantime.');
    await second.page.getByRole('button', { name: 'Try again' }).click();
    await seen(second.page, 'You chose this.');
    await choose(second.page, 'Notas', 'Leave out');
    await second.page.getByText('You chose this.').nth(1).waitFor();
    await Promise.all([first.context.close(), second.context.close()]);
  });

  it('lets one sign in again over the page when the session has ended, and goes on', async () => {
    const { page, context } = await open();
    await page.getByRole('button', { name: 'Contacts' }).click();
    await page.waitForURL(/file$/);
    const address = page.url();
    await context.clearCookies();
    // Whatever the page asks first finds the session ended, so that the dialog may be over the link already.
    await page.getByRole('link', { name: 'Runs' }).dispatchEvent('click');
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('Access token').fill('tesoro_wrong');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await seen(page, 'This token is not known, or no longer valid.');
    await dialog.getByLabel('Access token').fill(admin);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('table.list').waitFor();
    expect(page.url()).toBe(`${wizard.url}/runs`);
    await page.goBack();
    expect(page.url()).toBe(address);
    await context.close();
  });

  it('sends a file again that broke off on the way', async () => {
    const { page, context } = await open();
    await page.getByRole('button', { name: 'Leads of buyers' }).click();
    await page.locator('.drop').waitFor();
    await context.setOffline(true);
    await page.locator('input[type=file]').setInputFiles(leadsFile(directory.path, 20));
    await seen(page, 'The connection broke off while leads-march.csv was being sent.');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForURL(/reading$/);
    await context.close();
  });

  it('does not choke on a delimiter that gives tens of thousands of columns', async () => {
    const { page, context } = await open();
    const file = join(directory.path, 'wide.csv');
    const wide = Array.from({ length: 20_000 }, (_, at) => `word${at}`).join(',');
    writeFileSync(file, `name;text\nAna;${wide}\nEva;${wide}\n`);
    await page.getByRole('button', { name: 'Contacts' }).click();
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('heading', { name: 'How the file is read' }).waitFor();
    await page.getByLabel('Cells are divided by').selectOption(',');
    await seen(page, /cells divided by “,”/);
    expect(await page.locator('.lines th, .lines td').count()).toBeLessThan(500);
    await context.close();
  });

  it('corrects all equal cells at once after showing what that does, the right row of two equal ones, and takes both back', async () => {
    const { page, context, faults } = await open();
    const file = join(directory.path, 'equal.csv');
    const row = 'Ana;Muestra;ana@example.com;+34 600 000 101;luis@costa-demo.example.com;En espera';
    writeFileSync(
      file,
      [
        'Nombre;Apellidos;Correo;Teléfono;Correo del agente;Estado del lead',
        ...Array.from({ length: 30 }, () => row),
        '',
      ].join('\n'),
    );
    await toPreview(page, file);
    // What stays unmatched is never silent.
    await page
      .getByRole('button', { name: /The CRM does not know this value · Estado del lead 30/ })
      .click();
    await page.getByRole('button', { name: 'Fix all 30…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Replace it by').fill('Desconocido');
    await seen(page, /The CRM has no “Desconocido”/);
    await dialog.getByLabel('Replace it by').fill('Contactado');
    await seen(page, '30 rows will change. The first of them:');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Fix all 30' }).click();
    await seen(page, '30 rows corrected.');

    // Of rows that are equal, under a filter, the one that was chosen and no other.
    const grid = page.getByRole('grid');
    const cell = grid.getByRole('row').nth(3).getByRole('gridcell', { name: 'Ana' }).first();
    await cell.dblclick();
    await page.keyboard.type('Berta');
    await page.keyboard.press('Enter');
    await grid.getByRole('gridcell', { name: /^Berta/ }).waitFor();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('button', { name: 'Check again' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show all rows' }).click();
    const changed = grid.getByRole('row').filter({ hasText: 'Berta' });
    await changed.waitFor();
    expect(await changed.getByRole('rowheader').allTextContents()).toEqual(['4']);

    // Undone in any order: the first step first.
    await page.getByRole('button', { name: '2 changes' }).click();
    const steps = page.getByRole('dialog').getByRole('listitem');
    await steps.nth(1).getByRole('button', { name: 'Undo' }).click();
    await steps.nth(1).getByText('undone').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('button', { name: 'Check again' }).waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: /The CRM does not know this value · Estado del lead/ })
      .waitFor();
    await changed.waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe.skipIf(chromium === undefined)(
  'a server that is killed in the middle of an import',
  () => {
    it('goes on after its restart, on the page that was open, to the numbers of the preview', async () => {
      const directory = ownDirectory();
      const database = await migratedDatabase('server');
      const admin = await makeToken(database.location, 'admin', { name: 'Ana' });
      const options = { database: database.location, uploads: join(directory.path, 'uploads') };
      const first = await startWizard(options);
      const browser = await launchChromium();
      const { page, faults } = await visit(browser, first.url, admin);
      await toPreview(page, leadsFile(directory.path, 20_000));
      const previewed = await fateCounts(page);

      // From the top to the end of 20,000 rows, drawing a few.
      await page.getByRole('grid').focus();
      await page.keyboard.press('Control+End');
      await page
        .getByRole('rowheader', { name: '20,002' })
        .or(page.getByRole('rowheader', { name: '20002' }))
        .waitFor();
      expect(await page.getByRole('row').count()).toBeLessThan(60);

      await page.getByRole('button', { name: /Import [\d,]+ rows/ }).click();
      await page.getByRole('button', { name: 'Import now' }).click();
      await seen(page, 'Writing into the CRM');
      await first.kill();
      await seen(page, 'The server does not answer at the moment.');
      const second = await startWizard({ ...options, port: Number(new URL(first.url).port) });
      await seen(page, 'The import was interrupted.');
      await page.getByRole('button', { name: 'Go on', exact: true }).click();
      await seen(page, 'These are exactly the numbers of the preview.');
      expect(await fateCounts(page)).toEqual(previewed);
      expect(faults).toEqual([]);
      await browser.close();
      await second.stop();
      await database.remove();
      directory.remove();
    });
  },
);
