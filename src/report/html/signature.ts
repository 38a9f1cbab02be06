import type { ReportDocument } from '../../run/documents.ts';
import { count } from '../figures.ts';
import type { Verdict } from '../verdict.ts';
import { recordsOf } from '../verdict.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';

function statementOf({ run, verification }: ReportDocument): string {
  const read = count(recordsOf(run, 'read'), 'record');
  const rejected = recordsOf(run, 'rejected') + recordsOf(run, 'parked');
  if (run.status === 'planned') {
    return `We have seen this preview of ${read} from “${run.source}” and agree that they are imported as it says.`;
  }
  const open = verification === null ? ' It has not been verified yet.' : '';
  const without =
    rejected === 0 ? '' : ` We know that ${count(rejected, 'record')} named above did not come in.`;
  return `We have seen this report on the move of ${read} from “${run.source}” to Tesoro CRM and accept the result.${open}${without}`;
}

function signer(title: string): Markup {
  return html`<div class="signer">
    <h3>${title}</h3>
    ${['Name', 'Place and date', 'Signature'].map((label) => html`<div class="line"><span>${label}</span></div>`)}
  </div>`;
}

/** Where the customer and the engineer sign; a report that must not be signed says so instead. */
export function signature(report: ReportDocument, verdict: Verdict): Markup | null {
  if (recordsOf(report.run, 'read') === 0) return null;
  if (verdict.tone === 'bad') {
    return html`<p>
      <strong class="warning">This report is not ready to be signed.</strong> Solve what stands at
      its top, verify again and print the new report.
    </p>`;
  }
  return html`<p>${statementOf(report)}</p>
    <div class="signers">
      ${signer('For the agency')} ${signer('For the migration (engineer)')}
    </div>`;
}
