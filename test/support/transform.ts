import type { IssueCode } from '../../src/model/issue.ts';
import type { Fields, Value } from '../../src/model/record.ts';
import type { ColumnForm } from '../../src/mapping/forms/contract.ts';
import type { AccountDefaults } from '../../src/mapping/contract.ts';
import type { Transform, ValueTable } from '../../src/mapping/transform.ts';

/** The agency of the unit tests. */
export const spanishAgency: AccountDefaults = {
  country: 'ES',
  language: 'es',
  currency: 'EUR',
  timezone: 'Europe/Madrid',
};

interface Surroundings {
  /** As written in YAML: every scalar a text. */
  readonly options?: unknown;
  readonly fields?: Fields;
  readonly timezone?: string;
  readonly account?: AccountDefaults;
  /** How the column is written. */
  readonly form?: ColumnForm;
  /** Value tables by name, each from spelling to value. */
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a transform gives for one value, with the codes of its issues. */
export interface Outcome {
  readonly value: Value;
  readonly issues: readonly IssueCode[];
  readonly kept: boolean;
}

/** Applies a transform to a value as a mapping would, outside any mapping. */
export function applied(
  transform: Transform,
  value: Value,
  {
    options,
    fields = {},
    timezone,
    account = spanishAgency,
    tables = {},
    form = {},
  }: Surroundings = {},
): Outcome {
  const issues: IssueCode[] = [];
  let kept = false;
  const table = (name: string): ValueTable => ({
    name,
    find: (spelling) => tables[name]?.[spelling.toLowerCase()],
  });
  const result = transform.apply(value, transform.options.parse(options), {
    record: {
      entity: 'things',
      sourceId: '1',
      deleted: false,
      line: 1,
      file: 'things.json',
      ordinal: 0,
      fields,
      ...(timezone === undefined ? {} : { timezone }),
    },
    account,
    form: () => form,
    table,
    issue: (code) => {
      issues.push(code);
    },
    keepOriginal: () => {
      kept = true;
    },
  });
  return { value: result, issues, kept };
}
