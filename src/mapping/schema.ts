// The files of the mapping language, as they are written (docs/mappings.md). YAML is read with every scalar as
// text, so truth values are the texts `true` and `false`.
import * as z from 'zod';
import { issueCodes } from '../model/issue-codes.ts';
import type { IssueCode } from '../model/issue.ts';
import type { Value } from '../model/record.ts';

const text = z.string();
const name = z.string().min(1);
const names = z.array(name);
const truth = z.enum(['true', 'false']).transform((word) => word === 'true');

/** Fields and what they must hold: one of some texts, anything (`filled`), or nothing (`empty`). */
const conditions = z.record(
  name,
  z.union([z.array(text).min(1), z.enum(['filled', 'empty'])], {
    error: 'expected a list of texts, "filled" or "empty"',
  }),
);

/** A transform by its name, or its name with its options. */
const step = z.union([name, z.record(name, z.unknown())], {
  error: 'expected the name of a transform, or one name with its options',
});

const conditional = { when: conditions.optional(), unless: conditions.optional() };
const steps = z.array(step).optional();

/** What any rule may say, as it is written; `ruleOf` makes one of the kinds of it. */
const writtenRule = {
  ...conditional,
  from: name.optional(),
  value: text.optional(),
  combine: names.min(1).optional(),
  link: name.optional(),
  entity: name.optional(),
  part: name.optional(),
  self: truth.optional(),
  by: name.optional(),
  missing: z.enum(['park', 'reject', 'null', 'placeholder']).optional(),
  do: steps,
  required: truth.optional(),
  expected: truth.optional(),
  keepOriginal: truth.optional(),
};

/** Which words may stand beside the one that says what a rule does. */
const companions = {
  from: ['do'],
  value: [],
  combine: ['do'],
  link: ['from', 'entity', 'part', 'self', 'by', 'missing', 'do'],
} as const satisfies Record<string, readonly string[]>;

type Kind = keyof typeof companions;
const kinds: readonly Kind[] = ['link', 'value', 'combine', 'from'];
const anywhere: readonly string[] = ['when', 'unless', 'required', 'expected', 'keepOriginal'];

/** The kind of a rule as written; a sentence where it has none, several, or words that do not go with it. */
function kindOf(written: Readonly<Record<string, unknown>>): Kind | { readonly wrong: string } {
  const said = Object.keys(written).filter((word) => written[word] !== undefined);
  const kind = kinds.find((word) => said.includes(word));
  if (kind === undefined) return { wrong: 'a rule has one of from, value, link, combine or each' };
  const allowed: readonly string[] = [kind, ...companions[kind], ...anywhere];
  const foreign = said.find((word) => !allowed.includes(word));
  return foreign === undefined ? kind : { wrong: `"${foreign}" does not go with "${kind}"` };
}

const writtenRuleSchema = z.strictObject(writtenRule);
const ruleSchema = writtenRuleSchema.superRefine((written, context) => {
  const kind = kindOf(written);
  if (typeof kind === 'object') context.addIssue(kind.wrong);
});

/** How one column gets its value. Exactly one of from, value, link and combine is set; `from` may go with link. */
export type Rule = z.infer<typeof ruleSchema>;

const columnSchema = z.union([ruleSchema, z.array(ruleSchema).min(1)]);

const eachSchema = z.strictObject({
  ...conditional,
  each: name,
  do: steps,
  to: name,
  key: name.optional(),
  fields: z.record(name, columnSchema),
});

/** A list of whose items further rows are made. */
export type EachText = z.infer<typeof eachSchema>;

const policySchema = z.strictObject({
  fill: names.optional(),
  never: names.optional(),
  erase: names.optional(),
  overwrite: names.optional(),
});

/** A rule that the source keeps across its records, in columns of the CRM (docs/mappings.md). */
const recordRuleSchema = z
  .strictObject({
    ...conditional,
    says: name,
    row: name.optional(),
    rows: name.optional(),
    through: name.optional(),
    entity: name.optional(),
    most: z
      .string()
      .regex(/^[1-9]\d{0,8}$/, 'expected a whole number from 1')
      .transform(Number)
      .optional(),
    has: z
      .union([conditions, z.array(conditions).min(1)], {
        error: 'expected columns and what they hold, or a list of such groups',
      })
      .optional(),
  })
  .superRefine(({ row, rows, through, entity, most, has }, context) => {
    if (row !== undefined && rows !== undefined) context.addIssue('"row" does not go with "rows"');
    const elsewhere = row ?? rows;
    if (elsewhere !== undefined && through === undefined)
      context.addIssue(
        `"${row === undefined ? 'rows' : 'row'}" needs "through", the column that links`,
      );
    if (elsewhere === undefined && through !== undefined)
      context.addIssue('"through" goes with "row" or "rows"');
    if (elsewhere === undefined && has === undefined)
      context.addIssue('a rule has one of row, rows or has');
    if (entity !== undefined && row === undefined) context.addIssue('"entity" goes with "row"');
    if (most !== undefined && rows === undefined) context.addIssue('"most" goes with "rows"');
  });

export type RecordRuleText = z.infer<typeof recordRuleSchema>;

/** What is to become of a record that a row of the CRM matches. */
const matchThen = z.enum(['update', 'link', 'skip', 'create']);

/** Columns that must all be equal; alternatives of them; or alternatives and what then. */
const matchSchema = z.union(
  [
    names,
    z.array(names.min(1)).min(1),
    z.strictObject({
      any: z.array(z.union([name, names.min(1)])).min(1),
      then: matchThen.optional(),
    }),
  ],
  { error: 'expected columns, a list of alternatives, or "any" with "then"' },
);

const row = {
  ...conditional,
  to: name,
  match: matchSchema.optional(),
  policy: policySchema.optional(),
};

/** The other record that a further row may be the row of. */
const sameSchema = z.strictObject({ entity: name, by: names.min(1) });

export type SameText = z.infer<typeof sameSchema>;

/** A mapping file. */
export const mappingSchema = z.strictObject({
  mapping: z.literal('1'),
  adapter: name,
  from: name,
  ...row,
  requirements: z.enum(['strict', 'lenient']).optional(),
  twin: z.strictObject({ from: name, entity: name }).optional(),
  fields: z.record(name, z.union([eachSchema, columnSchema])),
  also: z
    .array(
      z.strictObject({
        ...row,
        part: name.optional(),
        same: sameSchema.optional(),
        fields: z.record(name, columnSchema),
      }),
    )
    .optional(),
  rules: z.array(recordRuleSchema).optional(),
  ignore: names.optional(),
});

export type MappingText = z.infer<typeof mappingSchema>;
export type AlsoText = NonNullable<MappingText['also']>[number];
export type ConditionsText = z.infer<typeof conditions>;
export type StepText = z.infer<typeof step>;
export type MatchText = z.infer<typeof matchSchema>;
export type PolicyText = z.infer<typeof policySchema>;

/**
 * A value table: the CRM's values, each with the spellings that mean it. A value is a spelling of itself.
 * Spellings under the empty text mean that there is no value.
 */
export const tableSchema = z.strictObject({
  table: name,
  about: text.optional(),
  values: z.record(text, z.array(text)),
});

export type TableText = z.infer<typeof tableSchema>;

/** A value in a cases file, where a plain `null` is an absence. */
const value: z.ZodType<Value> = z.lazy(() =>
  z.union([text, z.null(), z.array(value), z.record(text, value)]),
);

const isIssueCode = (code: string): code is IssueCode => Object.hasOwn(issueCodes, code);

/** A cases file: examples of records, and the rows and issues that they give. */
export const casesSchema = z.array(
  z.strictObject({
    name,
    /** The source id; else what the record has in its id field. */
    id: name.optional(),
    record: z.record(name, value),
    deleted: truth.optional(),
    timezone: name.optional(),
    /** Expected rows by table, in order; only the columns that are named are compared. */
    rows: z.record(name, z.array(z.record(name, value))).optional(),
    /** What the mapping decides about the record by itself; without it the record comes in. */
    fate: z.enum(['rejected', 'excluded']).optional(),
    issues: z.array(z.string().refine(isIssueCode, 'is not an issue code')).optional(),
  }),
);

export type Case = z.infer<typeof casesSchema>[number];

/** Every word of the language, to guess what a misspelt one stands for. */
export const mappingWords: readonly string[] = [
  ...Object.keys(mappingSchema.shape),
  ...Object.keys(writtenRule),
  ...Object.values(companions).flat(),
  ...Object.keys(policySchema.shape),
  'any',
  'then',
  ...Object.keys(recordRuleSchema.shape),
  'same',
  ...Object.keys(tableSchema.shape),
  ...Object.keys(eachSchema.shape),
];
