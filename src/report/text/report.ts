import type { ReportDocument } from '../../run/documents.ts';
import type { TextOptions } from './layout.ts';
import { renderRunText } from './run.ts';
import { renderVerifyText } from './verify.ts';

/** The text report: the run, then its verification. */
export function renderReportText(
  { run, verification }: ReportDocument,
  options: TextOptions,
): string {
  if (verification === null) return renderRunText(run, options);
  return `${renderRunText(run, options, verification)}\n${renderVerifyText(verification, options)}`;
}
