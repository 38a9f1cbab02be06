import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import type { MatchPolicy } from './contract.ts';
import type { Place } from './document.ts';
import type { MatchText } from './schema.ts';

/** Nothing is matched. */
export const noMatch: MatchPolicy = { any: [], then: 'update' };

/** What hardly two rows share; a name, an address or a birthday is not among it. */
const telling: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  people: ['email', 'phone', 'national_id'],
  relations: ['email', 'phone', 'tax_id', 'website'],
};

/** What no two rows can be compared by here: links are keys in the source, and lists and groups have no one value. */
const incomparable: readonly string[] = ['link', 'json', 'texts'];

/** What a mapping says of matching, complete; `check` reports a column that the table has not. */
export function readMatch(
  table: TableName,
  written: MatchText,
  place: Place,
  check: (column: string, place: Place) => void,
): MatchPolicy {
  const { any, then } = alternativesOf(written, place);
  const known = telling[table];
  for (const { columns, at, isList } of any) {
    columns.forEach((column, index) => {
      const here = isList ? at.at(index) : at;
      check(column, here);
      if (incomparable.includes(columnsOf(table)[column]?.type.kind ?? ''))
        here.report(`rows cannot be matched on ${column}, which holds no single value`);
    });
    const areThere = columns.every((column) => Object.hasOwn(columnsOf(table), column));
    if (areThere && known !== undefined && !columns.some((column) => known.includes(column)))
      at.report(
        `${table} are matched on ${orList(known)}, alone or with more; a name alone is no match`,
      );
  }
  return { any: any.map(({ columns }) => columns), then };
}

interface Alternative {
  readonly columns: readonly string[];
  /** Whether it is written as a list, and not as the one column. */
  readonly isList: boolean;
  readonly at: Place;
}

function alternativesOf(
  written: MatchText,
  place: Place,
): { readonly any: readonly Alternative[]; readonly then: MatchPolicy['then'] } {
  if (!Array.isArray(written)) {
    const { any, then = 'update' } = written;
    return { any: any.map((one, index) => alternative(one, place.at('any', index))), then };
  }
  if (written.length === 0) return { any: [], then: 'update' };
  if (isColumns(written)) return { any: [alternative(written, place)], then: 'update' };
  return {
    any: written.map((one, index) => alternative(one, place.at(index))),
    then: 'update',
  };
}

function isColumns(written: readonly (string | readonly string[])[]): written is readonly string[] {
  return written.every((one) => typeof one === 'string');
}

function alternative(one: string | readonly string[], at: Place): Alternative {
  return typeof one === 'string'
    ? { columns: [one], isList: false, at }
    : { columns: one, isList: true, at };
}

const orList = (words: readonly string[]): string =>
  `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
