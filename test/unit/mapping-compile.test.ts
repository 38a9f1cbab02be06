import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/model/record.ts';
import { aThing, codesOf, demoMappings, mapThing, rowOf } from '../support/mapping.ts';

describe('a rule', () => {
  it('takes the value at a path, through groups, dotted names and lists', () => {
    const people = `to: people
fields:
  section: { value: contact }
  address_city: { from: address.city }
  address_street: { from: address.street }
  emails: { from: mails.address }`;
    const fields = {
      'address.city': 'Jávea',
      address: { street: 'Mayor' },
      mails: [{ address: 'a@b.es' }, { other: null }, { address: 'c@d.es' }],
    };
    expect(rowOf(people, fields)).toEqual({
      section: 'contact',
      address_city: 'Jávea',
      address_street: 'Mayor',
      emails: ['a@b.es', 'c@d.es'],
    });
  });

  it('reads only what a record has itself', () => {
    const text =
      'to: relations\nfields: { name: { from: constructor }, notes: { from: a.toString } }';
    expect(rowOf(text, { a: {} })).toEqual({ name: null, notes: null });
  });

  it('combines fields into a list', () => {
    const text = 'to: relations\nfields: { name: { combine: [a, b, c], do: [{ join: " " }] } }';
    expect(rowOf(text, { a: 'x', c: 'z' })).toEqual({ name: 'x z' });
  });

  it('applies under its conditions, and the first that gives a value is taken', () => {
    const text = `to: relations
fields:
  name:
    - { from: a, when: { kind: [one, two] }, unless: { skip: filled } }
    - { from: b, when: { a: empty } }
    - { from: c }`;
    const name = (fields: Record<string, string>) => rowOf(text, fields)['name'];
    expect(name({ kind: 'one', a: '1', b: '2', c: '3' })).toBe('1');
    expect(name({ kind: 'two', a: '1', skip: 'x', c: '3' })).toBe('3');
    expect(name({ kind: 'one', a: ' ', b: '2', c: '3' })).toBe('2');
    expect(name({ kind: 'one', a: '', b: '', c: '3' })).toBe('3');
    expect(name({})).toBeNull();
  });

  it('keeps what a lookup changes where it is told to', () => {
    const tables = ['table: kinds\nvalues: { bank: [Banco, Caja] }'];
    const text = (keep: string) =>
      `to: relations\nfields: { type: { from: kind, do: [{ lookup: kinds }]${keep} } }`;
    expect(rowOf(text(''), { kind: 'cája' }, { tables })).toEqual({ type: 'bank' });
    expect(rowOf(text(', keepOriginal: true'), { kind: 'Caja' }, { tables })).toEqual({
      type: 'bank',
      custom_fields: '{"kind":"Caja"}',
    });
    expect(rowOf(text(', keepOriginal: true'), { kind: 'bank' }, { tables })).toEqual({
      type: 'bank',
    });
  });

  it('keeps what it cannot use, and says so with the place', () => {
    const text = 'to: deals\nfields: { value: { from: price.amount, do: [decimal] } }';
    expect(rowOf(text, { price: { amount: 'lots' } })).toEqual({
      value: null,
      custom_fields: '{"price.amount":"lots"}',
    });
    expect(mapThing(text, { price: { amount: 'lots' } }).issues).toEqual([
      {
        code: 'VALUE_NOT_A_NUMBER',
        severity: 'warning',
        entity: 'things',
        sourceId: '7',
        file: 'things.json',
        line: 12,
        field: 'price.amount',
        value: 'lots',
      },
    ]);
  });

  it('cuts long values in issues', () => {
    const text = 'to: deals\nfields: { value: { from: a, do: [decimal] } }';
    const [found] = mapThing(text, { a: 'x'.repeat(1000) }).issues;
    expect(found?.value).toBe(`${'x'.repeat(500)}…`);
  });
});

describe('a link by a value', () => {
  const text = `to: deal_people
fields:
  deal_id: { link: deals, from: deal, entity: deals, by: name }
  person_id:
    - { link: people, from: mail, entity: persons, by: email }
    - { link: people, from: phone, entity: persons, by: phone }`;
  const linksOf = (fields: Fields) => mapThing(text, fields).drafts[0]?.links;

  it('refers to the row by the value as written, e-mails and telephone numbers in their form', () => {
    expect(linksOf({ deal: ' Villa  in Jávea ', mail: ' Ana@Example.com ' })).toEqual({
      deal_id: { by: 'value', entity: 'deals', column: 'name', value: 'Villa  in Jávea' },
      person_id: { by: 'value', entity: 'persons', column: 'email', value: 'ana@example.com' },
    });
    expect(linksOf({ deal: 'Villa', phone: '612 34 56 78' })).toMatchObject({
      person_id: { by: 'value', entity: 'persons', column: 'phone', value: '+34612345678' },
    });
  });

  it('keeps what is no e-mail and no telephone number, and says so', () => {
    const { drafts, issues } = mapThing(text, { deal: 'Villa', mail: 'n/a', phone: 'ask' });
    expect(issues.map(({ code }) => code)).toEqual([
      'EMAIL_INVALID',
      'PHONE_INVALID',
      'REQUIRED_VALUE_MISSING',
    ]);
    expect(drafts[0]?.values['custom_fields']).toBe('{"mail":"n/a","phone":"ask"}');
  });
});

describe('custom_fields', () => {
  const text = 'to: relations\nfields: { name: { from: a.name } }\nignore: [skip]';

  it('hold every field with data that has no rule, by its path', () => {
    const fields = {
      a: { name: 'x', size: '3', more: { deep: 'y' } },
      blank: ' ',
      none: null,
      skip: 'z',
      list: ['1', { b: '2' }],
      empty: [[''], {}],
    };
    expect(rowOf(text, fields)['custom_fields']).toBe(
      '{"a.more.deep":"y","a.size":"3","list":["1",{"b":"2"}]}',
    );
  });

  it('keep texts as they are written, but for what the database cannot hold', () => {
    expect(rowOf(text, { b: ' CafÃ©\r\n' })['custom_fields']).toBe(
      JSON.stringify({ b: ' CafÃ©\r\n' }),
    );
    expect(rowOf(text, { 'b\0': 'x\0\uD800' })['custom_fields']).toBe(
      JSON.stringify({ 'b\uFFFD': 'x\uFFFD\uFFFD' }),
    );
    expect(codesOf(text, { b: 'x\0' })).toContain('TEXT_CHARACTER_REPLACED');
  });

  it('hold a field that is called __proto__', () => {
    const fields = Object.fromEntries([['__proto__', 'x']]);
    expect(rowOf(text, fields)['custom_fields']).toBe('{"__proto__":"x"}');
  });
});

describe('what a row needs', () => {
  const people = 'to: people\nfields: { section: { from: section }, first_name: { from: first } }';

  it('lets an incomplete row in with one warning', () => {
    const { drafts, issues } = mapThing(people, { section: 'lead', first: 'Ana' });
    expect(issues).toMatchObject([
      { code: 'RECORD_INCOMPLETE', args: { table: 'people', columns: 'last_name, email, phone' } },
    ]);
    expect(drafts[0]?.fate).toBeUndefined();
  });

  it('rejects an incomplete row under strict requirements, of the mapping or of the run', () => {
    const missing = Array(3).fill('REQUIRED_VALUE_MISSING');
    const fields = { section: 'lead', first: 'Ana' };
    expect(codesOf(people, fields, { requirements: 'strict' })).toEqual(missing);
    expect(codesOf(`requirements: strict\n${people}`, fields)).toEqual(missing);
    expect(codesOf(`requirements: strict\n${people}`, fields, { requirements: 'lenient' })).toEqual(
      ['RECORD_INCOMPLETE'],
    );
    const { drafts } = mapThing(people, fields, { requirements: 'strict' });
    expect(drafts).toMatchObject([{ root: true, fate: 'rejected' }]);
  });

  it('does not ask deleted records for what is expected', () => {
    const set = demoMappings([`from: things\n${people}`], { requirements: 'strict' });
    const { drafts, issues } = set.map(aThing({ section: 'lead' }, { deleted: true }));
    expect(drafts[0]).not.toHaveProperty('fate');
    expect(issues).toEqual([]);
  });

  it('rejects a record without what the database or the mapping requires', () => {
    expect(codesOf(people, { section: 'friend' })).toEqual([
      'VALUE_NOT_FOR_COLUMN',
      'REQUIRED_VALUE_MISSING',
      'RECORD_INCOMPLETE',
    ]);
    const text = 'to: relations\nfields: { name: { from: a.b, required: true } }';
    const [found] = mapThing(text, {}).issues;
    expect(found).toMatchObject({
      code: 'REQUIRED_VALUE_MISSING',
      severity: 'error',
      field: 'a.b',
    });
  });

  it('says where a minimum is above its maximum', () => {
    const leads =
      'to: leads\nfields: { person_id: { link: people, from: p, entity: others }, price_min: { from: a }, price_max: { from: b } }';
    expect(codesOf(leads, { p: '1', a: '900', b: '1000' })).toEqual(['RECORD_INCOMPLETE']);
    expect(codesOf(leads, { p: '1', a: '9000', b: '1000' })).toEqual([
      'RECORD_INCOMPLETE',
      'MINIMUM_ABOVE_MAXIMUM',
    ]);
    expect(rowOf(leads, { p: '1', a: '9000', b: '1000' })).toMatchObject({
      price_min: '9000',
      price_max: '1000',
    });
  });
});

describe('a record', () => {
  it('that does not fit the mapping is one excluded root draft without findings', () => {
    const text = `to: relations
when: { kind: [company] }
fields: { name: { from: name, required: true } }
also: [{ to: activities, part: note, fields: { type: { value: note } } }]`;
    const { drafts, issues } = mapThing(text, { kind: 'person' });
    expect(drafts).toMatchObject([{ root: true, fate: 'excluded' }]);
    expect(issues).toEqual([]);
  });

  it('of an entity without a mapping gives an issue and no draft', () => {
    const set = demoMappings(['from: things\nto: relations\nfields: { name: { from: name } }']);
    expect(set.map(aThing({}, { entity: 'others' }))).toMatchObject({
      drafts: [],
      issues: [{ code: 'ENTITY_NOT_MAPPED', severity: 'error', entity: 'others', sourceId: '7' }],
    });
  });

  it('that is rejected takes all its rows with it', () => {
    const text = `to: relations
fields: { name: { from: name } }
also:
  - to: activities
    part: note
    fields: { type: { from: kind }, relation_id: { link: relations, self: true } }`;
    const { drafts } = mapThing(text, { name: 'x', kind: 'song' });
    expect(drafts.map(({ table, fate }) => [table, fate])).toEqual([
      ['relations', 'rejected'],
      ['activities', 'rejected'],
    ]);
  });
});

describe('a twin', () => {
  const text =
    'twin: { from: contact, entity: things }\nto: relations\nfields: { name: { from: name } }';

  it('is the record that a record names', () => {
    const twinOf = (contact: string) => mapThing(text, { contact }).drafts[0]?.twin;
    expect(twinOf(' 55 ')).toBe('things:55');
    expect(twinOf('')).toBeUndefined();
    expect(demoMappings([`from: things\n${text}`]).tables.relations?.twins).toBe(true);
  });

  it('stays in the custom fields, and is of an entity of the same table', () => {
    expect(rowOf(text, { contact: '55' })['custom_fields']).toBe('{"contact":"55"}');
    const people = 'from: people\nto: people\nfields: { section: { value: contact } }';
    expect(() =>
      demoMappings([people, `from: things\n${text.replace('entity: things', 'entity: people')}`]),
    ).toThrow('twin.entity: "people" becomes rows of people, not of relations');
  });
});

describe('further rows', () => {
  const lead = `to: leads
fields:
  person_id:
    - { link: people, from: contactId, entity: contacts }
    - { link: people, part: person }
  owner_id: { link: users, from: agent, by: email, missing: placeholder }
also:
  - to: people
    part: person
    when: { contactId: empty }
    fields: { section: { value: lead }, email: { from: email } }`;

  it('of a record are named by their part, and linked by it', () => {
    const { drafts } = mapThing(lead, { contactId: '', email: 'a@b.es', agent: ' Eva@B.es ' });
    expect(drafts).toMatchObject([
      {
        table: 'leads',
        part: '',
        root: true,
        links: {
          person_id: { by: 'key', key: 'things:7#person' },
          owner_id: { by: 'email', email: 'eva@b.es' },
        },
      },
      { table: 'people', part: 'person', root: false, values: { email: 'a@b.es' } },
    ]);
  });

  it('in another table may have the key of the record', () => {
    const text = `to: relations
fields: { name: { from: name } }
also:
  - to: people
    when: { first: filled }
    fields: { section: { value: contact }, first_name: { from: first } }`;
    expect(mapThing(text, { name: 'Firm', first: 'Ana' }).drafts).toMatchObject([
      { table: 'relations', part: '', root: true },
      { table: 'people', part: '', root: false, values: { first_name: 'Ana' } },
    ]);
    expect(mapThing(text, { name: 'Firm' }).drafts).toHaveLength(1);
    expect(() => mapThing(text.replace('people', 'relations'), {})).toThrow(
      'also.0: a second row of relations needs a "part"',
    );
  });

  it('that do not apply are not linked', () => {
    const { drafts } = mapThing(lead, { contactId: '41', agent: 'nobody' });
    expect(drafts).toHaveLength(1);
    expect(drafts[0]?.links).toEqual({ person_id: { by: 'key', key: 'contacts:41' } });
    expect(drafts[0]?.values['custom_fields']).toBe('{"agent":"nobody"}');
  });

  const photos = `to: properties
fields:
  reference: { from: ref }
  images:
    each: photos
    when: { tag: [photo] }
    to: property_images
    key: url
    fields: { url: { from: url }, position: { from: at } }`;

  it('of a list have the key of their item, and the link to their owner', () => {
    const photo = (url: string, rest = {}) => ({ url, tag: 'photo', ...rest });
    const { drafts, issues } = mapThing(photos, {
      ref: 'A1',
      photos: [
        photo('a.jpg', { at: '1', alt: 'Pool' }),
        { url: 'plan.pdf', tag: 'plan' },
        photo('b.jpg', { at: 'x' }),
        photo('a.jpg'),
        photo(''),
        {},
      ],
    });
    expect(drafts.slice(1)).toMatchObject([
      {
        part: 'images/a.jpg',
        links: { property_id: { key: 'things:7' } },
        values: { url: 'a.jpg', position: '1' },
      },
      { part: 'images/b.jpg', values: { url: 'b.jpg', position: null } },
      { part: 'images//5', values: { url: null } },
    ]);
    expect(JSON.parse(String(drafts[1]?.values['custom_fields']))).toMatchObject({ alt: 'Pool' });
    expect(issues.map(({ code, field }) => [code, field])).toEqual([
      ['VALUE_NOT_FOR_COLUMN', 'photos[].at'],
      ['IMAGE_REPEATED', 'photos[].url'],
    ]);
  });

  it('of a list are numbered where there is no key, and one item is a list of one', () => {
    const text = `to: deals
fields:
  people: { each: ids, to: deal_people, fields: { person_id: { link: people, from: ., entity: contacts } } }`;
    const parts = (ids: string | string[]) =>
      mapThing(text, { ids })
        .drafts.slice(1)
        .map(({ part, links }) => [part, links['person_id']]);
    expect(parts(['4', '5'])).toEqual([
      ['people/1', { by: 'key', key: 'contacts:4' }],
      ['people/2', { by: 'key', key: 'contacts:5' }],
    ]);
    expect(parts('4')).toHaveLength(1);
    expect(parts('')).toHaveLength(0);
  });

  it('of a deleted record are deleted too', () => {
    const set = demoMappings([`from: things\n${photos}`]);
    const { drafts } = set.map(
      aThing({ ref: 'A1', photos: [{ url: 'a', tag: 'photo' }] }, { deleted: true }),
    );
    expect(drafts.map(({ deleted }) => deleted)).toEqual([true, true]);
  });
});

describe('the coverage', () => {
  const text = `from: things
to: properties
fields:
  reference: { from: ref }
  images: { each: photos, to: property_images, fields: { url: { from: url } } }
ignore: [secret]`;

  it('counts the records that have data in a field, and where it goes', () => {
    const set = demoMappings([text]);
    set.map(aThing({ ref: 'A', photos: [{ url: 'a', alt: 'x' }, { url: 'b' }], secret: 'x' }));
    set.map(aThing({ ref: 'B', photos: [], tags: ['x', 'y'], size: { m2: '3' } }));
    set.map(aThing({ ref: ' ', tags: [] }));
    const byField = Object.fromEntries(
      set.coverage().map(({ entity, field, filled, use }) => [field, [entity, filled, use]]),
    );
    expect(byField).toEqual({
      ref: ['things', 2, 'mapped'],
      'photos[].url': ['things', 1, 'mapped'],
      'photos[].alt': ['things', 1, 'custom'],
      secret: ['things', 1, 'ignored'],
      'tags[]': ['things', 1, 'custom'],
      'size.m2': ['things', 1, 'custom'],
    });
  });

  it('is bounded, however many names the data has, and loses nothing', () => {
    const set = demoMappings([text]);
    for (let index = 0; index < 6000; index += 1) {
      const { drafts } = set.map(aThing({ [`name ${index}`]: 'x' }));
      expect(drafts[0]?.values['custom_fields']).toBe(`{"name ${index}":"x"}`);
    }
    const coverage = set.coverage();
    expect(coverage.length).toBeLessThanOrEqual(5001);
    expect(coverage.reduce((sum, { filled }) => sum + filled, 0)).toBe(6000);
    expect(coverage.find(({ field }) => field === '…')?.filled).toBeGreaterThan(900);
  });
});
