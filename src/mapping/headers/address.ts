import type { Candidate, ColumnCandidates } from './candidates.ts';
import type { Qualifier } from './vocabulary.ts';

/** Words that tell one address of a record from another. */
const tellApart: ReadonlySet<Qualifier> = new Set([
  'main',
  'second',
  'home',
  'work',
  'mailing',
  'billing',
  'other',
]);

/** Of addresses that are equally full, the one that stands earlier here. */
const preferred = ['', 'main', 'home', 'mailing', 'work', '1', 'billing', 'second', 'other'];

const isAddress = ({ field }: Candidate): boolean => field.name.startsWith('address.');

/** What an address column calls its address: `Home City` home, `Address 2 - City` 2, `City` nothing. */
function groupOf({ reading }: Candidate): string {
  const words = [...(reading?.qualifiers ?? [])].filter((one) => tellApart.has(one)).sort();
  return [...words, ...(reading?.ordinal === undefined ? [] : [String(reading.ordinal)])].join(' ');
}

/**
 * Leaves the columns of one address, the fullest: the CRM has one address a record, and a street from home with a town
 * from the office is none. A second line of a street (`Address Line 2`) belongs to its address.
 */
export function oneAddress(columns: readonly ColumnCandidates[]): readonly ColumnCandidates[] {
  const groups = new Map<string, Set<string>>();
  const filled = new Map<string, number>();
  for (const { candidates, profile } of columns) {
    const best = candidates.find(isAddress);
    if (best === undefined || best !== candidates[0]) continue;
    const group = groupOf(best);
    groups.set(group, (groups.get(group) ?? new Set()).add(best.field.name));
    filled.set(group, (filled.get(group) ?? 0) + profile.filled);
  }
  const lines = linesOnly(groups);
  const homeOf = (group: string): string => (lines.has(group) ? withoutOrdinal(group) : group);
  const totals = new Map<string, number>();
  for (const [group, count] of filled)
    totals.set(homeOf(group), (totals.get(homeOf(group)) ?? 0) + count);
  if (totals.size < 2) return columns;

  const [chosen = ''] = [...totals].sort(
    ([a, many], [b, few]) => few - many || rank(a) - rank(b) || (a < b ? -1 : 1),
  )[0] ?? [''];
  const there = new Set(
    [...groups].filter(([group]) => homeOf(group) === chosen).flatMap(([, fields]) => [...fields]),
  );
  const stays = (candidate: Candidate): boolean => {
    if (!isAddress(candidate)) return true;
    const group = homeOf(groupOf(candidate));
    // A country that stands alone serves every address of the row.
    return group === chosen || (group === '' && !there.has(candidate.field.name));
  };
  return columns.map((column) => {
    const left = column.candidates.filter(stays);
    if (left.length === column.candidates.length) return column;
    return left.length > 0
      ? { ...column, candidates: left }
      : { ...column, candidates: [], kept: 'of another address; the CRM has one a record' };
  });
}

const withoutOrdinal = (group: string): string => group.replace(/ ?\d+$/, '');

/** Groups by a number that only have a street: `Street 2` is a second line. */
function linesOnly(groups: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  return new Set(
    [...groups]
      .filter(([group, fields]) => {
        if (!/\d$/.test(group) || fields.size !== 1) return false;
        return fields.has('address.street');
      })
      .map(([group]) => group),
  );
}

function rank(group: string): number {
  const place = preferred.indexOf(group);
  return place < 0 ? preferred.length : place;
}
