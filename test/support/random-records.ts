// Records that nobody would think of, for laws that hold whatever the records are.
import fc from 'fast-check';
import type { TableName } from '../../src/crm/column.ts';
import type { TablePolicy } from '../../src/mapping/contract.ts';
import type { TestDraft, TestRecord } from './engine.ts';

/**
 * How often a law is tried, and from which seed. To see a run again that failed:
 * FAST_CHECK_SEED=… npx vitest run test/property
 */
export const settings = {
  numRuns: process.env['CI'] ? 6 : 12,
  // CI asks the same questions every time; new ones are asked at home.
  seed: Number(
    process.env['FAST_CHECK_SEED'] ?? (process.env['CI'] ? 20_261_121 : Date.now() % 2 ** 31),
  ),
};

// What a database can hold; keys and texts alike have been cleaned of the rest before they are staged.
const awkward = ['\\N', '\\.', 'NULL', '{}', '"', "');--", 'ñ', '👩‍👩‍👧', '\\\\', '\\t', '\r\n'];
const text = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...awkward))
  .map((found) => found.replaceAll('\0', '').toWellFormed());

const awkwardIds = ['1:2', '1#2', 'a"b', "a'b", 'a\\b', 'a\tb', 'a\nb', 'é', '😀', '%', '_', '#'];
const id = (most: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: most }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom(...awkwardIds) },
  );

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });
const link = (entity: string) => maybe(id(7).map((found) => `${entity}:${found}`));
const fate = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('rejected' as const, 'excluded' as const) },
);

/** An object of what is there. */
const filled = <Value>(values: Readonly<Record<string, Value | undefined>>) =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
const withFate = (found: TestDraft['fate']): Pick<TestDraft, 'fate'> =>
  found === undefined ? {} : { fate: found };

const user = fc
  .record({ id: id(5), name: text, email: maybe(fc.nat(5)), deleted: fc.boolean(), fate })
  .map((drawn): TestRecord => [
    {
      table: 'users',
      key: `users:${drawn.id}`,
      deleted: drawn.deleted,
      ...withFate(drawn.fate),
      values: {
        last_name: drawn.name,
        email: drawn.email === undefined ? null : `A${drawn.email}@example.com`,
      },
    },
  ]);

const company = fc
  .record({ id: id(5), name: text, contact: link('contacts'), deleted: fc.boolean(), fate })
  .map((drawn): TestRecord => [
    {
      table: 'relations',
      key: `companies:${drawn.id}`,
      deleted: drawn.deleted,
      ...withFate(drawn.fate),
      values: { name: drawn.name },
      links: filled({ main_contact_id: drawn.contact }),
    },
  ]);

const contact = fc
  .record({
    id: id(6),
    first: text,
    notes: maybe(text),
    tags: fc.array(text, { maxLength: 3 }),
    custom: fc.dictionary(text, text, { maxKeys: 2 }),
    owner: link('users'),
    company: link('companies'),
    spouse: link('contacts'),
    deleted: fc.boolean(),
    fate,
  })
  .map((drawn): TestRecord => [
    {
      table: 'people',
      key: `contacts:${drawn.id}`,
      deleted: drawn.deleted,
      ...withFate(drawn.fate),
      values: {
        section: 'contact',
        first_name: drawn.first,
        notes: drawn.notes ?? null,
        tags: drawn.tags,
        custom_fields: JSON.stringify(drawn.custom),
      },
      links: filled({
        owner_id: drawn.owner,
        relation_id: drawn.company,
        spouse_id: drawn.spouse,
      }),
    },
  ]);

/** With the person inside it, or of somebody else. */
const lead = fc
  .record({
    id: id(5),
    own: fc.boolean(),
    person: link('contacts'),
    message: text,
    property: link('properties'),
    fate,
  })
  .map((drawn): TestRecord => {
    const key = `leads:${drawn.id}`;
    const root: TestDraft = {
      table: 'leads',
      key,
      ...withFate(drawn.fate),
      values: { type: 'buyer', message: drawn.message },
      links: filled({
        person_id: drawn.own ? `${key}#person` : drawn.person,
        property_id: drawn.property,
      }),
    };
    const person: TestDraft = {
      table: 'people',
      key,
      part: 'person',
      ...withFate(drawn.fate),
      values: { section: 'lead', first_name: drawn.message },
    };
    return drawn.own ? [root, person] : [root];
  });

const property = fc
  .record({
    id: id(5),
    reference: maybe(fc.constantFrom('R1', 'R2', 'R3')),
    price: fc.nat(1e9),
    images: fc.uniqueArray(id(3), { maxLength: 3 }),
    owner: link('contacts'),
    agent: link('users'),
    deleted: fc.boolean(),
    fate,
  })
  .map((drawn): TestRecord => {
    const key = `properties:${drawn.id}`;
    const rest = { deleted: drawn.deleted, ...withFate(drawn.fate) };
    return [
      {
        table: 'properties',
        key,
        ...rest,
        values: {
          status: 'active',
          reference: drawn.reference ?? null,
          price: String(drawn.price),
        },
        links: filled({ owner_person_id: drawn.owner, agent_id: drawn.agent }),
      },
      ...drawn.images.map((url, index) => ({
        table: 'property_images' as const,
        key,
        part: `images/${url}`,
        ...rest,
        values: { url, position: String(index + 1) },
        links: { property_id: key },
      })),
    ];
  });

const deal = fc
  .record({
    id: id(4),
    name: text,
    people: fc.uniqueArray(id(7), { maxLength: 3 }),
    lead: link('leads'),
    fate,
  })
  .map((drawn): TestRecord => {
    const key = `deals:${drawn.id}`;
    return [
      {
        table: 'deals',
        key,
        ...withFate(drawn.fate),
        values: { name: drawn.name },
        links: filled({ lead_id: drawn.lead }),
      },
      ...drawn.people.map((person) => ({
        table: 'deal_people' as const,
        key,
        part: `contacts/${person}`,
        ...withFate(drawn.fate),
        links: { deal_id: key, person_id: `contacts:${person}` },
      })),
    ];
  });

const note = fc
  .record({
    id: id(4),
    body: text,
    deal: link('deals'),
    person: link('contacts'),
    replyTo: link('notes'),
  })
  .map((drawn): TestRecord => [
    {
      table: 'activities',
      key: `notes:${drawn.id}`,
      values: { type: 'note', body: drawn.body },
      links: filled({ deal_id: drawn.deal, person_id: drawn.person, activity_id: drawn.replyTo }),
    },
  ]);

/** Records of every entity; some ids, e-mails and references stand several times. */
export const records = fc.array(fc.oneof(user, company, contact, lead, property, deal, note), {
  maxLength: 40,
});

/** Each id once, each e-mail of an agent once, each reference once: no two records compete. */
export const peaceful = records.map((found): TestRecord[] => {
  const seen = new Set<string>();
  const isNew = ([root]: TestRecord) => {
    const known = seen.has(root?.key ?? '');
    seen.add(root?.key ?? '');
    return !known;
  };
  return found
    .filter(isNew)
    .map((drafts, index) => drafts.map((draft) => unrivalled(draft, index)));
});

function unrivalled(draft: TestDraft, index: number): TestDraft {
  const own = { email: `a${index}@example.com`, reference: `R${index}` };
  const values = Object.fromEntries(
    Object.entries(draft.values ?? {}).map(([name, value]) => [
      name,
      value !== null && (name === 'email' || name === 'reference') ? own[name] : value,
    ]),
  );
  return { ...draft, values };
}

/** The policies under which they are imported. */
export const policies: Partial<Record<TableName, Partial<TablePolicy>>> = {
  users: { match: { any: [['email']], then: 'update' } },
  properties: {
    match: { any: [['reference']], then: 'update' },
    missing: { agent_id: 'placeholder' },
  },
  people: { missing: { owner_id: 'placeholder' } },
  activities: { missing: { person_id: 'park' } },
};
