import type { ReportDocument, RunDocument } from '../../run/documents.ts';
import { accountedFor } from '../../model/fate.ts';
import { duration, moment, number, size } from '../figures.ts';
import type { Verdict } from '../verdict.ts';
import { differencesOf, recordsOf } from '../verdict.ts';
import { meaningOfStatus } from '../words.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import { table } from './table.ts';

function figure(value: string, label: string, note: string): Markup {
  return html`<li><strong>${value}</strong><span>${label}</span><small>${note}</small></li>`;
}

function figures({ run, verification }: ReportDocument): Markup {
  const planned = run.status === 'planned';
  const read = recordsOf(run, 'read');
  const inCrm = (['created', 'updated', 'unchanged'] as const).reduce(
    (sum, fate) => sum + recordsOf(run, fate),
    0,
  );
  const otherwise = (['rejected', 'parked', 'excluded', 'duplicate'] as const)
    .map((fate) => ({ fate, value: recordsOf(run, fate) }))
    .filter(({ value }) => value > 0);
  const tables = Object.values(run.records);
  const active = tables.reduce((sum, counts) => sum + counts.active, 0);
  const deleted = tables.reduce((sum, counts) => sum + counts.deleted, 0);
  const explained = tables.reduce((sum, counts) => sum + accountedFor(counts.fates), 0);
  return html`<ul class="figures">
    ${figure(number(read), 'records read', `${number(active)} active, ${number(deleted)} deleted`)}
    ${figure(number(inCrm), planned ? 'would be in the CRM' : 'in the CRM', 'created, updated or unchanged')}
    ${figure(
      number(explained - inCrm),
      'left out, with a reason',
      otherwise.map(({ fate, value }) => `${number(value)} ${fate}`).join(', ') || 'none',
    )}
    ${
      verification === null
        ? figure(
            '–',
            'differences found',
            planned ? 'verified after the import' : 'not verified yet',
          )
        : figure(
            number(differencesOf(verification)),
            'differences found',
            `in ${number(verification.fields.compared)} values compared`,
          )
    }
  </ul>`;
}

function facts(run: RunDocument): Markup {
  const shown: readonly (readonly [string, Content])[] = [
    ['Agency', run.account],
    ['Moved from', run.source],
    ['Date', moment(run.finishedAt ?? run.startedAt)],
    ['State', `${meaningOfStatus[run.status]}; took ${duration(run.seconds)}`],
    ...(run.by === null ? [] : [['Made by', run.by] as const]),
    ['Tool', `tesoro-migrate ${run.tool}`],
    ['Run', html`<code>${run.run}</code>`],
    ['Mapping', html`<code>${run.mapping}</code>`],
  ];
  return html`<dl class="facts">
    ${shown.map(
      ([name, value]) =>
        html`<div class="${name === 'Mapping' || name === 'Run' ? 'wide' : ''}">
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The top of the page: the verdict, the four figures, and what was moved, when and with what. */
export function opening(report: ReportDocument, verdict: Verdict): Markup {
  const { run } = report;
  return html`<header class="verdict ${verdict.tone}">
      <p class="kind">
        Tesoro CRM · ${run.status === 'planned' ? 'Import preview' : 'Migration report'}
      </p>
      <h1>${verdict.headline}</h1>
      <p class="explanation">${verdict.explanation}</p>
      ${figures(report)}
    </header>
    ${facts(run)}
    ${table({
      caption:
        'Files that were read. The SHA-256 is the fingerprint of a file: another file has another one.',
      headings: [
        { title: 'File' },
        { title: 'Size', align: 'right' },
        { title: 'SHA-256', class: 'hash' },
      ],
      rows: run.inputs.map(({ name, bytes, sha256 }) => [
        name,
        size(bytes),
        html`<code>${sha256}</code>`,
      ]),
    })}`;
}
