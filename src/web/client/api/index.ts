// Every route of the server that the page uses (docs/web-api.md).
import * as z from 'zod';
import {
  catalogSchema,
  columnsSchema,
  duplicatesSchema,
  editEffectSchema,
  editListSchema,
  editResultSchema,
  feedApprovedSchema,
  feedHeldSchema,
  feedHistorySchema,
  feedListSchema,
  feedSchema,
  importListSchema,
  importSchema,
  meSchema,
  previewCountsSchema,
  previewRowsSchema,
  profileListSchema,
  profileSchema,
  readingSchema,
  runListSchema,
  runSchema,
  undoSchema,
  valuesSchema,
  type Edit,
  type FeedApproval,
  type FeedChange,
  type ImportChange,
  type Language,
  type NewFeed,
  type NewImport,
} from '../../api.ts';
import { request } from './request.ts';

const nothing = z.undefined();

/** `?a=1&b=2` of what is said, and nothing of what is not. */
export function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const said = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`;
}

type Signal = AbortSignal | undefined;

export const api = {
  me: () => request(meSchema, '/session', { patient: false }),
  signIn: (token: string) =>
    request(meSchema, '/session', { method: 'POST', body: { token }, patient: false }),
  signOut: () => request(nothing, '/session', { method: 'DELETE' }),
  speak: (language: Language) =>
    request(meSchema, '/session', { method: 'PATCH', body: { language } }),
  catalog: (signal?: Signal) => request(catalogSchema, '/catalog', { signal }),

  imports: (limit: number, signal?: Signal) =>
    request(importListSchema, `/imports${queryOf({ limit })}`, { signal }),
  newImport: (body: NewImport) => request(importSchema, '/imports', { method: 'POST', body }),
  import: (id: string, signal?: Signal) => request(importSchema, `/imports/${id}`, { signal }),
  changeImport: (id: string, body: ImportChange) =>
    request(importSchema, `/imports/${id}`, { method: 'PATCH', body }),
  removeImport: (id: string) => request(nothing, `/imports/${id}`, { method: 'DELETE' }),
  reading: (id: string, signal?: Signal) =>
    request(readingSchema, `/imports/${id}/reading`, { signal }),
  columns: (id: string, signal?: Signal) =>
    request(columnsSchema, `/imports/${id}/columns`, { signal }),
  values: (id: string, signal?: Signal) =>
    request(valuesSchema, `/imports/${id}/values`, { signal }),
  edits: (id: string, signal?: Signal) =>
    request(editListSchema, `/imports/${id}/edits`, { signal }),
  edit: (id: string, edit: Edit, ifVersion?: number) =>
    request(editResultSchema, `/imports/${id}/edits`, {
      method: 'POST',
      body: { edit, ifVersion },
    }),
  tryEdit: (id: string, edit: Edit, signal?: Signal) =>
    request(editEffectSchema, `/imports/${id}/edits/try`, {
      method: 'POST',
      body: { edit },
      signal,
    }),
  undoEdit: (id: string, no: number) =>
    request(editResultSchema, `/imports/${id}/edits/${no}`, { method: 'DELETE' }),
  check: (id: string) => request(importSchema, `/imports/${id}/preview`, { method: 'POST' }),
  stop: (id: string) => request(importSchema, `/imports/${id}/job`, { method: 'DELETE' }),
  counts: (id: string, query: string, signal?: Signal) =>
    request(previewCountsSchema, `/imports/${id}/counts${query}`, { signal }),
  rows: (id: string, query: string, signal?: Signal) =>
    request(previewRowsSchema, `/imports/${id}/rows${query}`, { signal }),
  duplicates: (id: string, offset: number, limit: number, signal?: Signal) =>
    request(duplicatesSchema, `/imports/${id}/duplicates${queryOf({ offset, limit })}`, { signal }),
  apply: (id: string) => request(importSchema, `/imports/${id}/import`, { method: 'POST' }),
  saveProfile: (id: string, name: string) =>
    request(profileSchema, `/imports/${id}/profile`, { method: 'POST', body: { name } }),

  runs: (offset: number, limit: number, signal?: Signal) =>
    request(runListSchema, `/runs${queryOf({ offset, limit })}`, { signal }),
  run: (id: string, signal?: Signal) => request(runSchema, `/runs/${id}`, { signal }),
  undoPlan: (id: string, signal?: Signal) => request(undoSchema, `/runs/${id}/undo`, { signal }),
  undo: (id: string) => request(runSchema, `/runs/${id}/undo`, { method: 'POST' }),
  resume: (id: string) => request(runSchema, `/runs/${id}/resume`, { method: 'POST' }),
  verify: (id: string) => request(runSchema, `/runs/${id}/verify`, { method: 'POST' }),

  profiles: (signal?: Signal) => request(profileListSchema, '/profiles', { signal }),
  removeProfile: (id: string) => request(nothing, `/profiles/${id}`, { method: 'DELETE' }),

  feeds: (signal?: Signal) => request(feedListSchema, '/feeds', { signal }),
  newFeed: (body: NewFeed) => request(feedSchema, '/feeds', { method: 'POST', body }),
  feed: (id: string, signal?: Signal) => request(feedSchema, `/feeds/${id}`, { signal }),
  changeFeed: (id: string, body: FeedChange) =>
    request(feedSchema, `/feeds/${id}`, { method: 'PATCH', body }),
  removeFeed: (id: string) => request(nothing, `/feeds/${id}`, { method: 'DELETE' }),
  syncFeed: (id: string) => request(feedSchema, `/feeds/${id}/sync`, { method: 'POST' }),
  feedHistory: (id: string, offset: number, limit: number, signal?: Signal) =>
    request(feedHistorySchema, `/feeds/${id}/history${queryOf({ offset, limit })}`, { signal }),
  feedHeld: (id: string, offset: number, limit: number, signal?: Signal) =>
    request(feedHeldSchema, `/feeds/${id}/held${queryOf({ offset, limit })}`, { signal }),
  approveFeed: (id: string, body: FeedApproval) =>
    request(feedApprovedSchema, `/feeds/${id}/approve`, { method: 'POST', body }),
} as const;
