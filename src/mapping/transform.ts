import type * as z from 'zod';
import type { IssueCode, Severity } from '../model/issue.ts';
import type { SourceRecord, Value } from '../model/record.ts';
import type { AccountDefaults } from './contract.ts';
import type { ColumnForm, WantedForm } from './forms/contract.ts';
import type { Path } from './path.ts';

/** A value table: gives the CRM's value for a spelling, matched without case, accents, spaces, `-` and `_`. */
export interface ValueTable {
  readonly name: string;
  find(spelling: string): string | undefined;
}

/** What a transform may know beside its value. */
export interface TransformContext {
  readonly record: SourceRecord;
  readonly account: AccountDefaults;
  /** How the column at work writes its dates and numbers, as far as it is known. */
  form(): ColumnForm;
  table(name: string): ValueTable;
  /** Reports a finding about the field being mapped; field and record are filled in. `value` defaults to the input. */
  issue(
    code: IssueCode,
    details?: { value?: string; args?: Record<string, string>; severity?: Severity },
  ): void;
  /** Keeps the source's value of the field in `custom_fields`, for a transform that loses something. */
  keepOriginal(): void;
}

/**
 * A named pure function over values, used in mappings. It never throws on data: what it cannot read becomes
 * null and an issue. Its options come from YAML, so every scalar in them is text.
 */
export interface Transform<Options = unknown> {
  readonly name: string;
  /** One sentence for the mapping reference. */
  readonly about: string;
  /** `z.undefined()` for a transform without options. */
  readonly options: z.ZodType<Options>;
  /** Value tables that the options name; the loader checks that they exist. */
  tables?(options: Options): readonly string[];
  /** Whether it has something to say where there is no value; the others give null for null and are not asked. */
  readonly readsNothing?: boolean;
  /** What it reads in the form of the column, where the options do not say how it is written. */
  leavesForm?(options: Options): WantedForm['kind'] | undefined;
  /** Fields of the record that are read beside the value; they are checked and count as used. */
  paths?(options: Options): readonly Path[];
  apply(value: Value, options: Options, context: TransformContext): Value;
}

/** Declares a transform; gives `Options` its type from the schema. */
export function defineTransform<Options>(transform: Transform<Options>): Transform<Options> {
  return transform;
}

/**
 * The `apply` of a transform that reads one text: it gets the text trimmed and never blank. No text gives
 * null, a list or a group VALUE_NOT_EXPECTED_SHAPE and null.
 */
export function onText<Options>(
  read: (text: string, options: Options, context: TransformContext) => Value,
): Transform<Options>['apply'] {
  return (value, options, context) => {
    if (value === null) return null;
    if (typeof value !== 'string') {
      context.issue('VALUE_NOT_EXPECTED_SHAPE');
      return null;
    }
    const text = value.trim();
    return text === '' ? null : read(text, options, context);
  };
}
