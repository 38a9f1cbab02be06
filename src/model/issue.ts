import { issueCodes } from './issue-codes.ts';

/** `error` rejects the record it is about, `warning` leaves a field absent or doubtful, `info` explains. */
export type Severity = 'error' | 'warning' | 'info';

export type IssueCode = keyof typeof issueCodes;

/**
 * A finding about the customer's data, as a value. The sentence a person reads is made from it in
 * `report/` alone; `args` fill the sentence.
 */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly entity?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Path of the source field, dots between levels. */
  readonly field?: string | undefined;
  readonly value?: string | undefined;
  readonly args?: Readonly<Record<string, string>> | undefined;
}

/** Where and about whom an issue is, apart from what it says. */
export type IssueDetails = Omit<Issue, 'code' | 'severity'> & { severity?: Severity };

/** An issue with the severity its code has by default. */
export function issue(code: IssueCode, details: IssueDetails = {}): Issue {
  const { severity, ...rest } = details;
  return { code, severity: severity ?? issueCodes[code].severity, ...rest };
}
