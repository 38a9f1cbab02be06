// `npm run browser:long`: the wizard over 500,000 rows (or $ROWS), in real Chromium. Prints what it measured: the time from
// the drop of the file to the complete preview beside `preview` of the command line for the same file, the time to
// rows anywhere in it, and the memory of page and server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { run } from '../support/cli.ts';
import { freshDatabase } from '../support/databases.ts';
import {
  launchChromium,
  leadsFile,
  makeToken,
  ownDirectory,
  startWizard,
  visit,
} from '../support/wizard.ts';

const rows = Number(process.env['ROWS'] ?? 500_000);
const patience = 1_200_000;

/** The most memory that a process has had, in megabytes; Linux alone tells. */
const peakOf = (pid: number | undefined): number =>
  Math.round(
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1]) / 1024,
  );

async function heapOf(page: Page): Promise<number> {
  const channel = await page.context().newCDPSession(page);
  await channel.send('HeapProfiler.collectGarbage');
  await channel.send('Performance.enable');
  const { metrics } = await channel.send('Performance.getMetrics');
  return Math.round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6);
}

/** Whether every row that is seen has its line number, and so has been fetched. */
const hasRowsInView = `(() => {
  const box = document.querySelector('.grid').getBoundingClientRect();
  const seen = [...document.querySelectorAll('.grid-body [role=rowheader]')].filter((header) => {
    const { top, bottom } = header.getBoundingClientRect();
    return bottom > box.top + 40 && top < box.bottom;
  });
  return seen.length > 3 && seen.every(({ textContent }) => /^\\d/.test(textContent));
})()`;

const secondsSince = (start: number) => Math.round((performance.now() - start) / 100) / 10;

it('previews, corrects and imports a very long file', async () => {
  const directory = ownDirectory();
  const file = leadsFile(directory.path, rows);
  const own = await freshDatabase('server');
  const begun = performance.now();
  const alone = await run(['preview', file, '--db', own.location, '--as', 'leads', '--json']);
  const onCommandLine = secondsSince(begun);
  expect(alone.exitCode).toBeLessThanOrEqual(1);
  await own.remove();

  const database = await freshDatabase('server');
  const admin = await makeToken(database.location, 'admin', { name: 'Ana' });
  const wizard = await startWizard({
    database: database.location,
    uploads: join(directory.path, 'up'),
    flags: ['--max-upload', '500'],
  });
  const browser = await launchChromium();
  const { page, faults } = await visit(browser, wizard.url, admin);
  page.setDefaultTimeout(patience);

  await page.getByRole('button', { name: 'Leads of buyers' }).click();
  await page.locator('.drop').waitFor();
  const dropped = performance.now();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('.lines').waitFor();
  const read = secondsSince(dropped);
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.locator('.column').first().waitFor();
  const matched = secondsSince(dropped);
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'Check all rows' }).click();
  await page.getByRole('rowheader').first().waitFor();
  const firstRows = secondsSince(dropped);
  await page.locator('.sum').waitFor();
  const previewed = secondsSince(dropped);

  const frame = page.locator('.grid');
  const height = Number(await frame.evaluate('(grid) => grid.scrollHeight'));
  const jumps: number[] = [];
  for (const part of [0.5, 0.9, 0.1, 0.75, 1, 0]) {
    const start = performance.now();
    await frame.evaluate(`(grid) => { grid.scrollTop = ${part * height}; }`);
    while (!(await page.evaluate<boolean>(hasRowsInView))) await page.waitForTimeout(10);
    jumps.push(Math.round(performance.now() - start));
  }
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  const heap = await heapOf(page);

  const edited = performance.now();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F2');
  await page.keyboard.type('Berta');
  await page.keyboard.press('Enter');
  await page.getByText('1 row corrected.').first().waitFor();
  const corrected = secondsSince(edited);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('button', { name: /^Import [\d,]+ rows/ }).waitFor();

  const applied = performance.now();
  await page.getByRole('button', { name: /^Import [\d,]+ rows/ }).click();
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.getByText('These are exactly the numbers of the preview.').waitFor();
  const imported = secondsSince(applied);
  process.stdout.write(
    `${JSON.stringify({
      rows,
      seconds: { onCommandLine, read, matched, firstRows, previewed, corrected, imported },
      ratio: Math.round((previewed / onCommandLine) * 100) / 100,
      jumpsInMilliseconds: jumps,
      megabytes: { page: heap, serverAtMost: peakOf(wizard.pid) },
    })}\n`,
  );
  expect(faults).toEqual([]);
  await browser.close();
  await wizard.stop();
  await database.remove();
  directory.remove();
});
