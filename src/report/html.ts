import type { ReportDocument } from '../run/documents.ts';
import { moment } from './figures.ts';
import { comparison, outcomes } from './html/counts.ts';
import { coverage } from './html/coverage.ts';
import { possibleDuplicates } from './html/duplicates.ts';
import { changedRows, doubtfulValues, leftOut } from './html/findings.ts';
import type { Markup } from './html/markup.ts';
import { html } from './html/markup.ts';
import { opening } from './html/opening.ts';
import { signature } from './html/signature.ts';
import { style } from './html/style.ts';
import { workbookComparison } from './html/workbook.ts';
import { verificationResult } from './html/verification.ts';
import { verdictOf } from './verdict.ts';

interface Section {
  readonly title: string;
  readonly body: Markup | null;
}

/**
 * The report as one page that a customer can read, print and sign. It holds everything it needs: no script,
 * no file beside it, nothing from the network.
 */
export function renderHtml(report: ReportDocument): string {
  const { run, verification } = report;
  const verdict = verdictOf(report);
  const planned = run.status === 'planned';
  const sections: readonly Section[] = [
    { title: 'Counted and compared', body: verification && comparison(verification) },
    { title: 'Compared with the old CRM', body: verification && workbookComparison(verification) },
    {
      title: planned ? 'What would become of each record' : 'What became of each record',
      body: outcomes(run),
    },
    {
      title: planned ? 'What would be left out, and why' : 'What was left out, and why',
      body: leftOut(run),
    },
    { title: 'Values that were changed or are in doubt', body: doubtfulValues(run) },
    {
      title: planned ? 'What would change in existing rows' : 'What changed in existing rows',
      body: changedRows(run),
    },
    { title: 'Rows that may be one', body: possibleDuplicates(run) },
    { title: 'Where each field went', body: coverage(run) },
    { title: 'Verification', body: verification && verificationResult(verification) },
    { title: 'Signatures', body: signature(report, verdict) },
  ];
  const filled = sections.filter(({ body }) => body !== null);
  const title = `${planned ? 'Import preview' : 'Migration report'} – ${run.account} – ${run.startedAt.slice(0, 10)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          ${opening(report, verdict)}
          ${filled.map(
            ({ title: heading, body }, index) =>
              html`<section class="${heading === 'Signatures' ? 'signatures' : ''}">
                <h2><span class="ordinal">${index + 1}</span> ${heading}</h2>
                ${body}
              </section> `,
          )}
        </main>
        <footer>
          Made by tesoro-migrate ${run.tool} · run ${run.run} ·
          ${moment(run.finishedAt ?? run.startedAt)}
        </footer>
      </body>
    </html> `.toString();
}
