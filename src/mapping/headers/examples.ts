import type { ColumnProfile } from './profile.ts';

const frequent = 3;
const longest = 60;

/** Texts that show what a column holds: the three most frequent, the longest, cut off where it is long. */
export function exampleOf({ sample }: ColumnProfile): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of sample) counts.set(text, (counts.get(text) ?? 0) + 1);
  const byCount = [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
  const common = byCount.slice(0, frequent).map(([text]) => text);
  const long = [...counts.keys()].reduce(
    (most, text) => (text.length > most.length ? text : most),
    '',
  );
  return [...new Set([...common, ...(long === '' ? [] : [long])])].map((text) =>
    text.length > longest ? `${text.slice(0, longest)}…` : text,
  );
}
