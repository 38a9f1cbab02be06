import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile.ts';
import type { MappingSet } from '../../../src/mapping/contract.ts';
import { targetKinds, type TargetKind } from '../../../src/mapping/headers/fields.ts';
import { mappingText } from '../../../src/mapping/headers/mapping-text.ts';
import type { ColumnProfile } from '../../../src/mapping/headers/profile.ts';
import { proposeFields } from '../../../src/mapping/headers/propose.ts';
import { column, knowledge, readHeaderSets, tableFiles } from '../../support/headers.ts';
import { spanishAgency } from '../../support/transform.ts';

function textFor(kind: TargetKind, profiles: readonly ColumnProfile[]): string {
  const proposals = proposeFields(profiles, { kind, ...knowledge });
  return mappingText(proposals, { adapter: 'csv', entity: 'rows', kind, least: 'medium' });
}

function compiled(text: string): MappingSet {
  return compileMappings([...tableFiles, { name: 'proposal.yaml', text }], {
    adapter: 'csv',
    account: spanishAgency,
  });
}

const sets = readHeaderSets();

describe('the mapping that a proposal makes', () => {
  it.each(sets.map((set) => [`${set.system}, ${set.language}, ${set.kind}`, set] as const))(
    'compiles for %s',
    (_name, { kind, columns }) => {
      const profiles = Object.entries(columns).map(([name, { values }]) => column(name, values));
      expect(() => compiled(textFor(kind, profiles))).not.toThrow();
    },
  );

  it('maps a row as one would by hand', () => {
    const rows: readonly Record<string, string>[] = [
      {
        Vorname: 'Karl',
        Name: 'Weber',
        'E-Mail': 'Karl@Example.com',
        'E-Mail 2': 'kw@example.com',
        Handy: '+49 151 2345678',
        PLZ: '1067',
        Land: 'Deutschland',
        'Preis bis': '350000',
        Quelle: 'Idealista',
        Farbe: 'blau',
      },
    ];
    const profiles = Object.keys(rows[0] ?? {}).map((name) =>
      column(
        name,
        rows.map((row) => row[name] ?? ''),
      ),
    );
    const set = compiled(textFor('leads', profiles));
    const mapped = set.map({
      entity: 'rows',
      sourceId: '1',
      deleted: false,
      line: 2,
      file: 'leads.csv',
      ordinal: 0,
      fields: rows[0] ?? {},
    });
    const [lead, person] = mapped.drafts;
    expect(lead?.values).toMatchObject({ type: 'buyer', price_max: '350000', source: 'portals' });
    expect(lead?.values['custom_fields']).toBe('{"Farbe":"blau","Quelle":"Idealista"}');
    expect(person?.values).toMatchObject({
      section: 'lead',
      first_name: 'Karl',
      last_name: 'Weber',
      email: 'karl@example.com',
      emails: ['karl@example.com', 'kw@example.com'],
      phone: '+491512345678',
      phones_as_written: ['+49 151 2345678'],
      address_postcode: '01067',
      address_country: 'DE',
    });
    expect(mapped.issues.map(({ code }) => code)).toContain('LEADING_ZERO_LOST');
  });

  it('says of each column what it is taken for, how surely and why, and what is left', () => {
    const text = textFor('contacts', [
      column('Correo', ['ana@example.com']),
      column('Color', ['rojo']),
    ]);
    expect(text).toContain('# “Correo”: E-mail, 94 %: a name of it in Spanish');
    expect(text).toContain('#  “Color”: neither its name nor what it holds says what it is.');
  });

  it('leaves out what is not sure enough', () => {
    const proposals = proposeFields([column('Telefno', ['+34 600 111 222'])], {
      kind: 'contacts',
      ...knowledge,
    });
    const options = { adapter: 'csv', entity: 'rows', kind: 'contacts' } as const;
    expect(mappingText(proposals, { ...options, least: 'medium' })).toContain('from: Telefno');
    const sure = mappingText(proposals, { ...options, least: 'high' });
    expect(sure).not.toContain('from: Telefno');
    expect(sure).toContain('#  “Telefno”: perhaps Phone, 70 %');
  });
});

const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc.constantFrom(...sets.flatMap(({ columns }) => Object.keys(columns))),
  fc.constantFrom(
    'a: b',
    '#x',
    '- y',
    '{z}',
    "it's",
    '"q"',
    'null',
    'true',
    '[]',
    '.',
    'a.b',
    '*c',
    '&d',
    '%',
    '@',
  ),
);
const table = fc.uniqueArray(
  fc.record({ name: anyName, sample: fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }) }),
  { selector: ({ name }) => name, maxLength: 12 },
);
const anyKind = fc.constantFrom(...targetKinds);

describe('whatever the columns are called', () => {
  it('the mapping compiles, and uses the very columns', () => {
    fc.assert(
      fc.property(table, anyKind, (columns, kind) => {
        const text = textFor(
          kind,
          columns.map(({ name, sample }) => column(name, sample)),
        );
        expect(() => compiled(text)).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });

  it('their order changes nothing', () => {
    const shuffled = table.chain((columns) =>
      fc.tuple(
        fc.constant(columns),
        fc.shuffledSubarray(columns, { minLength: columns.length, maxLength: columns.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anyKind, ([columns, other], kind) => {
        const matches = (all: typeof columns) =>
          new Map(
            proposeFields(
              all.map(({ name, sample }) => column(name, sample)),
              { kind, ...knowledge },
            ).map((proposal) => [proposal.column, proposal]),
          );
        expect(matches(other)).toEqual(matches(columns));
      }),
      { numRuns: 40 },
    );
  });

  it('case and accents of known names change nothing', () => {
    const known = fc
      .constantFrom(...sets)
      .chain((set) => fc.tuple(fc.constant(set), fc.constantFrom('upper', 'lower', 'bare')));
    const change = (name: string, how: string): string =>
      how === 'upper'
        ? name.toUpperCase()
        : how === 'lower'
          ? name.toLowerCase()
          : name.normalize('NFD').replace(/\p{M}/gu, '');
    fc.assert(
      fc.property(known, ([{ kind, columns }, how]) => {
        const fields = (rename: (name: string) => string) =>
          proposeFields(
            Object.entries(columns).map(([name, { values }]) => column(rename(name), values)),
            { kind, ...knowledge },
          ).map(({ match }) => [match?.field, match?.confidence]);
        expect(fields((name) => change(name, how))).toEqual(fields((name) => name));
      }),
      { numRuns: 30 },
    );
  });
});
