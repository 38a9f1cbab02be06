// `npm run screenshots`: every step and state of the wizard, into docs/screenshots/, to be looked at.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { root } from '../support/cli.ts';
import { freshDatabase } from '../support/databases.ts';
import {
  launchChromium,
  leadsFile,
  makeToken,
  ownDirectory,
  startWizard,
  visit,
} from '../support/wizard.ts';

const target = join(root, 'docs', 'screenshots');

it('pictures every step', async () => {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(target)) if (name.endsWith('.png')) rmSync(join(target, name));
  let number = 0;
  const shoot = async (page: Page, name: string) => {
    number += 1;
    await page.waitForTimeout(250);
    await page.screenshot({
      path: join(target, `${String(number).padStart(2, '0')}-${name}.png`),
      animations: 'disabled',
    });
  };
  const directory = ownDirectory();
  const database = await freshDatabase('server');
  const { location } = database;
  const admin = await makeToken(location, 'admin', { name: 'Ana' });
  const viewer = await makeToken(location, 'viewer', { name: 'Vera' });
  const wizard = await startWizard({ database: location, uploads: join(directory.path, 'up') });
  const browser = await launchChromium();
  const viewport = { width: 1060, height: 720 };

  const stranger = await browser.newContext({ locale: 'en-GB', viewport });
  const door = await stranger.newPage();
  await door.goto(wizard.url);
  await door.getByRole('heading', { name: 'Sign in to import' }).waitFor();
  await shoot(door, 'sign-in');
  await stranger.close();

  const { page, context } = await visit(browser, wizard.url, admin, { viewport });
  page.setDefaultTimeout(240_000);
  await page.getByText('There are no runs yet.').waitFor();
  await shoot(page, 'home-empty');
  await page.getByRole('button', { name: 'Leads of buyers' }).click();
  await page.getByText('Download a sample').waitFor();
  await shoot(page, 'file');
  await context.setOffline(true);
  const file = leadsFile(directory.path, 412);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText(/The connection broke off/).waitFor();
  await shoot(page, 'upload-broken-off');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.lines').waitFor();
  await shoot(page, 'reading');
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.locator('.column').first().waitFor();
  await shoot(page, 'columns');
  await page.getByRole('combobox', { name: '“Notas” becomes' }).click();
  await page.keyboard.type('pri');
  await shoot(page, 'columns-select');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remember this matching' }).click();
  await shoot(page, 'columns-remember');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.locator('.values').first().waitFor();
  await shoot(page, 'values');
  await page.getByRole('link', { name: 'Check all rows' }).click();
  await page.locator('.sum').waitFor();
  await page.locator('.grid').waitFor();
  await shoot(page, 'preview');
  await page.getByRole('button', { name: /The CRM does not know this value · Estado/ }).click();
  await page.getByRole('button', { name: /Fix all/ }).waitFor();
  await shoot(page, 'preview-problem');
  await page.getByRole('button', { name: /Fix all/ }).click();
  await page.getByLabel('Replace it by').fill('Contactado');
  await page.getByText(/rows will change/).waitFor();
  await shoot(page, 'fix-all');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Fix all/ })
    .click();
  await page.locator('.toast').waitFor();
  await shoot(page, 'fixed-and-undo');
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('Show all rows').click();
  await page.locator('.sum').waitFor();
  await page.getByRole('button', { name: /Left out/ }).click();
  await page.locator('.sum').waitFor({ state: 'detached' });
  await page.getByRole('rowheader', { name: '8', exact: true }).waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('F8');
  await page.waitForTimeout(300);
  await page.keyboard.press('F2');
  await shoot(page, 'cell-edited');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Left out/ }).click();
  await page.locator('.sum').waitFor();
  await page.getByRole('button', { name: /change/ }).click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await shoot(page, 'changes');
  await page.getByRole('button', { name: 'Close' }).last().click();
  const address = page.url();

  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('dialog').locator('.sum').waitFor();
  await shoot(page, 'confirm');
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.getByText('These are exactly the numbers of the preview.').waitFor();
  await shoot(page, 'result');
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('dialog').locator('table').waitFor();
  await shoot(page, 'undo');
  await page.getByRole('button', { name: 'Cancel' }).click();

  // The next file of the kind: recognised, another encoding, changed columns, and rows that the CRM has.
  await page.goto(wizard.url);
  await page.getByRole('button', { name: 'Leads of buyers' }).click();
  await page.locator('input[type=file]').setInputFiles(nextFile(directory.path));
  await page.locator('.lines').waitFor();
  await shoot(page, 'reading-guessed');
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.locator('.column').first().waitFor();
  await shoot(page, 'columns-recognised');
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'Check all rows' }).click();
  await page.locator('.sum').waitFor();
  await page.getByRole('button', { name: /possible duplicates/ }).click();
  await page.locator('.pairs').waitFor();
  await page.locator('.pairs').scrollIntoViewIfNeeded();
  await shoot(page, 'duplicates');
  await page.goto(wizard.url);
  await page.locator('table.list').waitFor();
  await shoot(page, 'home');
  await page.getByRole('button', { name: 'Leads of buyers' }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles(leadsFile(directory.path, 20_000, 'all-leads.csv'));
  await page.locator('.lines').waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.locator('.column').first().waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'Check all rows' }).click();
  await page.locator('.job').waitFor();
  await shoot(page, 'checking');
  await page.locator('.sum').waitFor();
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.getByText('Writing into the CRM').waitFor();
  await shoot(page, 'importing');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('The import was interrupted.').waitFor();
  await shoot(page, 'interrupted');
  await page.goto(`${wizard.url}/runs`);
  await page.locator('table.list').waitFor();
  await shoot(page, 'runs');
  await context.clearCookies();
  await page.getByRole('link', { name: 'Saved matchings' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'session-ended');
  await context.close();

  const looking = await visit(browser, wizard.url, viewer, { viewport });
  looking.page.setDefaultTimeout(240_000);
  await looking.page.locator('table.list').waitFor();
  await shoot(looking.page, 'viewer');
  await looking.page.goto(`${wizard.url}/nowhere`);
  await looking.page.getByText('There is no such page').waitFor();
  await shoot(looking.page, 'not-found');
  await looking.context.close();

  const telephone = { width: 390, height: 844 };
  const phone = await visit(browser, wizard.url, admin, { viewport: telephone, locale: 'nl-NL' });
  phone.page.setDefaultTimeout(240_000);
  await phone.page.locator('table.list').waitFor();
  await shoot(phone.page, 'telephone-home-nl');
  await phone.page.goto(address.replace('preview', 'result'));
  await phone.page.locator('.fates').waitFor();
  await shoot(phone.page, 'telephone-result-nl');
  await phone.context.close();
  const night = await visit(browser, wizard.url, admin, {
    viewport: telephone,
    locale: 'es-ES',
    colorScheme: 'dark',
  });
  night.page.setDefaultTimeout(240_000);
  await night.page.getByRole('button', { name: 'Leads de compradores' }).click();
  await night.page.locator('input[type=file]').setInputFiles(file);
  await night.page.locator('.lines').waitFor();
  await night.page.locator('.foot .main').click();
  await night.page.locator('.column').first().waitFor();
  await shoot(night.page, 'telephone-columns-es-dark');
  await night.page.locator('.foot .main').click();
  await night.page.locator('.values').first().waitFor();
  await night.page.locator('.foot .main').click();
  await night.page.locator('.sum').waitFor();
  await shoot(night.page, 'telephone-preview-es-dark');
  await night.page.setViewportSize(viewport);
  await shoot(night.page, 'preview-es-dark');
  await night.context.close();

  await browser.close();
  await wizard.stop();
  await database.remove();
  directory.remove();
  expect(number).toBeGreaterThan(25);
});

/** Written by an old spreadsheet: a legacy encoding, a new column, a missing one, dates that can be read in two ways. */
function nextFile(directory: string): string {
  const head =
    'Nombre;Apellidos;Correo;Teléfono;Correo del agente;Estado;Origen;Tipo buscado;Precio máximo;Nacimiento;Canal';
  const lines = Array.from({ length: 60 }, (_, at) =>
    [
      ['María', 'José', 'Núria', 'Íñigo'][at % 4],
      ['Muestra Gil', 'Prueba Soler', 'Ejemplo Pons'][at % 3],
      `persona${at}@example.com`,
      `+34 6${String(10_000_000 + at)}`,
      'luis@costa-demo.example.com',
      'Contactado',
      'Portales',
      'villa',
      String(150_000 + at * 1000),
      `0${(at % 9) + 1}/0${((at + 3) % 9) + 1}/1980`,
      'Teléfono',
    ].join(';'),
  );
  const path = join(directory, 'leads-april.csv');
  writeFileSync(path, Buffer.from(`${[head, ...lines].join('\r\n')}\r\n`, 'latin1'));
  return path;
}
