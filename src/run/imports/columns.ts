import { looksOf } from '../../mapping/headers/look.ts';
import type { Suggestion } from '../../mapping/headers/propose.ts';
import type { ColumnForm } from '../../mapping/forms/contract.ts';
import type { SurveyedColumn } from '../../mapping/forms/survey.ts';
import type { TranslatedSource } from '../translation.ts';
import type { ColumnDocument, ColumnsDocument, FormName, SuggestionDocument } from './contract.ts';
import type { ChosenColumn } from './chosen.ts';
import type { Study } from './study.ts';
import { kindOf, missingFields, type Decisions } from './translation.ts';

/** The columns of an import: what they hold, what they are taken for and why, and what becomes of them. */
export function columnsDocument(
  decisions: Decisions,
  study: Study,
  columns: readonly ChosenColumn[],
  { translation }: TranslatedSource,
): ColumnsDocument {
  const { one } = decisions;
  const kind = kindOf(one);
  return {
    version: one.version,
    rows: study.rows,
    kind,
    columns: columns.map(({ proposal, use, field, by }): ColumnDocument => ({
      name: proposal.column,
      rows: proposal.rows,
      filled: proposal.filled,
      samples: samplesOf(study, proposal.column),
      proposal: proposal.match === null ? null : suggestion(proposal.match),
      unmatched: proposal.match === null ? (proposal.kept ?? null) : null,
      alternatives: proposal.alternatives.map(suggestion),
      use,
      field: field?.name ?? null,
      by,
      form: formOf(decisions, study, proposal.column, translation),
    })),
    missing: missingFields(columns, kind),
  };
}

/** The columns of an export of a known system, whose mapping comes with the tool. */
export function systemColumns(
  decisions: Decisions,
  study: Study,
  { translation }: TranslatedSource,
): ColumnsDocument {
  const { one } = decisions;
  const ignored = new Set(
    translation.mappings.coverage().flatMap(({ field, use }) => (use === 'ignored' ? [field] : [])),
  );
  return {
    version: one.version,
    rows: study.rows,
    kind: one.kind,
    columns: study.table.columns.map(({ name, rows, filled }) => ({
      name,
      rows,
      filled,
      samples: samplesOf(study, name),
      proposal: null,
      unmatched: null,
      alternatives: [],
      use: ignored.has(name) ? 'refused' : 'field',
      field: null,
      by: 'system',
      form: formOf(decisions, study, name, translation),
    })),
    missing: [],
  };
}

const suggestion = ({
  field,
  title,
  confidence,
  level,
  reason,
}: Suggestion): SuggestionDocument => ({ field, title, confidence, level, reason });

const longest = 120;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** The most frequent values, the longest, and the one that looks least like the others. */
function samplesOf({ table, distinct }: Study, name: string): ColumnDocument['samples'] {
  const sample = table.columns.find((column) => column.name === name)?.sample ?? [];
  const { texts, more } = distinct(name);
  const counts = new Map<string, number>(more === 0 ? texts : []);
  if (more > 0) for (const text of sample) counts.set(text, (counts.get(text) ?? 0) + 1);
  const byCount = [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
  const long = sample.reduce((most, text) => (text.length > most.length ? text : most), '');
  return {
    frequent: byCount.slice(0, 3).map(([value, count]) => ({ value: cut(value), count })),
    longest: long === '' ? null : cut(long),
    oddest: oddestOf(sample),
  };
}

/** Of texts that nearly all look alike, the first that does not; of texts that are all alike, none. */
function oddestOf(sample: readonly string[]): string | null {
  const shapes = new Map<string, { count: number; first: string }>();
  for (const text of sample) {
    const shape = `${looksOf(text)?.[0] ?? 'text'} ${String(Math.min(3, text.split(/\s+/).length))}`;
    const known = shapes.get(shape);
    if (known === undefined) shapes.set(shape, { count: 1, first: text });
    else known.count += 1;
  }
  if (shapes.size < 2) return null;
  const rarest = [...shapes.values()].reduce((a, b) => (b.count < a.count ? b : a));
  return rarest.count * 4 <= sample.length ? cut(rarest.first) : null;
}

/** How a column writes its dates or numbers, where the mapping leaves it to the column. */
function formOf(
  { choices, profile }: Decisions,
  study: Study,
  name: string,
  { mappings, forms, issues }: TranslatedSource['translation'],
): ColumnDocument['form'] {
  const kinds = mappings.wantedForms.filter(({ field }) => field === name).map(({ kind }) => kind);
  const [kind] = kinds;
  const column = study.forms.find(({ field }) => field === name);
  if (kind === undefined || column === undefined) return null;
  const decided: ColumnForm = forms.files[column.file]?.[name] ?? {};
  const form = kind === 'dates' ? decided.dates : decided.decimal;
  if (form === undefined) return null;
  const said = Object.hasOwn(choices.forms, name) || profile?.choices.forms[name] !== undefined;
  const isBorrowed = issues.some(
    ({ field, code }) =>
      field === name && (code === 'COLUMN_DATES_BORROWED' || code === 'COLUMN_NUMBERS_BORROWED'),
  );
  return {
    kind,
    form,
    by: said ? 'person' : form === 'undecided' ? 'nobody' : isBorrowed ? 'other-column' : 'proof',
    choices: kind === 'dates' ? ['dmy', 'mdy'] : (['comma', 'point'] satisfies FormName[]),
    rows: examplesOf(column, kind),
  };
}

const examplesOf = ({ dates, numbers }: SurveyedColumn, kind: 'dates' | 'numbers') =>
  (kind === 'dates' ? dates.examples : numbers.examples).map(({ value, line }) => ({
    value: cut(value),
    line: line ?? null,
  }));
