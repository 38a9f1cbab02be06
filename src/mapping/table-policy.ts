import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { didYouMean } from './closest.ts';
import type {
  FieldPolicy,
  Lookup,
  MatchPolicy,
  MissingParent,
  SameRow,
  TablePolicy,
} from './contract.ts';
import type { Place } from './document.ts';
import { missingByDefault } from './link.ts';
import { noMatch, readMatch } from './match.ts';
import type { MatchText, PolicyText } from './schema.ts';

/** The match and policy of one kind of row, as written. */
interface WrittenPolicy {
  readonly match?: MatchText | undefined;
  readonly policy?: PolicyText | undefined;
}

interface TableSettings {
  readonly columns: Set<string>;
  match: MatchPolicy | undefined;
  readonly missing: Map<string, MissingParent>;
  readonly lookups: Map<string, Lookup[]>;
  readonly elsewhere: Map<string, readonly TableName[]>;
  readonly same: SameRow[];
  readonly fields: Map<string, FieldPolicy>;
  readonly erase: Set<string>;
  readonly overwrite: Set<string>;
  twins: boolean;
}

const policyWords = ['fill', 'never', 'erase', 'overwrite'] as const;

/**
 * Gathers what the mappings of a set say about each table. Several mappings may give rows of one table; the plan treats
 * these alike, so what they say must agree.
 */
export class TablePolicies {
  readonly #tables = new Map<TableName, TableSettings>();

  /** Notes that a table gets rows, and what is to be known of them. */
  add(table: TableName, { match, policy = {} }: WrittenPolicy, place: Place): void {
    const settings = this.#settingsOf(table);
    if (match !== undefined) {
      const read = readMatch(table, match, place.at('match'), (column, here) => {
        checkColumn(table, column, here);
      });
      if (settings.match !== undefined && shown(settings.match) !== shown(read))
        place.at('match').report(`another mapping matches ${table} on ${shown(settings.match)}`);
      settings.match = read;
    }
    const set = (word: (typeof policyWords)[number], column: string, index: number): void => {
      const here = place.at('policy', word, index);
      checkColumn(table, column, here);
      if (word === 'erase' || word === 'overwrite') settings[word].add(column);
      else if ((settings.fields.get(column) ?? word) !== word)
        here.report(`${table}.${column} is under "fill" and under "never"`);
      else settings.fields.set(column, word);
    };
    for (const word of policyWords)
      policy[word]?.forEach((column, index) => {
        set(word, column, index);
      });
  }

  /** Notes the columns that the rules of a row fill. */
  addColumns(table: TableName, columns: Iterable<string>): void {
    for (const column of columns) this.#settingsOf(table).columns.add(column);
  }

  /** Notes what becomes of a table's rows when the parent in a link column is not there. */
  addMissing(table: TableName, column: string, missing: MissingParent, place: Place): void {
    const settings = this.#settingsOf(table);
    const other = settings.missing.get(column);
    if (other !== undefined && other !== missing)
      place.at('missing').report(`another rule says "${other}" for ${table}.${column}`);
    settings.missing.set(column, missing);
    // Agents may come in that no mapping gives rows for.
    if (missing === 'placeholder') this.#settingsOf('users');
  }

  /** Notes that a rule of a link column finds rows by a value. */
  addLookup(table: TableName, column: string, lookup: Lookup): void {
    const { lookups } = this.#settingsOf(table);
    const known = lookups.get(column) ?? [];
    if (known.some((other) => other.entity === lookup.entity && other.column === lookup.column))
      return;
    lookups.set(column, [...known, lookup]);
  }

  /** Notes other tables in which the records that a link column refers to may be rows. */
  addElsewhere(table: TableName, column: string, others: readonly TableName[]): void {
    const { elsewhere } = this.#settingsOf(table);
    elsewhere.set(column, [...new Set([...(elsewhere.get(column) ?? []), ...others])]);
  }

  /** Notes that two records may stand for one row of a table. */
  addTwins(table: TableName): void {
    this.#settingsOf(table).twins = true;
  }

  /** Notes that further rows of records may be rows of other records. */
  addSame(table: TableName, same: SameRow): void {
    this.#settingsOf(table).same.push(same);
  }

  /** The policies, complete: every link column of a table has its policy for a missing parent. */
  assemble(): Readonly<Partial<Record<TableName, TablePolicy>>> {
    return Object.fromEntries(
      [...this.#tables].map(([table, settings]) => [table, assembleOne(table, settings)]),
    );
  }

  #settingsOf(table: TableName): TableSettings {
    const known = this.#tables.get(table);
    if (known !== undefined) return known;
    const settings: TableSettings = {
      columns: new Set(),
      match: undefined,
      missing: new Map(),
      lookups: new Map(),
      elsewhere: new Map(),
      same: [],
      fields: new Map(),
      erase: new Set(),
      overwrite: new Set(),
      twins: false,
    };
    this.#tables.set(table, settings);
    return settings;
  }
}

function assembleOne(table: TableName, settings: TableSettings): TablePolicy {
  const missing: Record<string, MissingParent> = {};
  for (const [name, column] of Object.entries(columnsOf(table)))
    if (column.type.kind === 'link')
      missing[name] = settings.missing.get(name) ?? missingByDefault(column);
  return {
    columns: [...settings.columns],
    match: settings.match ?? noMatch,
    same: settings.same,
    missing,
    lookups: Object.fromEntries(settings.lookups),
    elsewhere: Object.fromEntries(settings.elsewhere),
    fields: Object.fromEntries(settings.fields),
    erase: [...settings.erase],
    overwrite: [...settings.overwrite],
    twins: settings.twins,
  };
}

/** A match in words; "update" is what anybody expects. */
function shown({ any, then }: MatchPolicy): string {
  const on = any.map((columns) => columns.join(', ')).join(' or ');
  return then === 'update' ? on : `${on}, then "${then}"`;
}

function checkColumn(table: TableName, column: string, place: Place): void {
  const columns = Object.keys(columnsOf(table));
  if (!columns.includes(column))
    place.report(`${table} has no column "${column}".${didYouMean(column, columns)}`);
}
