/** A value that shows how a column is written, and its line. */
export interface Proof {
  readonly value: string;
  readonly line: number | undefined;
}

/** What a column as a whole says about how it is written. */
export type ColumnFinding<Form extends string> =
  /** It holds nothing that is written in one of several ways. */
  | { readonly verdict: 'silent' }
  /** All its values have one reading, whatever the form. */
  | { readonly verdict: 'consistent'; readonly form: Form }
  /** A value of it can be read in one form only, and all others in that form too. */
  | { readonly verdict: 'proven'; readonly form: Form; readonly proof: Proof | undefined }
  /** Every value can be read in each of these forms. */
  | {
      readonly verdict: 'ambiguous';
      readonly forms: readonly Form[];
      readonly example: Proof | undefined;
    }
  /** Some values can be read in one form only, others in another only. */
  | {
      readonly verdict: 'contradictory';
      readonly sides: readonly {
        readonly form: string;
        readonly count: number;
        readonly proof: Proof;
      }[];
    };
