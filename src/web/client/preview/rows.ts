import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PreviewRow } from '../../api.ts';
import { api } from '../api/index.ts';
import { asRefusal, isCalledOff, type Refusal } from '../api/refusal.ts';
import { withPage } from './filter.ts';

const pageLength = 100;
/** Pages that are kept; a page is fetched again when one comes back to it after many others. */
const mostPages = 60;
/** While rows are still being read, it is asked again after so many milliseconds whether there are more. */
const pace = 800;

interface Page {
  readonly revision: string;
  readonly rows: readonly PreviewRow[];
}

export interface Rows {
  /** Undefined while it is being fetched. */
  readonly at: (place: number) => PreviewRow | undefined;
  readonly total: number | undefined;
  readonly refusal: Refusal | undefined;
  /** Fetches what is missing between two places. */
  readonly need: (first: number, end: number) => void;
  readonly retry: () => void;
}

/**
 * The rows under a filter, page by page as they are looked at. A new revision (a correction, a check) fetches anew what
 * is on the screen and shows the old rows until then; another filter begins empty.
 */
export function useRows(id: string, filter: string, revision: string): Rows {
  const key = `${id} ${filter}`;
  const held = useRef({
    key,
    pages: new Map<number, Page>(),
    asked: new Map<number, AbortController>(),
  });
  const [total, setTotal] = useState<{ key: string; count: number }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [, setTurn] = useState(0);
  if (held.current.key !== key) {
    for (const asked of held.current.asked.values()) asked.abort();
    held.current = { key, pages: new Map(), asked: new Map() };
  }

  const fetchPage = useCallback(
    (page: number) => {
      const again = (unready: number, signal: AbortSignal) => {
        setTimeout(() => {
          if (held.current === mine && !signal.aborted) fetchPage(unready);
        }, pace);
      };
      const mine = held.current;
      mine.asked.get(page)?.abort();
      const ending = new AbortController();
      mine.asked.set(page, ending);
      api.rows(id, withPage(filter, page * pageLength, pageLength), ending.signal).then(
        (answer) => {
          if (held.current !== mine || ending.signal.aborted) return;
          mine.asked.delete(page);
          mine.pages.delete(page);
          mine.pages.set(page, { revision, rows: answer.rows });
          for (const oldest of mine.pages.keys()) {
            if (mine.pages.size <= mostPages) break;
            mine.pages.delete(oldest);
          }
          const count = answer.total ?? answer.offset + answer.rows.length;
          setTotal((before) =>
            answer.total === null && before?.key === key
              ? { key, count: Math.max(before.count, count) }
              : { key, count },
          );
          setRefusal(undefined);
          setTurn((turn) => turn + 1);
          if (answer.total === null) again(page, ending.signal);
        },
        (thrown: unknown) => {
          if (held.current !== mine || ending.signal.aborted || isCalledOff(thrown)) return;
          mine.asked.delete(page);
          const refused = asRefusal(thrown);
          if (refused.code === 'not-ready') again(page, ending.signal);
          else setRefusal(refused);
        },
      );
    },
    [id, filter, revision, key],
  );

  const need = useCallback(
    (first: number, end: number) => {
      const { pages, asked } = held.current;
      const from = Math.floor(first / pageLength);
      const to = Math.floor(Math.max(first, end - 1) / pageLength);
      for (const [page, ending] of asked) {
        if (page >= from && page <= to) continue;
        ending.abort();
        asked.delete(page);
      }
      for (let page = from; page <= to; page += 1)
        if (pages.get(page)?.revision !== revision && !asked.has(page)) fetchPage(page);
    },
    [fetchPage, revision],
  );

  useEffect(() => {
    const { asked } = held.current;
    return () => {
      for (const ending of asked.values()) ending.abort();
    };
  }, [key]);

  return {
    at: (place) => held.current.pages.get(Math.floor(place / pageLength))?.rows[place % pageLength],
    total: total?.key === key ? total.count : undefined,
    refusal,
    need,
    retry: () => {
      setRefusal(undefined);
      fetchPage(0);
    },
  };
}
