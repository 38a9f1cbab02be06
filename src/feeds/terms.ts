import * as z from 'zod';
import { foldText } from '../crm/folding.ts';
import type { MappedRecord, MappingSet } from '../mapping/contract.ts';
import type { ColumnValue, Draft } from '../model/draft.ts';
import { keyOf } from '../model/draft.ts';
import { issue } from '../model/issue.ts';
import type { SourceRecord } from '../model/record.ts';
import { feedSettingsSchema } from './contract.ts';

/** What a feed says of its listings beside what it holds: values that all of them have, and which are left out. */
export const listingTermsSchema = feedSettingsSchema
  .pick({ partner: true, commissionPercent: true, publish: true, price: true, exclude: true })
  .extend({ feed: z.string() });
export type ListingTerms = z.infer<typeof listingTermsSchema>;

/** The source entity of the partner relation in the id map of a feed: its key is `partner:<id of the relation>`. */
export const partnerEntity = 'partner';

/**
 * The mappings of a feed on its terms: every listing gets the values that the feed sets, and one that its filters
 * exclude does not come in, for a reason that is noted. Where the partner is named, the agency that the document tells
 * of is that partner, and comes in no second time.
 */
export function onTerms(mappings: MappingSet, terms: ListingTerms): MappingSet {
  const values: Record<string, ColumnValue> = {
    feed_id: terms.feed,
    is_published: String(terms.publish),
    ...(terms.commissionPercent === null ? {} : { commission_percent: terms.commissionPercent }),
  };
  const links: Draft['links'] =
    terms.partner === null
      ? {}
      : { partner_relation_id: { by: 'key', key: keyOf(partnerEntity, terms.partner) } };
  const excluding = excludingOf(terms);
  const { properties } = mappings.tables;
  return {
    ...mappings,
    tables:
      properties === undefined
        ? mappings.tables
        : {
            ...mappings.tables,
            properties: {
              ...properties,
              columns: [
                ...new Set([...properties.columns, ...Object.keys(values), ...Object.keys(links)]),
              ],
            },
          },
    map(record) {
      const mapped = mappings.map(record);
      const root = mapped.drafts.find((draft) => draft.root);
      if (root?.table === 'relations' && terms.partner !== null)
        return leftOut(mapped, record, 'AGENCY_IS_PARTNER', {});
      if (root?.table !== 'properties') return mapped;
      const reason = excluding(root);
      if (reason !== undefined && root.fate === undefined)
        return leftOut(mapped, record, 'LISTING_EXCLUDED', reason);
      const drafts = mapped.drafts.map((draft) =>
        draft === root
          ? {
              ...draft,
              values: { ...draft.values, ...values },
              links: { ...draft.links, ...links },
            }
          : draft,
      );
      return { ...mapped, drafts };
    },
  };
}

interface Reason {
  readonly field: string;
  readonly value: string;
}

function leftOut(
  { drafts, issues }: MappedRecord,
  { entity, sourceId, file, line }: SourceRecord,
  code: 'LISTING_EXCLUDED' | 'AGENCY_IS_PARTNER',
  reason: Partial<Reason>,
): MappedRecord {
  return {
    drafts: drafts.map((draft) => ({ ...draft, fate: draft.fate ?? 'excluded' })),
    issues: [...issues, issue(code, { entity, sourceId, file, line, ...reason })],
  };
}

const placeColumns = ['town', 'zone', 'location_detail'] as const;

/** Why a listing is excluded, if it is. What is not known excludes nothing. */
function excludingOf({
  price: { min, max },
  exclude,
}: ListingTerms): (draft: Draft) => Reason | undefined {
  const types = new Set<string>(exclude.types);
  const locations = new Set(exclude.locations.map(foldText));
  const provinces = new Set(exclude.provinces.map(foldText));
  return ({ values }) => {
    const textOf = (column: string): string | undefined => {
      const value = values[column];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const among = (column: string, excluded: ReadonlySet<string>): Reason[] => {
      const value = textOf(column);
      return value !== undefined && excluded.has(foldText(value)) ? [{ field: column, value }] : [];
    };
    const price = textOf('price');
    const isBeyond =
      price !== undefined &&
      ((min !== null && Number(price) < Number(min)) ||
        (max !== null && Number(price) > Number(max)));
    return [
      ...(isBeyond ? [{ field: 'price', value: price }] : []),
      ...among('type', types),
      ...placeColumns.flatMap((column) => among(column, locations)),
      ...among('province', provinces),
    ][0];
  };
}
