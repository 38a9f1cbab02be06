import type { TargetKind } from './fields.ts';
import {
  type SimpleRule,
  activityRules,
  dealRules,
  leadRules,
  personRules,
  propertyRules,
  relationRules,
  userRules,
} from './simple-rules.ts';

/** A rule of a mapping, as it is written (docs/mappings.md). */
export type RuleText = Readonly<Record<string, unknown>>;

/** A column of a row, with its rule or rules, and the import fields that it is made of. */
export interface ColumnRule {
  readonly column: string;
  readonly rule: RuleText | readonly RuleText[];
  readonly fields: readonly string[];
}

/** The columns of a file by the import field that they are; several where a field takes many. */
export type MatchedColumns = ReadonlyMap<string, readonly string[]>;

/** The rules of the row that a record stands for, and of the person beside it, where a lead is both. */
export interface RowRules {
  readonly root: readonly ColumnRule[];
  readonly person?: readonly ColumnRule[];
}

/** Makes the rules of a kind of row out of what its columns are. */
export function rowRules(kind: TargetKind, matched: MatchedColumns): RowRules {
  switch (kind) {
    case 'leads':
    case 'owners':
      return {
        root: [
          always('person_id', { link: 'people', part: 'person' }),
          typeOfLead(kind, matched),
          ...simpleRules(leadRules, matched),
        ],
        person: [
          always('section', { value: 'lead' }),
          ...personOf(matched),
          ...simpleRules(personRules, matched),
        ],
      };
    case 'contacts':
      return {
        root: [
          always('section', { value: 'contact' }),
          ...personOf(matched),
          ...simpleRules(personRules, matched),
          ...simpleRules(sourceOfContact, matched),
        ],
      };
    case 'relations':
      return { root: [...simpleRules(relationRules, matched), ...reachOf(matched)] };
    case 'properties':
      return { root: [...simpleRules(propertyRules, matched), ...listingOf(matched)] };
    case 'deals':
      return { root: simpleRules(dealRules, matched) };
    case 'activities':
      return { root: [typeOfActivity(matched), ...simpleRules(activityRules, matched)] };
    case 'users':
      return {
        root: [...namesOf(matched), ...agentReach(matched), ...simpleRules(userRules, matched)],
      };
  }
}

const always = (column: string, rule: RuleText): ColumnRule => ({ column, rule, fields: [] });

/** The rules of fields that one column gives each; of two fields for one column the first is taken. */
function simpleRules(rules: readonly SimpleRule[], matched: MatchedColumns): readonly ColumnRule[] {
  const taken = new Set<string>();
  return rules.flatMap(({ field, column, make }) => {
    const [path] = matched.get(field) ?? [];
    if (path === undefined || taken.has(column)) return [];
    taken.add(column);
    return [{ column, rule: make(path), fields: [field] }];
  });
}

/** A rule over all columns of some fields: `from` where it is one, else `combine`. */
function over(
  column: string,
  fields: readonly string[],
  matched: MatchedColumns,
  { alone, together }: { alone: readonly unknown[]; together: readonly unknown[] },
): readonly ColumnRule[] {
  const paths = fields.flatMap((field) => matched.get(field) ?? []);
  const [only] = paths;
  if (only === undefined) return [];
  const used = fields.filter((field) => matched.has(field));
  const rule: RuleText =
    paths.length > 1
      ? { combine: paths, do: together }
      : alone.length === 0
        ? { from: only }
        : { from: only, do: alone };
  return [{ column, rule, fields: used }];
}

/** First and last name, out of a whole name where there is no other. */
function namesOf(matched: MatchedColumns): readonly ColumnRule[] {
  const whole = matched.get('full_name')?.[0];
  const part = (column: string, which: 'first' | 'last'): readonly ColumnRule[] =>
    whole === undefined
      ? []
      : [
          {
            column,
            rule: { from: whole, do: [{ 'name-part': which }, 'name'] },
            fields: ['full_name'],
          },
        ];
  const names = { alone: ['name'], together: [{ join: ' ' }, 'name'] };
  const first = over('first_name', ['first_name', 'middle_name'], matched, names);
  const last = over('last_name', ['name_infix', 'last_name', 'second_last_name'], matched, names);
  return [
    ...(matched.has('first_name') ? first : part('first_name', 'first')),
    ...(matched.has('last_name') ? last : part('last_name', 'last')),
  ];
}

/** Every e-mail and every telephone; none is dropped. */
function reachOf(matched: MatchedColumns): readonly ColumnRule[] {
  const same = (steps: readonly unknown[]) => ({ alone: steps, together: steps });
  const phones = matched.get('phone') ?? [];
  return [
    ...over('email', ['email'], matched, same(['emails', 'first'])),
    ...over('emails', ['email'], matched, same(['emails'])),
    ...over('phone', ['phone'], matched, same(['phones', 'first'])),
    ...over('phones', ['phone'], matched, same(['phones'])),
    ...(phones.length === 0
      ? []
      : [
          {
            column: 'phones_as_written',
            rule: { combine: phones, do: ['compact'] },
            fields: ['phone'],
          },
        ]),
    ...streetOf('address_street', matched),
    ...postcodeOf('address_postcode', matched),
    ...notesOf(matched),
  ];
}

function streetOf(column: string, matched: MatchedColumns): readonly ColumnRule[] {
  return over(column, ['address.street'], matched, { alone: [], together: [{ join: ', ' }] });
}

function postcodeOf(column: string, matched: MatchedColumns): readonly ColumnRule[] {
  const country = matched.get('address.country')?.[0];
  const step = country === undefined ? 'postcode' : { postcode: { country } };
  return over(column, ['address.zip_code'], matched, { alone: [step], together: [] });
}

function notesOf(matched: MatchedColumns): readonly ColumnRule[] {
  const together = [{ join: '\n\n' }];
  return over('notes', ['additional_information'], matched, { alone: [], together });
}

function personOf(matched: MatchedColumns): readonly ColumnRule[] {
  return [
    ...namesOf(matched),
    ...reachOf(matched),
    ...over('tags', ['tags'], matched, {
      alone: [{ split: ',' }],
      together: [{ join: ',' }, { split: ',' }],
    }),
    ...simpleRules(timesOf, matched),
  ];
}

const timesOf: readonly SimpleRule[] = ['created_at', 'updated_at'].map((column) => ({
  field: column,
  column,
  make: (from) => ({ from, do: ['datetime'] }),
}));

const sourceOfContact: readonly SimpleRule[] = [
  {
    field: 'lead.source',
    column: 'source',
    make: (from) => ({ from, do: [{ lookup: 'lead-sources' }], keepOriginal: true }),
  },
];

/** Agents have one e-mail and one telephone. */
function agentReach(matched: MatchedColumns): readonly ColumnRule[] {
  const first = (steps: readonly unknown[]) => ({ alone: steps, together: steps });
  return [
    ...over('email', ['email'], matched, first(['emails', 'first'])),
    ...over('phone', ['phone'], matched, first(['phones', 'first'])),
  ];
}

/** Buyer or seller, as the column says; else as the kind of the rows does. */
function typeOfLead(kind: 'leads' | 'owners', matched: MatchedColumns): ColumnRule {
  const usual: RuleText = { value: kind === 'leads' ? 'buyer' : 'seller' };
  const [path] = matched.get('lead.type') ?? [];
  if (path === undefined) return always('type', usual);
  const said: RuleText = { from: path, do: [{ lookup: 'lead-types' }], keepOriginal: true };
  return { column: 'type', rule: [said, usual], fields: ['lead.type'] };
}

/** The type that the column says; else what has a due date or is done is a task, and the rest a note. */
function typeOfActivity(matched: MatchedColumns): ColumnRule {
  const isTask = matched.has('activity.due_at') || matched.has('activity.done');
  const usual = isTask ? 'task' : 'note';
  const [path] = matched.get('activity.type') ?? [];
  if (path === undefined) return always('type', { value: usual });
  const said: RuleText = { from: path, do: [{ lookup: 'activity-types' }], keepOriginal: true };
  return { column: 'type', rule: [said, { value: usual }], fields: ['activity.type'] };
}

/** What of a listing is no single text: its place on the map, and its texts by language. */
function listingOf(matched: MatchedColumns): readonly ColumnRule[] {
  const [latitude] = matched.get('latitude') ?? [];
  const [longitude] = matched.get('longitude') ?? [];
  const place =
    latitude === undefined || longitude === undefined
      ? []
      : (['latitude', 'longitude'] as const).map((column): ColumnRule => ({
          column,
          rule: { combine: [latitude, longitude], do: [{ coordinate: column }] },
          fields: [column],
        }));
  const texts = (
    [
      ['property.title', 'titles'],
      ['property.description', 'descriptions'],
      ['url', 'urls'],
    ] as const
  ).flatMap(([field, column]): ColumnRule[] => {
    const [path] = matched.get(field) ?? [];
    // Nothing says in which language the text is.
    const rule: RuleText = { from: path, do: ['by-language'] };
    return path === undefined ? [] : [{ column, rule, fields: [field] }];
  });
  return [
    ...streetOf('address_street', matched),
    ...postcodeOf('postcode', matched),
    ...place,
    ...texts,
  ];
}
