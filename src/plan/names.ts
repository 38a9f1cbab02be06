import type { TableName } from '../crm/column.ts';
import { foldedSql } from '../crm/folding.ts';
import { sharedMailboxes } from '../crm/shared-mailboxes.ts';
import { quoteName, quoteText } from '../database/sql.ts';

/** The tables whose rows have names that tell whether a shared e-mail or number is one person's. */
export const namedTables = ['people', 'relations'] as const satisfies readonly TableName[];
export type NamedTable = (typeof namedTables)[number];

/** Whether rows of a table have such names. */
export const isNamed = (table: TableName): table is NamedTable =>
  (namedTables as readonly TableName[]).includes(table);

/** The names of a row, folded, as a lateral query for `first` and `last`; empty where it has none. A company has one name. */
export function namesOf(table: NamedTable, alias: string): string {
  const folded = (column: string) =>
    `coalesce(${foldedSql(`replace(${alias}.${quoteName(column)}, '.', ' ')`)}, '')`;
  return table === 'people'
    ? `(SELECT ${folded('first_name')} AS first, ${folded('last_name')} AS last)`
    : `(SELECT '' AS first, ${folded('name')} AS last)`;
}

/** How the names of two rows stand to each other, as conditions over their aliases. */
export interface NamePair {
  /** Both have a first name. */
  readonly bothFirst: string;
  /** Their first names may be one: one is the other's beginning, or all its words are among the other's. */
  readonly firstAlike: string;
  /** Both have a part of the name, and it cannot be one. */
  readonly contradict: string;
  /** Some part of the name is on both sides, and nothing contradicts. */
  readonly agree: string;
}

/** Compares the names of two rows; `a` and `b` name what `namesOf` gives. */
export function namePair(a: string, b: string): NamePair {
  const both = (part: string) => `(${a}.${part} <> '' AND ${b}.${part} <> '')`;
  const words = (name: string) => `string_to_array(${name}, ' ')`;
  const alike = (part: string) => {
    const [one, other] = [`${a}.${part}`, `${b}.${part}`];
    return (
      `(starts_with(${one}, ${other}) OR starts_with(${other}, ${one})` +
      ` OR ${words(one)} <@ ${words(other)} OR ${words(other)} <@ ${words(one)})`
    );
  };
  const contradict =
    `((${both('first')} AND NOT ${alike('first')}) OR` +
    ` (${both('last')} AND NOT ${alike('last')}))`;
  return {
    bothFirst: both('first'),
    firstAlike: alike('first'),
    contradict,
    agree: `((${both('first')} OR ${both('last')}) AND NOT ${contradict})`,
  };
}

/** Whether an e-mail address is an office's mailbox (`info2@…`), as SQL. */
export function isOffice(address: string): string {
  const mailbox = `regexp_replace(split_part(${address}, '@', 1), '[0-9]', '', 'g')`;
  return `${mailbox} = ANY (ARRAY[${sharedMailboxes.map(quoteText).join(', ')}])`;
}
