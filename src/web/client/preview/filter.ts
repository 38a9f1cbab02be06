import { rowFilterSchema, type RowFilter } from '../../api.ts';
import { queryOf } from '../api/index.ts';
import { goTo, usePlace } from '../state/place.ts';

/** Which rows are looked at, kept in the address, so that a reload and a colleague see the same. */
export function useFilter() {
  const { path, query } = usePlace();
  const parsed = rowFilterSchema.safeParse(Object.fromEntries(query));
  const filter: RowFilter = parsed.success ? parsed.data : {};
  return {
    filter,
    /** As the server takes it, and equal exactly where the filter is. */
    text: textOf(filter),
    set: (wanted: RowFilter, { replace = false } = {}) => {
      goTo(path + textOf(wanted), { replace });
    },
  };
}

function textOf({ corrected, ...rest }: RowFilter): string {
  return queryOf({ ...rest, corrected: corrected === true ? 'true' : undefined });
}

/** The filter text with more to it. */
export const withPage = (text: string, offset: number, limit: number): string =>
  `${text === '' ? '?' : `${text}&`}offset=${offset}&limit=${limit}`;
