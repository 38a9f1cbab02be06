import { loadTables } from '../../mapping/load.ts';
import type { MappingFile } from '../../mapping/document.ts';
import type { ImportField } from '../../mapping/headers/fields.ts';
import type { OwnMeanings } from '../../mapping/headers/own-rules.ts';
import {
  ownTable,
  tableName,
  valuesOfTable,
  type Meanings,
} from '../../mapping/headers/own-table.ts';
import { foldSpelling } from '../../mapping/table.ts';
import type { ValueTable } from '../../mapping/transform.ts';
import type { Queryable } from '../../database/contract.ts';
import { valueTableFiles } from '../mappings.ts';
import type { ValuesDocument } from './contract.ts';
import type { ChosenColumn } from './chosen.ts';
import type { DistinctTexts } from './distinct.ts';
import type { Choices } from './edits.ts';
import type { Study } from './study.ts';

type Said = Choices['values'];

/** Fields whose list is not among what they look like. */
const furtherTables: Readonly<Record<string, string>> = { 'lead.type': 'lead-types' };

/** Fields whose cells hold several values of the list. */
const severalOf: ReadonlySet<string> = new Set(['property_details.type', 'contact.role']);

const mostListed = 300;

/** What the values of a field are matched with: a list of the CRM, its users, or nothing. */
export function listOf(field: ImportField): { readonly table: string | undefined } | undefined {
  if (field.name === 'owner_email') return { table: undefined };
  const table = furtherTables[field.name] ?? field.table;
  return table === undefined ? undefined : { table };
}

/** The value tables by name. */
export async function valueTables(): Promise<ReadonlyMap<string, MappingFile>> {
  const files = await valueTableFiles();
  return new Map(
    files.flatMap((file): [string, MappingFile][] => {
      const name = tableName(file);
      return name === undefined ? [] : [[name, file]];
    }),
  );
}

/** What a person has said about the values of each column, before it what the profile says. */
function saidOf(column: string, person: Said, profile: Said): Meanings {
  const of = (said: Said): Meanings => (Object.hasOwn(said, column) ? (said[column] ?? {}) : {});
  const own = of(person);
  const spoken = new Set(Object.keys(own).map(foldSpelling));
  const saved = Object.entries(of(profile)).filter(([value]) => !spoken.has(foldSpelling(value)));
  return { ...Object.fromEntries(saved), ...own };
}

/** Value tables of their own for the columns of whose values somebody has spoken. */
export function ownTables(
  columns: readonly ChosenColumn[],
  { person, profile }: { readonly person: Said; readonly profile: Said },
  known: ReadonlyMap<string, MappingFile>,
): { readonly files: readonly MappingFile[]; readonly tables: ReadonlyMap<string, OwnMeanings> } {
  const files: MappingFile[] = [];
  const tables = new Map<string, OwnMeanings>();
  for (const { proposal, field } of columns) {
    const list = field === undefined ? undefined : listOf(field);
    const meanings = saidOf(proposal.column, person, profile);
    if (list === undefined || Object.keys(meanings).length === 0) continue;
    const table = `${list.table ?? 'users'} of ${proposal.column}`;
    const base = list.table === undefined ? undefined : known.get(list.table);
    files.push(ownTable(base, table, meanings));
    tables.set(proposal.column, { table, spellings: Object.keys(meanings) });
  }
  return { files, tables };
}

/** The columns with a list, and what each of their values becomes. */
export async function valuesDocument(
  database: Queryable,
  accountId: string,
  from: {
    readonly version: number;
    readonly study: Study;
    readonly columns: readonly ChosenColumn[];
    readonly person: Said;
    readonly profile: Said;
  },
): Promise<ValuesDocument> {
  const { version, study, columns, person, profile } = from;
  const files = await valueTables();
  const compiled = loadTables([...files.values()]);
  const users = await usersOf(database, accountId);
  const columnsWithList = columns.flatMap(({ proposal, field }) => {
    const list = field === undefined ? undefined : listOf(field);
    if (field === undefined || list === undefined) return [];
    const { table } = list;
    const file = table === undefined ? undefined : files.get(table);
    const known = table === undefined ? userTable(users) : compiled.get(table);
    const options =
      table === undefined
        ? users.map(({ email, name }) => ({ value: email, label: name }))
        : file === undefined
          ? []
          : valuesOfTable(file).map((value) => ({ value, label: labelOf(value) }));
    const several = severalOf.has(field.name);
    const counted = several
      ? separately(study.distinct(proposal.column))
      : study.distinct(proposal.column);
    const values = meaningsOf(counted, known, {
      person: Object.hasOwn(person, proposal.column) ? (person[proposal.column] ?? {}) : {},
      profile: Object.hasOwn(profile, proposal.column) ? (profile[proposal.column] ?? {}) : {},
    });
    return [
      {
        column: proposal.column,
        field: field.name,
        title: field.title,
        kind: table === undefined ? ('user' as const) : ('list' as const),
        options,
        several,
        values: values.slice(0, mostListed),
        more: Math.max(0, values.length - mostListed) + counted.more,
        unmatched: values.filter(({ to }) => to === null).length,
      },
    ];
  });
  return { version, columns: columnsWithList };
}

type ListedValue = ValuesDocument['columns'][number]['values'][number];

function meaningsOf(
  { texts }: DistinctTexts,
  table: Pick<ValueTable, 'find'> | undefined,
  said: { readonly person: Meanings; readonly profile: Meanings },
): readonly ListedValue[] {
  const [person, profile] = [folded(said.person), folded(said.profile)];
  return [...texts]
    .map(([value, count]): ListedValue => {
      const found = table?.find(value);
      const proposed = found === undefined || found === '' ? null : found;
      const key = foldSpelling(value);
      const own = person.get(key);
      const saved = profile.get(key);
      return own !== undefined
        ? { value, count, proposed, to: own, by: 'person' }
        : saved !== undefined
          ? { value, count, proposed, to: saved, by: 'profile' }
          : { value, count, proposed, to: proposed, by: 'proposal' };
    })
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

const folded = (meanings: Meanings): ReadonlyMap<string, string | null> =>
  new Map(Object.entries(meanings).map(([value, to]) => [foldSpelling(value), to]));

/** The values in cells that hold several. */
function separately({ texts, more }: DistinctTexts): DistinctTexts {
  const items = new Map<string, number>();
  for (const [text, count] of texts) {
    for (const item of text.split(',').map((part) => part.trim())) {
      if (item !== '') items.set(item, (items.get(item) ?? 0) + count);
    }
  }
  return { texts: items, more };
}

const labelOf = (value: string): string => {
  const words = value.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

interface KnownUser {
  readonly email: string;
  readonly name: string;
}

/** The users of an account that records can be given to. */
async function usersOf(database: Queryable, accountId: string): Promise<readonly KnownUser[]> {
  const { rows } = await database.query(
    `SELECT email, trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) AS name FROM crm.users
      WHERE account_id = $1 AND email IS NOT NULL AND NOT is_deleted ORDER BY 2, 1 LIMIT 2000`,
    [accountId],
  );
  return rows.map(({ email, name }) => ({
    email: String(email),
    name: String(name) === '' ? String(email) : String(name),
  }));
}

/** Users are known by their e-mail, and where one alone has it by their name. */
function userTable(users: readonly KnownUser[]): Pick<ValueTable, 'find'> {
  const byEmail = new Map(users.map(({ email }) => [email.toLowerCase(), email]));
  return { find: (text) => byEmail.get(text.trim().toLowerCase()) };
}
