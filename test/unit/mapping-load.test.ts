import { describe, expect, it } from 'vitest';
import { MappingError } from '../../src/model/errors.ts';
import { compileMappings } from '../../src/mapping/compile.ts';
import { aThing, demoMappings } from '../support/mapping.ts';
import { spanishAgency } from '../support/transform.ts';

const entities = {
  things: {
    id: 'id',
    title: 'Things',
    fields: {
      id: {},
      name: {},
      address: { of: { city: {}, street: {} } },
      photos: { list: true, of: { url: {}, tag: {} } },
      texts: { about: 'by language' },
    },
  },
  others: { id: 'id', title: 'Others', fields: { id: {} } },
};

/** Every line of the error that a mapping of things gives; the first line of the text is line 4. */
function findings(text: string, tables: readonly string[] = []): readonly string[] {
  try {
    demoMappings([`from: things\n${text}`], { entities, tables });
  } catch (error) {
    if (error instanceof MappingError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a mapping file', () => {
  it('that is right has no findings', () => {
    const text = `to: relations
fields:
  name: { from: name }
  address_city: { from: address.city }
  notes: { from: texts.en }
ignore: ['photos.tag']`;
    expect(findings(text)).toEqual([]);
  });

  it.each([
    [
      'to: relation\nfields: {}',
      'demo/1.yaml:4 to: the CRM has no table "relation". Did you mean "relations"?',
    ],
    [
      'to: relations\nfields:\n  nam: { from: name }',
      'demo/1.yaml:6 fields.nam: relations has no column "nam". Did you mean "name"?',
    ],
    [
      'to: relations\nfields:\n  name: { from: nmae }',
      'demo/1.yaml:6 fields.name.from: the source has no field "nmae". Did you mean "name"?',
    ],
    [
      'to: relations\nfields:\n  name: { from: address.town }',
      'demo/1.yaml:6 fields.name.from: the source has no field "town".',
    ],
    [
      'to: relations\nfields:\n  name: { from: name, do: [trimm] }',
      'demo/1.yaml:6 fields.name.do.0: there is no transform "trimm". Did you mean "trim"?',
    ],
    [
      'to: relations\nfields:\n  name: { from: name, do: [{ date: { format: ydm } }] }',
      'demo/1.yaml:6 fields.name.do.0.date.format: Invalid option: expected one of "auto"|"iso"|"dmy"|"mdy"',
    ],
    [
      'to: relations\nfields:\n  type: { from: name, do: [{ lookup: relation-tipes }] }',
      'demo/1.yaml:6 fields.type.do.0.lookup: there is no table "relation-tipes". Did you mean "relation-types"?',
    ],
    [
      'to: relations\nfields:\n  name: { from: name, requird: true }',
      'demo/1.yaml:6 fields.name.requird: there is no "requird" here. Did you mean "required"?',
    ],
    [
      'to: relations\nfields:\n  name: { from: name, value: x }',
      'demo/1.yaml:6 fields.name: "from" does not go with "value"',
    ],
    [
      'to: relations\nfields:\n  name: { do: [trim] }',
      'demo/1.yaml:6 fields.name: a rule has one of from, value, link, combine or each',
    ],
    [
      'to: relations\nfields:\n  type: { value: banc }',
      /^demo\/1\.yaml:6 fields\.type\.value: "banc" does not fit type, which is one of .*bank/,
    ],
    [
      'to: relations\nfields:\n  owner_id: { from: name }',
      'demo/1.yaml:6 fields.owner_id: the column refers to users and needs "link"',
    ],
    [
      'to: relations\nfields:\n  name: { link: users, from: name, by: email }',
      'demo/1.yaml:6 fields.name.link: name is not a link',
    ],
    [
      'to: relations\nfields:\n  owner_id: { link: people, from: name, entity: others }',
      'demo/1.yaml:6 fields.owner_id.link: the column refers to users, not to people',
    ],
    [
      'to: relations\nfields:\n  owner_id: { link: users, from: name, entity: othrs }',
      'demo/1.yaml:6 fields.owner_id.entity: the source has no entity "othrs". Did you mean "others"?',
    ],
    [
      'to: relations\nfields:\n  main_contact_id: { link: people, from: name, entity: others, missing: placeholder }',
      'demo/1.yaml:6 fields.main_contact_id.missing: only a missing row of users can become a placeholder',
    ],
    [
      'to: relations\nfields:\n  main_contact_id: { link: people, part: person }',
      'demo/1.yaml:6 fields.main_contact_id.part: no row of "also" is called "person".',
    ],
    [
      'to: relations\nfields:\n  main_contact_id: { link: people, self: true }',
      'demo/1.yaml:6 fields.main_contact_id.self: the root row is one of relations, not of people',
    ],
    [
      'to: people\nfields:\n  first_name: { from: name }',
      'demo/1.yaml:5 fields: the CRM requires people.section, which has no rule',
    ],
    [
      'to: relations\nmatch: [nam]\nfields: {}',
      'demo/1.yaml:5 match.0: relations has no column "nam". Did you mean "name"?',
    ],
    [
      'to: relations\npolicy: { fill: [notes], never: [notes] }\nfields: {}',
      'demo/1.yaml:5 policy.never.0: relations.notes is under "fill" and under "never"',
    ],
    [
      'to: relations\nfields:\n  is_deleted: { value: "true" }',
      'demo/1.yaml:6 fields.is_deleted: is set by itself and takes no rule',
    ],
    [
      'to: properties\nfields:\n  p: { each: photos, to: property_images, key: link, fields: { url: { from: url } } }',
      'demo/1.yaml:6 fields.p.key: the source has no field "link".',
    ],
    [
      'to: relations\nfields: {}\nignore: [photo]',
      'demo/1.yaml:6 ignore.0: the source has no field "photo". Did you mean "photos"?',
    ],
    ['to: relations\nfields: {}\nfields: {}', 'demo/1.yaml:6: Map keys must be unique'],
    ['to: relations', 'demo/1.yaml:1 fields: is missing; expected a group'],
  ])('%j is refused', (text, finding) => {
    const relationTypes = 'table: relation-types\nvalues: { bank: [Banco] }';
    const found = findings(text, [relationTypes]);
    if (typeof finding === 'string') expect(found).toContain(finding);
    else expect(found.join('\n')).toMatch(finding);
  });

  it('is refused with all its findings at once', () => {
    const text = 'to: relations\nfields:\n  nam: { from: name }\n  notes: { from: nmae }';
    expect(findings(text)).toHaveLength(2);
  });

  it('is never executed, and an alias bomb in it is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 0; level < 8; level += 1) {
      const above = String.fromCharCode(97 + level);
      const name = String.fromCharCode(98 + level);
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${above}`).join(', ')}]`);
    }
    expect(findings(bomb.join('\n'))).toEqual(['demo/1.yaml:1: refers to too many aliases']);
  });
});

describe('a set of mapping files', () => {
  const relation = 'to: relations\nfields: { name: { from: name } }';

  it('has one mapping an entity, of one adapter', () => {
    expect(() => demoMappings([`from: things\n${relation}`, `from: things\n${relation}`])).toThrow(
      'demo/2.yaml:3 from: there is another mapping of "things"; all but one need "when" or "unless"',
    );
    expect(() =>
      compileMappings([{ name: 'a.yaml', text: `mapping: 1\nadapter: a\nfrom: b\n${relation}` }], {
        adapter: 'demo',
        account: spanishAgency,
      }),
    ).toThrow('a.yaml:2 adapter: is a mapping of "a"; expected "demo"');
  });

  it('may divide an entity by conditions, which are asked first', () => {
    const company = `from: things\nwhen: { kind: [company] }\n${relation}`;
    const rest = 'from: things\nto: people\nfields: { section: { value: contact } }';
    const note =
      'from: notes\nto: activities\nfields:\n  type: { value: note }\n  person_id: { link: people, from: on, entity: things }';
    const set = demoMappings([rest, company, note]);
    const tableOf = (kind: string) => set.map(aThing({ kind })).drafts.map(({ table }) => table);
    expect(tableOf('company')).toEqual(['relations']);
    expect(tableOf('person')).toEqual(['people']);
    expect(set.roots).toEqual({ things: ['relations', 'people'], notes: ['activities'] });
    expect(set.tables.activities?.elsewhere).toEqual({ person_id: ['relations'] });
    expect(set.coverage()).toContainEqual({
      entity: 'things',
      field: 'kind',
      filled: 1,
      use: 'custom',
    });
    const [kept] = demoMappings([company, company.replace('company', 'firm')]).map(
      aThing({ kind: 'person' }),
    ).drafts;
    expect(kept?.fate).toBe('excluded');
  });

  it('agrees on what it says of a table', () => {
    const other = 'from: others\nto: relations\nmatch: [email]\nfields: { name: { from: name } }';
    expect(() => demoMappings([`from: things\nmatch: [phone]\n${relation}`, other])).toThrow(
      'demo/2.yaml:5 match: another mapping matches relations on phone',
    );
  });

  it('has no value table in which a spelling means two values', () => {
    const table = 'table: t\nvalues:\n  a: [One]\n  b: [Two, óne]';
    expect(() => demoMappings([`from: things\n${relation}`], { tables: [table] })).toThrow(
      'tables/1.yaml:4 values.b.1: "óne" is a spelling of "a" already; it can mean one value',
    );
  });

  it('has the same hash wherever the files lie, and another for another text', () => {
    const hash = (name: string, text: string) =>
      compileMappings([{ name, text: `mapping: 1\nadapter: demo\nfrom: things\n${text}` }], {
        adapter: 'demo',
        account: spanishAgency,
      }).hash;
    expect(hash('a/x.yaml', relation)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash('a/x.yaml', relation)).toBe(hash('b/x.yaml', relation));
    expect(hash('a/x.yaml', relation)).not.toBe(hash('a/x.yaml', `${relation} `));
  });

  it.each([
    [
      'to: people\nfields:\n  relation_id: { link: relations, from: company, entity: others, by: nam }',
      'relation_id.by: relations has no text column "nam". Did you mean "name"?',
    ],
    [
      'to: people\nfields:\n  relation_id: { link: relations, from: company, by: name }',
      'relation_id: "by: name" finds a row of one source entity; "entity" must say which',
    ],
    [
      'to: people\nfields:\n  spouse_id: { link: people, from: spouse, entity: things, by: last_name }',
      'spouse_id.by: people are found by "email" or "phone" alone: several may have one name',
    ],
    [
      'to: people\nfields:\n  owner_id: { link: users, from: agent, by: last_name }',
      'owner_id.by: users are found by "email" alone',
    ],
    [
      'to: people\nfields:\n  relation_id: { link: relations, from: company, entity: others, part: x, by: name }',
      'relation_id.part: a link by a value means the row a record stands for, and has no part',
    ],
  ])('says what is wrong with a link by a value (%#)', (text, finding) => {
    const found = findings(text).map((line) => line.replace(/^.*:\d+ fields\./, ''));
    expect(found).toContain(finding);
  });

  it.each([
    ['match: [email]', [['email']], 'update'],
    ['match: [[email], [phone]]', [['email'], ['phone']], 'update'],
    [
      'match: { any: [email, [phone, birthday]], then: link }',
      [['email'], ['phone', 'birthday']],
      'link',
    ],
    ['match: { any: [national_id], then: create }', [['national_id']], 'create'],
  ])('reads %s', (match, any, then) => {
    const text = `from: things\nto: people\n${match}\nfields: { section: { value: contact } }`;
    expect(demoMappings([text]).tables.people?.match).toEqual({ any, then });
  });

  it.each([
    [
      'match: [first_name, last_name]',
      'people are matched on email, phone or national_id, alone or with more; a name alone is no match',
    ],
    [
      'match: { any: [email, last_name] }',
      'people are matched on email, phone or national_id, alone or with more; a name alone is no match',
    ],
    [
      'match: [[email, owner_id]]',
      'rows cannot be matched on owner_id, which holds no single value',
    ],
    ['match: { any: [mail] }', 'people has no column "mail". Did you mean "email"?'],
    ['match: { then: link }', 'expected columns, a list of alternatives, or "any" with "then"'],
    [
      'match: { any: [email], then: merge }',
      'expected columns, a list of alternatives, or "any" with "then"',
    ],
  ])('refuses %s', (match, finding) => {
    const found = findings(`to: people\n${match}\nfields: { section: { value: contact } }`);
    expect(found.some((line) => line.endsWith(finding))).toBe(true);
  });

  it('tells the plan by which values links find rows', () => {
    const text = `from: things
to: people
fields:
  section: { value: contact }
  owner_id: { link: users, from: agent, entity: others, by: email }
  relation_id:
    - { link: relations, from: company, entity: others, by: name }
    - { link: relations, from: companyMail, entity: others, by: email }
    - { link: relations, from: brand, entity: others, by: name }`;
    expect(demoMappings([text]).tables.people?.lookups).toEqual({
      relation_id: [
        { entity: 'others', column: 'name' },
        { entity: 'others', column: 'email' },
      ],
    });
  });

  it('tells the plan what it must know of each table', () => {
    const text = `from: things
to: deals
match: [reference]
policy: { fill: [name], never: [owner_id], erase: [value] }
fields:
  reference: { from: ref }
  owner_id: { link: users, from: agent, by: email, missing: placeholder }
  people: { each: people, to: deal_people, fields: { person_id: { link: people, from: ., entity: others } } }`;
    const { tables, roots } = demoMappings([text]);
    expect(roots).toEqual({ things: ['deals'] });
    expect(tables).toEqual({
      deals: {
        columns: ['reference', 'owner_id'],
        match: { any: [['reference']], then: 'update' },
        same: [],
        missing: { owner_id: 'placeholder', lead_id: 'null' },
        lookups: {},
        elsewhere: {},
        fields: { name: 'fill', owner_id: 'never' },
        erase: ['value'],
        overwrite: [],
        twins: false,
      },
      deal_people: {
        columns: ['person_id', 'deal_id'],
        match: { any: [], then: 'update' },
        same: [],
        missing: { deal_id: 'park', person_id: 'park' },
        lookups: {},
        elsewhere: {},
        fields: {},
        erase: [],
        overwrite: [],
        twins: false,
      },
      // For the placeholders.
      users: {
        columns: [],
        match: { any: [], then: 'update' },
        same: [],
        missing: {},
        lookups: {},
        elsewhere: {},
        fields: {},
        erase: [],
        overwrite: [],
        twins: false,
      },
    });
  });
});
