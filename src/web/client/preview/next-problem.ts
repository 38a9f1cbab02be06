import type { PreviewRow } from '../../api.ts';
import { api } from '../api/index.ts';
import { withPage } from './filter.ts';
import type { Rows } from './rows.ts';

const pageLength = 500;
/** So far it is looked for; beyond, a filter finds it faster. */
const mostPages = 20;

interface Found {
  readonly place: number;
  readonly column: string | null;
}

const problemOf = (row: PreviewRow | undefined) =>
  row?.issues.find(({ severity }) => severity !== 'info');

/** The next row with a problem after a place (or before it), among the rows under the filter. */
export async function nextProblem(
  rows: Rows,
  id: string,
  filter: string,
  place: number,
  total: number,
  back: boolean,
): Promise<Found | undefined> {
  const step = back ? -1 : 1;
  let at = place + step;
  for (; at >= 0 && at < total; at += step) {
    const row = rows.at(at);
    if (row === undefined) break;
    const problem = problemOf(row);
    if (problem !== undefined) return { place: at, column: problem.column };
  }
  for (let page = 0; page < mostPages && at >= 0 && at < total; page += 1) {
    const offset = back ? Math.max(0, at - pageLength + 1) : at;
    const limit = back ? at - offset + 1 : pageLength;
    const answer = await api.rows(id, withPage(filter, offset, limit));
    const found = back
      ? answer.rows.findLastIndex((row) => problemOf(row) !== undefined)
      : answer.rows.findIndex((row) => problemOf(row) !== undefined);
    if (found >= 0)
      return { place: offset + found, column: problemOf(answer.rows[found])?.column ?? null };
    if (answer.rows.length === 0) return undefined;
    at = back ? offset - 1 : offset + answer.rows.length;
  }
  return undefined;
}
