import { describe, expect, it } from 'vitest';
import { column, fieldsOfHeaders, proposed } from '../../support/headers.ts';

const emails = ['ana@example.com', 'jan@example.com', 'karl@example.com', 'mary@example.com'];
const phones = ['+34 600 111 222', '+34 600 111 333', '+34 600 111 444', '600 111 555'];

describe('the name of a column', () => {
  it('is compared without case, accents and separators', () => {
    expect(fieldsOfHeaders('contacts', ['TELEFONO', 'first-name', 'CODIGO_POSTAL'])).toEqual({
      TELEFONO: 'phone',
      'first-name': 'first_name',
      CODIGO_POSTAL: 'address.zip_code',
    });
  });

  it.each([
    // formats.md §7.4: words that mean one thing here and another there
    ['de', ['Vorname', 'Region', 'Land'], ['first_name', 'address.state', 'address.country']],
    ['nl', ['voornaam', 'land'], ['first_name', 'address.country']],
    [
      'es',
      ['Apellidos', 'País o región', 'Provincia o estado'],
      ['last_name', 'address.country', 'address.state'],
    ],
    ['fr', ['Prénom', 'Titre', 'Pays/Région'], ['first_name', 'job_title', 'address.country']],
    ['fr', ['Prénom', 'Nom'], ['first_name', 'last_name']],
    ['de', ['Vorname', 'Name'], ['first_name', 'last_name']],
    ['es', ['Nombre', 'Apellidos'], ['first_name', 'last_name']],
    ['nl', ['voornaam', 'tussenvoegsel', 'achternaam'], ['first_name', 'name_infix', 'last_name']],
  ])('has its traps in %s: %j', (_language, headers, fields) => {
    expect(Object.values(fieldsOfHeaders('contacts', headers))).toEqual(fields);
  });

  it('is the whole name where it stands alone', () => {
    expect(fieldsOfHeaders('contacts', ['Name', 'Email'])).toMatchObject({ Name: 'full_name' });
    const { Nombre } = proposed('contacts', [
      column('Nombre', ['Ana Ruiz', 'Jan de Wit', 'Karl Weber']),
      column('Email', emails),
    ]);
    expect(Nombre?.match).toMatchObject({ field: 'full_name', level: 'high' });
  });

  it('says with the words beside it which of several it is', () => {
    expect(
      fieldsOfHeaders('contacts', [
        'Email 2',
        'Phone (work)',
        'Person - Email (Home)',
        'HomePhone2',
      ]),
    ).toEqual({
      'Email 2': 'email',
      'Phone (work)': 'phone',
      'Person - Email (Home)': 'email',
      HomePhone2: 'phone',
    });
  });

  it('says with the words beside it that it is of somebody else', () => {
    const headers = ['Spouse phone', 'Organization - Address', 'Deal - Title', 'Phone 1 - Type'];
    expect(new Set(Object.values(fieldsOfHeaders('contacts', headers)))).toEqual(new Set(['-']));
    const found = proposed('contacts', [column('Spouse phone', phones)]);
    expect(found['Spouse phone']).toMatchObject({ match: null, kept: 'it is about somebody else' });
  });

  it('is taken for what it nearly is, with less confidence', () => {
    const { Telefno: bare } = proposed('contacts', [column('Telefno')]);
    expect(bare?.match).toMatchObject({ field: 'phone', level: 'medium' });
    const { Telefno: filled } = proposed('contacts', [column('Telefno', phones)]);
    expect(filled?.match?.confidence).toBeGreaterThan(bare?.match?.confidence ?? 1);
  });

  it('of few letters is never taken for what it nearly is', () => {
    expect(fieldsOfHeaders('contacts', ['nmae', 'age', 'citi'])).toEqual({
      nmae: '-',
      age: '-',
      citi: '-',
    });
  });

  it('in a language that no other column has, is doubted where it is short', () => {
    const english = ['First name', 'Last name', 'Email', 'Phone', 'City', 'Notes'];
    const { Land } = proposed('contacts', [...english.map((name) => column(name)), column('Land')]);
    expect(Land?.match).toMatchObject({ level: 'medium' });
    expect(Land?.match?.reason).toContain('but no other header is in Dutch or German');
  });
});

describe('the values of a column', () => {
  it('that are something else lower the confidence, and the reason says so', () => {
    const { Phone } = proposed('contacts', [column('Phone', emails)]);
    expect(Phone?.match).toMatchObject({ field: 'email', level: 'medium' });
    expect(Phone?.alternatives).toMatchObject([{ field: 'phone', level: 'low' }]);
    expect(Phone?.alternatives[0]?.reason).toContain('100 % look like e-mail addresses');
  });

  it('suggest a field where the header says nothing, never with high confidence', () => {
    const found = proposed('contacts', [column('X1', emails), column('X2', phones)]);
    expect(found['X1']?.match).toMatchObject({ field: 'email', level: 'medium' });
    expect(found['X2']?.match).toMatchObject({ field: 'phone', level: 'medium' });
  });

  it('that repeat all the time are rather of the agents', () => {
    const few = Array.from({ length: 60 }, (_, row) => emails[row % 2] ?? '');
    const { Email } = proposed('contacts', [column('Email', few)]);
    expect(Email?.match).toMatchObject({ level: 'medium' });
    expect(Email?.match?.reason).toContain('60 rows hold only 2 different values');
  });

  it('choose among the meanings of a header', () => {
    const status = proposed('leads', [column('Estado', ['Nuevo', 'Contactado', 'Perdido'])]);
    expect(status['Estado']?.match).toMatchObject({ field: 'lead.status', level: 'high' });
    const title = proposed('contacts', [column('Title', ['Mr', 'Mrs', 'Dr'])]);
    expect(title['Title']?.match).toMatchObject({ field: 'salutation', level: 'high' });
  });

  it('leave a doubt where they do not choose', () => {
    const { Title } = proposed('contacts', [column('Title')]);
    expect(Title?.match?.level).toBe('medium');
    expect(Title?.match?.reason).toMatch(/but it may be .* as well/);
  });

  it('that say nothing are not counted', () => {
    const { Email } = proposed('contacts', [column('Email', [...emails, '-', '#N/A'])]);
    expect(Email?.match?.level).toBe('high');
  });
});

describe('columns that want the same field', () => {
  it('share one that takes several', () => {
    const found = fieldsOfHeaders('contacts', [
      'Teléfono',
      'Móvil',
      'Teléfono 2',
      'Email',
      'Email 2',
    ]);
    expect(Object.values(found)).toEqual(['phone', 'phone', 'phone', 'email', 'email']);
  });

  it('leave it to the better one', () => {
    const found = proposed('leads', [
      column('lead.status', ['new', 'lost']),
      column('Status', ['open', 'done']),
    ]);
    expect(found['lead.status']?.match).toMatchObject({ field: 'lead.status', level: 'high' });
    expect(found['Status']).toMatchObject({
      match: null,
      kept: '“lead.status” is the better column for Status of the lead',
    });
  });

  it('of equal worth are a doubt', () => {
    const found = proposed('contacts', [
      column('City', ['Ede', 'Ulft']),
      column('Town', ['Ede', 'Ulft']),
    ]);
    const levels = Object.values(found).map(({ match }) => match?.level ?? 'none');
    expect(levels.sort()).toEqual(['medium', 'none']);
  });

  it('of two addresses are those of the fuller one, whole', () => {
    const home = ['Home Street', 'Home City'].map((name) => column(name, ['a', 'b', 'c']));
    const work = ['Business Street', 'Business City'].map((name) => column(name, ['a']));
    const found = proposed('contacts', [...work, ...home, column('Country', ['ES', 'NL'])]);
    expect(Object.entries(found).map(([name, { match }]) => [name, match?.field ?? '-'])).toEqual([
      ['Business Street', '-'],
      ['Business City', '-'],
      ['Home Street', 'address.street'],
      ['Home City', 'address.city'],
      ['Country', 'address.country'],
    ]);
  });

  it('may be two lines of one street', () => {
    expect(fieldsOfHeaders('contacts', ['Address Line 1', 'Address Line 2', 'City'])).toEqual({
      'Address Line 1': 'address.street',
      'Address Line 2': 'address.street',
      City: 'address.city',
    });
  });
});
