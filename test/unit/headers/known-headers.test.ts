// Holds the matcher against known headers, and writes what it makes of them into docs/header-matching.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importFields, type TargetKind } from '../../../src/mapping/headers/fields.ts';
import type { ColumnProfile } from '../../../src/mapping/headers/profile.ts';
import {
  type HeaderSet,
  column,
  knowledge,
  proposed,
  readHeaderSets,
  readSampleTables,
} from '../../support/headers.ts';

const document = new URL('../../../docs/header-matching.md', import.meta.url);

/** What became of a column that has a place in the CRM, or has none. */
interface Judged {
  readonly column: string;
  readonly wanted: readonly string[];
  readonly outcome: 'right' | 'wrong' | 'to check' | 'wrong guess' | 'open' | 'kept';
}

const unplaced = new Set(importFields.filter((field) => field.unplaced).map(({ name }) => name));

function judgeSet({ kind, columns }: HeaderSet): readonly Judged[] {
  const profiles = Object.entries(columns).map(([name, { values }]) => column(name, values));
  return judge(
    kind,
    profiles,
    Object.fromEntries(Object.entries(columns).map(([name, { is }]) => [name, is])),
  );
}

function judge(
  kind: TargetKind,
  profiles: readonly ColumnProfile[],
  answers: Readonly<Record<string, readonly string[]>>,
): readonly Judged[] {
  const proposals = proposed(kind, profiles);
  return Object.entries(answers).map(([name, wanted]) => {
    const match = proposals[name]?.match ?? null;
    const given = match === null || match.level === 'low' ? '-' : match.field;
    // What the CRM has no column for is kept, whether it is known or not.
    const isKept = wanted.includes('-') || wanted.some((field) => unplaced.has(field));
    const outcome =
      given === '-'
        ? isKept
          ? 'kept'
          : 'open'
        : wanted.includes(given) || (unplaced.has(given) && isKept)
          ? unplaced.has(given)
            ? 'kept'
            : match?.level === 'high'
              ? 'right'
              : 'to check'
          : match?.level === 'high'
            ? 'wrong'
            : 'wrong guess';
    return { column: name, wanted, outcome };
  });
}

const sets = [
  ...readHeaderSets().map((set) => ({
    name: set.system,
    language: set.language,
    kind: set.kind,
    judged: judgeSet(set),
  })),
  ...(await readSampleTables()).map(({ file, kind, profiles, is }) => ({
    name: `samples/${file}`,
    language: languageOf(file),
    kind,
    judged: judge(kind, profiles, is),
  })),
];
const all = sets.flatMap(({ judged }) => judged);
const named = (outcome: Judged['outcome']) =>
  sets.flatMap(({ name, kind, judged }) =>
    judged.filter((one) => one.outcome === outcome).map((one) => `${name}, ${kind}: ${one.column}`),
  );

/** Two samples of Outlook have headers in the language of their user. */
function languageOf(file: string): string {
  return file.endsWith('kontakte.csv') ? 'de' : file.endsWith('contactos.csv') ? 'es' : 'en';
}

describe('known headers', () => {
  it('are never matched wrongly with high confidence', () => {
    expect(named('wrong')).toEqual([]);
  });

  it('are matched rightly with high confidence, nearly all', () => {
    const placed = all.filter(({ outcome }) => outcome !== 'kept');
    const right = placed.filter(({ outcome }) => outcome === 'right');
    expect(right.length / placed.length).toBeGreaterThan(0.95);
    expect(named('wrong guess').length / all.length).toBeLessThan(0.01);
  });

  it('are what docs/header-matching.md says (UPDATE=1 writes it)', () => {
    const text = readFileSync(document, 'utf8');
    const mark = '<!-- made by test/unit/headers/known-headers.test.ts -->\n';
    const [before = '', , after = ''] = text.split(mark);
    const rendered = [before, tables(), after].join(mark);
    if (process.env['UPDATE'] === '1') writeFileSync(document, rendered);
    expect(readFileSync(document, 'utf8')).toBe(rendered);
  });
});

function tables(): string {
  const count = (judged: readonly Judged[], outcome: Judged['outcome']): string =>
    String(judged.filter((one) => one.outcome === outcome).length);
  const cells = (judged: readonly Judged[]): readonly string[] => [
    String(judged.length),
    ...(['right', 'to check', 'wrong guess', 'wrong', 'open', 'kept'] as const).map((outcome) =>
      count(judged, outcome),
    ),
  ];
  const rows = sets.map(({ name, language, kind, judged }) => [
    name,
    language,
    kind,
    ...cells(judged),
  ]);
  const list = (['to check', 'wrong guess', 'open'] as const).flatMap((outcome) =>
    named(outcome).map((name) => `- ${outcome}: ${name}`),
  );
  return [
    '',
    table(
      [
        'system',
        'language',
        'kind',
        'columns',
        'right',
        'to check',
        'wrong guess',
        'wrong',
        'open',
        'kept',
      ],
      [...rows, ['**all**', '', '', ...cells(all)]],
    ),
    '',
    'Not matched rightly with high confidence:',
    '',
    ...list,
    '',
    'Spellings known, by language:',
    '',
    table(['language', 'spellings'], languages()),
    '',
    '',
  ].join('\n');
}

function languages(): readonly (readonly string[])[] {
  const counts = new Map<string, number>();
  for (const key of knowledge.vocabulary.keys) {
    const spoken = new Set(
      knowledge.vocabulary.sensesOf(key).flatMap((sense) => [...sense.languages]),
    );
    for (const language of spoken) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort().map(([language, number]) => [language, String(number)]);
}

/** A table as prettier writes it. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, place) =>
    Math.max(3, title.length, ...rows.map((row) => Array.from(row[place] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, place) => cell + ' '.repeat((widths[place] ?? 0) - Array.from(cell).length)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}
