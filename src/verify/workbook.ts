import * as z from 'zod';
import type { SplitCount } from '../adapter/contract.ts';
import type { PlanScope } from '../plan/scope.ts';
import { splitsTable, stagingTable, unmappedTable } from '../staging/tables.ts';

/** What a screen of the old CRM shows; null where nobody has read it off. */
export interface ScreenCount {
  readonly active: number | null;
  readonly deleted: number | null;
}

/** A number of the workbook: counted in the source, and read off the old CRM's screens by a person. */
export interface WorkbookCount extends SplitCount {
  readonly screens: ScreenCount;
  /** Why the screens show another number, in the words of whoever read them. */
  readonly note: string;
}

/** The numbers of one kind of record, and again for each value of each dimension. */
export interface WorkbookEntity extends WorkbookCount {
  readonly by: Readonly<Record<string, Readonly<Record<string, WorkbookCount>>>>;
}

/** Numbers per source entity. */
export type Workbook = Readonly<Record<string, WorkbookEntity>>;

/** A number that is another than that of the source as it was read anew. */
export interface Deviation {
  readonly of: 'screens' | 'baseline' | 'crm';
  readonly side: 'active' | 'deleted';
  /** How many more it has than the source; negative where it has fewer. */
  readonly difference: number;
  /** How many records of the source have which reason for it: a fate, or `unreadable`. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly explained: boolean;
}

/** One line of the comparison of screens, baseline, source and CRM, in the words of the source. */
export interface WorkbookLine {
  /** Source entity. */
  readonly entity: string;
  /** Null for all records of the entity. */
  readonly dimension: string | null;
  readonly value: string | null;
  /** Null where nothing was read off a screen. */
  readonly screens: ScreenCount | null;
  readonly baseline: SplitCount | null;
  readonly source: SplitCount;
  /** Records of the source that the CRM has, as it has them. */
  readonly crm: SplitCount;
  readonly note: string;
  readonly deviations: readonly Deviation[];
  readonly ok: boolean;
}

/**
 * Compares the numbers of a workbook with the source, read anew, and with the CRM: per entity, and per value of its
 * dimensions. To be asked once the rows of every table are set beside those of the CRM (`expectRows`).
 */
export async function compareWorkbook(
  scope: PlanScope,
  workbook: Workbook,
): Promise<readonly WorkbookLine[]> {
  const found = await foundCounts(scope);
  for (const [entity, counts] of Object.entries(workbook)) {
    found.at(entity, null, null);
    for (const [dimension, values] of Object.entries(counts.by))
      for (const value of Object.keys(values)) found.at(entity, dimension, value);
  }
  return found.all().map((counted): WorkbookLine => {
    const { entity, dimension, value, source, crm } = counted;
    const written = writtenAt(workbook, entity, dimension, value);
    const { screens = nothingRead, note = '' } = written ?? {};
    const unread = dimension === null ? none : (found.unread.get(entity) ?? none);
    const deviations = sides.flatMap((side): readonly Deviation[] => [
      ...screenDeviation(screens, source, side, note),
      ...baselineDeviation(written, source, side, unread),
      ...crmDeviation(counted, side),
    ]);
    return {
      entity,
      dimension,
      value,
      screens: screens.active === null && screens.deleted === null ? null : screens,
      baseline: written === undefined ? null : { active: written.active, deleted: written.deleted },
      source,
      crm,
      note,
      deviations,
      ok: deviations.every(({ explained }) => explained),
    };
  });
}

const sides = ['active', 'deleted'] as const;
const none: SplitCount = { active: 0, deleted: 0 };
const nothingRead: ScreenCount = { active: null, deleted: null };

type Side = (typeof sides)[number];

function writtenAt(
  workbook: Workbook,
  entity: string,
  dimension: string | null,
  value: string | null,
): WorkbookCount | undefined {
  const counts = Object.hasOwn(workbook, entity) ? workbook[entity] : undefined;
  if (dimension === null || value === null) return counts;
  const values =
    counts !== undefined && Object.hasOwn(counts.by, dimension) && counts.by[dimension];
  if (!values) return undefined;
  return Object.hasOwn(values, value) ? values[value] : undefined;
}

function screenDeviation(
  screens: ScreenCount,
  source: SplitCount,
  side: Side,
  note: string,
): readonly Deviation[] {
  const shown = screens[side];
  const difference = (shown ?? source[side]) - source[side];
  return difference === 0
    ? []
    : [{ of: 'screens', side, difference, reasons: {}, explained: note.trim() !== '' }];
}

/** A record that cannot be read has no values, but its text may hold one that was counted. */
function baselineDeviation(
  written: SplitCount | undefined,
  source: SplitCount,
  side: Side,
  unread: SplitCount,
): readonly Deviation[] {
  const difference = (written?.[side] ?? source[side]) - source[side];
  if (difference === 0) return [];
  const explained = difference > 0 && difference <= unread[side];
  return [
    {
      of: 'baseline',
      side,
      difference,
      reasons: explained ? { unreadable: difference } : {},
      explained,
    },
  ];
}

function crmDeviation({ source, crm, fates }: Counted, side: Side): readonly Deviation[] {
  const difference = crm[side] - source[side];
  const reasons = Object.fromEntries([...fates[side]].sort(([a], [b]) => (a < b ? -1 : 1)));
  const accounted = [...fates[side].values()].reduce((sum, n) => sum + n, 0);
  return difference === 0 && accounted === 0
    ? []
    : [{ of: 'crm', side, difference, reasons, explained: difference === -accounted }];
}

/** What the source, as it was read anew, and the CRM hold of one line. */
interface Counted {
  readonly entity: string;
  readonly dimension: string | null;
  readonly value: string | null;
  readonly source: { active: number; deleted: number };
  readonly crm: { active: number; deleted: number };
  readonly fates: Readonly<Record<Side, Map<string, number>>>;
}

class Found {
  readonly #lines = new Map<string, Counted>();
  /** Records without any value, by entity. */
  readonly unread = new Map<string, { active: number; deleted: number }>();

  at(entity: string, dimension: string | null, value: string | null): Counted {
    const name = JSON.stringify([entity, dimension, value]);
    const line: Counted = this.#lines.get(name) ?? {
      entity,
      dimension,
      value,
      source: { ...none },
      crm: { ...none },
      fates: { active: new Map(), deleted: new Map() },
    };
    this.#lines.set(name, line);
    return line;
  }

  /** Entity by entity, the whole of each first. */
  all(): readonly Counted[] {
    const order = ({ entity, dimension, value }: Counted) => [entity, dimension ?? '', value ?? ''];
    return [...this.#lines.values()].sort((a, b) => {
      const [mine, other] = [order(a), order(b)];
      const place = mine.findIndex((part, index) => part !== other[index]);
      return place < 0 ? 0 : (mine[place] ?? '') < (other[place] ?? '') ? -1 : 1;
    });
  }
}

const rowSchema = z.object({
  entity: z.string(),
  dimension: z.string().nullable(),
  value: z.string().nullable(),
  deleted: z.boolean(),
  unread: z.boolean(),
  fate: z.string().nullable(),
  found: z.boolean(),
  crmDeleted: z.boolean(),
  n: z.number(),
});

async function foundCounts(scope: PlanScope): Promise<Found> {
  const { runNo, database } = scope;
  const roots = scope.tables.map(
    (table) =>
      `SELECT s._record AS record, e.fate, e.found, e.crm_deleted FROM ${stagingTable(runNo, table)} s` +
      ` JOIN ${stagingTable(runNo, table, '_expected')} e ON e._ordinal = s._ordinal WHERE s._root`,
  );
  const unmapped = `SELECT record, 'rejected', false, NULL FROM ${unmappedTable(runNo)}`;
  const { rows } = await database.query(
    `SELECT x.entity, d.key AS dimension, d.value, x.is_deleted AS deleted, x.by = '{}' AS unread, r.fate,
            coalesce(r.found, false) AS found, coalesce(r.crm_deleted, false) AS "crmDeleted", count(*)::float8 AS n
       FROM ${splitsTable(runNo)} x LEFT JOIN (${[...roots, unmapped].join(' UNION ALL ')}) r ON r.record = x.record
      CROSS JOIN LATERAL (SELECT NULL AS key, NULL AS value UNION ALL SELECT key, value FROM jsonb_each_text(x.by)) d
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
  );
  const result = new Found();
  for (const row of rows) addTo(result, rowSchema.parse(row));
  return result;
}

function addTo(result: Found, row: z.infer<typeof rowSchema>): void {
  const { entity, dimension, value, deleted, unread, fate, found, crmDeleted, n } = row;
  const side = deleted ? 'deleted' : 'active';
  const line = result.at(entity, dimension, value);
  line.source[side] += n;
  if (fate !== null) line.fates[side].set(fate, (line.fates[side].get(fate) ?? 0) + n);
  else if (found) line.crm[crmDeleted ? 'deleted' : 'active'] += n;
  if (dimension !== null || !unread) return;
  const without = result.unread.get(entity) ?? { ...none };
  without[side] += n;
  result.unread.set(entity, without);
}
