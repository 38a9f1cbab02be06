import { issue } from '../../src/model/issue.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Page } from './envelope.ts';

/** Watches that no page of a paged collection is missing. */
export interface Pages {
  add(collection: string, page: Page): void;
  issues(): readonly Issue[];
}

// Enough to see what is missing; the total may be any number.
const listed = 10;

/** Pages of which none has been seen. */
export function createPages(): Pages {
  const collections = new Map<string, Page[]>();
  return {
    add(collection, page) {
      if (page.page === undefined && page.total === undefined) return;
      collections.set(collection, [...(collections.get(collection) ?? []), page]);
    },
    issues: () => [...collections].flatMap(([entity, pages]) => check(entity, pages)),
  };
}

function check(entity: string, pages: readonly Page[]): readonly Issue[] {
  const seen = new Set(pages.map(({ page }) => page));
  const total = Math.max(...pages.map((page) => page.total ?? 0));
  const perPage = Math.max(...pages.map((page) => page.perPage ?? 0));
  const found = pages.reduce((sum, { items }) => sum + items, 0);
  const numbered = pages.some(({ page }) => page !== undefined);
  const last = Math.max(
    numbered && total > 0 && perPage > 0 ? Math.ceil(total / perPage) : 0,
    ...pages.map(({ page }) => page ?? 0),
  );
  const missing: number[] = [];
  for (let page = 1; page <= last && missing.length < listed; page += 1) {
    if (!seen.has(page)) missing.push(page);
  }
  if (missing.length > 0) {
    const args = { missing: missing.join(', '), pages: String(last) };
    return [issue('DOCUMENT_PAGE_MISSING', { entity, args })];
  }
  if (total === 0 || total === found) return [];
  const args = { declared: String(total), found: String(found) };
  return [issue('DECLARED_COUNT_DIFFERS', { entity, args })];
}
