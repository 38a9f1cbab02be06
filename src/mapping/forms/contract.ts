import type { DateOrder } from '../date-reading.ts';

/** The sign before the decimals. */
export type DecimalMark = 'point' | 'comma';

/** How a column writes its dates and numbers. `undecided`: its values can be read in two ways, and nothing decides. */
export interface ColumnForm {
  readonly dates?: DateOrder | 'undecided' | undefined;
  readonly decimal?: DecimalMark | 'undecided' | undefined;
}

/** What was said about a run's dates and numbers beforehand. */
export interface GivenForms {
  readonly dates?: 'dmy' | 'mdy' | undefined;
  readonly decimal?: DecimalMark | undefined;
}

/** How the columns of a source are written: as it was said, else as it was found out, by file and field. */
export interface SourceForms {
  readonly given: GivenForms;
  readonly files: Readonly<Record<string, Readonly<Record<string, ColumnForm>>>>;
}

/** Which form of a field a mapping leaves to the column. */
export interface WantedForm {
  readonly entity: string;
  readonly field: string;
  readonly kind: 'dates' | 'numbers';
}
