import type { ColumnValue } from '../model/draft.ts';

const special = /[\\\n\r\t]/;
const specials = /[\\\n\r\t]/g;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A value in PostgreSQL's COPY text format; lists become array literals. */
export function copyText(value: ColumnValue | undefined): string {
  if (value === null || value === undefined) return '\\N';
  const text = typeof value === 'string' ? value : arrayLiteral(value);
  return special.test(text) ? text.replace(specials, (found) => escapes[found] ?? found) : text;
}

function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
