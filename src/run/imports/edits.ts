import * as z from 'zod';
import type { Correction } from '../corrections.ts';

const name = z.string().min(1).max(500);
const text = z.string().max(100_000);

/** One step of a person in an import. */
export const editSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('column'),
    column: name,
    field: name.nullable(),
    refuse: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('value'), column: name, value: text, to: name.nullable() }),
  z.object({
    kind: z.literal('form'),
    column: name,
    form: z.enum(['dmy', 'mdy', 'comma', 'point']),
  }),
  z.object({
    kind: z.literal('cell'),
    row: z.number().int().nonnegative(),
    column: name,
    to: text,
  }),
  z.object({ kind: z.literal('equal'), column: name, from: text, to: text }),
]);
export type Edit = z.infer<typeof editSchema>;

/** A step as it is kept; one that was taken back stays in the list. */
export interface MadeEdit {
  readonly no: number;
  readonly edit: Edit;
  readonly by: string;
  readonly at: string;
  readonly undoneAt: string | null;
}

export interface EditListDocument {
  readonly version: number;
  readonly edits: MadeEdit[];
}

/** What a column becomes. */
export interface ColumnChoice {
  readonly field: string | null;
  readonly refuse: boolean;
}

export const choicesSchema = z.object({
  columns: z.record(z.string(), z.object({ field: z.string().nullable(), refuse: z.boolean() })),
  /** By column and folded spelling: what a value means; null: nothing. */
  values: z.record(z.string(), z.record(z.string(), z.string().nullable())),
  forms: z.record(z.string(), z.enum(['dmy', 'mdy', 'comma', 'point'])),
});

/** All that a person has decided; corrections in the order in which they were made. */
export interface Choices extends z.infer<typeof choicesSchema> {
  readonly corrections: readonly Correction[];
}

/**
 * What the steps that stand come to. A step says what is to be, not what changes, so that any of them can be taken back
 * whatever came after it.
 */
export function choicesOf(edits: readonly Pick<MadeEdit, 'edit' | 'undoneAt'>[]): Choices {
  const columns: Record<string, ColumnChoice> = {};
  const values: Record<string, Record<string, string | null>> = {};
  const forms: Choices['forms'] = {};
  const corrections: Correction[] = [];
  for (const { edit, undoneAt } of edits) {
    if (undoneAt !== null) continue;
    switch (edit.kind) {
      case 'column':
        // A field that two columns ask for goes to who asked last.
        Reflect.deleteProperty(columns, edit.column);
        columns[edit.column] = { field: edit.field, refuse: edit.refuse ?? false };
        break;
      case 'value':
        values[edit.column] = { ...values[edit.column], [edit.value]: edit.to };
        break;
      case 'form':
        forms[edit.column] = edit.form;
        break;
      case 'cell':
        corrections.push({ row: edit.row, column: edit.column, to: edit.to });
        break;
      case 'equal':
        corrections.push({ column: edit.column, from: edit.from, to: edit.to });
        break;
    }
  }
  return { columns, values, forms, corrections };
}
