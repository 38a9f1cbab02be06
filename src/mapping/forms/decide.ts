import { type Issue, issue } from '../../model/issue.ts';
import type { IssueCode } from '../../model/issue.ts';
import type { DateOrder } from '../date-reading.ts';
import type { ColumnForm, DecimalMark, GivenForms, SourceForms, WantedForm } from './contract.ts';
import type { ColumnFinding, Proof } from './finding.ts';
import type { SurveyedColumn } from './survey.ts';

/** How the columns of a source are written, and what there is to say about it, once a column. */
export interface DecidedForms {
  readonly forms: SourceForms;
  readonly issues: readonly Issue[];
}

/** What columns of one sort have in common: dates, or numbers. */
interface Sort<Form extends string> {
  readonly finding: (column: SurveyedColumn) => ColumnFinding<Form>;
  readonly ambiguous: IssueCode;
  readonly contradictory: IssueCode;
  readonly borrowed: IssueCode;
}

const dates: Sort<DateOrder> = {
  finding: (column) => column.dates.finding(),
  ambiguous: 'COLUMN_DATES_AMBIGUOUS',
  contradictory: 'COLUMN_DATES_CONTRADICT',
  borrowed: 'COLUMN_DATES_BORROWED',
};

const numbers: Sort<DecimalMark> = {
  finding: (column) => column.numbers.finding(),
  ambiguous: 'COLUMN_NUMBERS_AMBIGUOUS',
  contradictory: 'COLUMN_NUMBERS_CONTRADICT',
  borrowed: 'COLUMN_NUMBERS_BORROWED',
};

/**
 * Decides how the columns are written that a mapping leaves to themselves: what was given comes first, then what the
 * column proves, then what all other columns of the same file prove, which is said. What stays open stays undecided.
 */
export function decideForms(
  columns: readonly SurveyedColumn[],
  wanted: readonly WantedForm[],
  given: GivenForms,
): DecidedForms {
  const isWanted = wantedBy(wanted);
  const files: Record<string, Record<string, ColumnForm>> = {};
  const issues: Issue[] = [];
  for (const column of columns) {
    const neighbours = columns.filter((other) => other.file === column.file && other !== column);
    const form: { dates?: ColumnForm['dates']; decimal?: ColumnForm['decimal'] } = {};
    if (isWanted(column, 'dates')) {
      const those = neighbours.filter((other) => isWanted(other, 'dates'));
      if (given.dates === undefined) form.dates = decide(dates, column, those, issues);
      noteShortYears(column, form.dates ?? given.dates, issues);
    }
    if (isWanted(column, 'numbers') && given.decimal === undefined) {
      const those = neighbours.filter((other) => isWanted(other, 'numbers'));
      form.decimal = decide(numbers, column, those, issues);
    }
    if (form.dates === undefined && form.decimal === undefined) continue;
    files[column.file] = { ...files[column.file], [column.field]: form };
  }
  return { forms: { given, files }, issues };
}

/** Which columns a mapping reads in which way; a path through a list and one to its items are the same. */
function wantedBy(
  wanted: readonly WantedForm[],
): (column: SurveyedColumn, kind: WantedForm['kind']) => boolean {
  const keyOf = (entity: string, field: string, kind: string): string =>
    JSON.stringify([entity, field.replaceAll('[]', ''), kind]);
  const keys = new Set(wanted.map(({ entity, field, kind }) => keyOf(entity, field, kind)));
  return ({ entity, field }, kind) => keys.has(keyOf(entity, field, kind));
}

function decide<Form extends string>(
  sort: Sort<Form>,
  column: SurveyedColumn,
  neighbours: readonly SurveyedColumn[],
  issues: Issue[],
): Form | 'undecided' | undefined {
  const finding = sort.finding(column);
  const report = (
    code: IssueCode,
    about: Proof | undefined,
    args: Record<string, string>,
  ): void => {
    const { file, entity, field } = column;
    issues.push(issue(code, { file, entity, field, line: about?.line, value: about?.value, args }));
  };
  switch (finding.verdict) {
    case 'silent':
      return undefined;
    case 'consistent':
    case 'proven':
      return finding.form;
    case 'contradictory': {
      const [one, other] = finding.sides;
      report(sort.contradictory, one?.proof, {
        rows: String(one?.count ?? 0),
        other: other?.proof.value ?? '',
        otherLine: String(other?.proof.line ?? ''),
        otherRows: String(other?.count ?? 0),
      });
      return 'undecided';
    }
    case 'ambiguous': {
      const lender = lenderOf(sort, neighbours);
      if (lender !== undefined && finding.forms.includes(lender.form)) {
        report(sort.borrowed, finding.example, {
          form: lender.form,
          column: lender.field,
          proof: lender.proof?.value ?? '',
          proofLine: String(lender.proof?.line ?? ''),
        });
        return lender.form;
      }
      report(sort.ambiguous, finding.example, { forms: finding.forms.join(', ') });
      return 'undecided';
    }
  }
}

interface Lender<Form> {
  readonly form: Form;
  readonly field: string;
  readonly proof: Proof | undefined;
}

/** The column that proves a form, where all those of the file that prove one prove the same, and none contradicts. */
function lenderOf<Form extends string>(
  sort: Sort<Form>,
  neighbours: readonly SurveyedColumn[],
): Lender<Form> | undefined {
  let lender: Lender<Form> | undefined;
  for (const column of neighbours) {
    const finding = sort.finding(column);
    if (finding.verdict === 'contradictory') return undefined;
    if (finding.verdict !== 'proven') continue;
    if (lender !== undefined && lender.form !== finding.form) return undefined;
    lender ??= { form: finding.form, field: column.field, proof: finding.proof };
  }
  return lender;
}

/** The columns that a mapping would most likely read as dates or numbers: most of their cells are. */
export function likelyForms(columns: readonly SurveyedColumn[]): readonly WantedForm[] {
  return columns.flatMap(({ entity, field, dates: days, numbers: amounts }): WantedForm[] => {
    if (days.share >= most) return [{ entity, field, kind: 'dates' }];
    return amounts.share >= most ? [{ entity, field, kind: 'numbers' }] : [];
  });
}

const most = 0.6;

/** Years of two digits are read where the order is known; of which century they are, is a rule that is told. */
function noteShortYears(
  { file, entity, field, dates: tally }: SurveyedColumn,
  form: ColumnForm['dates'],
  issues: Issue[],
): void {
  const { shortYear } = tally;
  if (shortYear === undefined || form === undefined || form === 'undecided') return;
  const { value, line } = shortYear;
  issues.push(issue('COLUMN_SHORT_YEARS', { file, entity, field, line, value }));
}

/** What spreadsheets have done to a column, in sentences; `isPostcode` says of a field that it holds postcodes. */
export function damageIssues(
  columns: readonly SurveyedColumn[],
  isPostcode: (column: SurveyedColumn) => boolean,
): readonly Issue[] {
  return columns.flatMap((column) => {
    const { file, entity, field, dates: tally, damage } = column;
    const about = { file, entity, field };
    const found = damage.counts(isPostcode(column)).map(({ damage: code, count, first }) =>
      issue(code === 'LEADING_ZERO_LOST' ? 'COLUMN_ZEROS_LOST' : code, {
        ...about,
        line: first.line,
        value: first.value,
        args: { rows: String(count) },
      }),
    );
    const serials = tally.serials;
    // Numbers among dates; a column of numbers alone is one of numbers.
    if (serials === undefined || tally.share < leastDates) return found;
    const { count, first } = serials;
    const args = { rows: String(count) };
    return [
      ...found,
      issue('DATE_AS_NUMBER', { ...about, line: first.line, value: first.value, args }),
    ];
  });
}

/** From this share of dates on, a column is one of dates. */
const leastDates = 0.2;
