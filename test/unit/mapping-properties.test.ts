import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../src/crm/column.ts';
import { compileColumn } from '../../src/mapping/column-value.ts';
import { transforms } from '../../src/mapping/transforms/index.ts';
import { referenceText } from '../../src/model/draft.ts';
import type { Fields, Value } from '../../src/model/record.ts';
import { aThing, demoMappings } from '../support/mapping.ts';
import { applied } from '../support/transform.ts';

/** Texts that values of real sources look like, and texts that nobody expects. */
const texts = fc.oneof(
  fc.constantFrom('', ' ', '\u00A0', '0', '-', '--', 'x', 'n/a', '1.250', '1.234,56', '€ 1 250'),
  fc.constantFrom('2024-10-27 02:30:00', '31/12/2024', '0000-00-00', 'a@b.es; c', '612 345 678'),
  fc.constantFrom('CafÃ©', 'es_ES', '//a.es/b c', '{"a":1}', '[[', '38.7,-0.1', 'España'),
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: texts, weight: 4 },
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('url', 'en', 'id'), fc.string()), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

/** Options for the transforms that need some. */
const options: Readonly<Record<string, unknown>> = {
  lookup: 'kinds',
  split: ',',
  join: ' ',
  'lookup-all': 'kinds',
  'by-language': ['en', 'es'],
  coordinate: 'latitude',
  greatest: { by: 'id', give: 'url' },
  'merge-by': 'id',
  unknown: ['0'],
  expected: 'name',
  'name-part': 'first',
  'marked-first': 'id',
  pluck: ['id', 'url'],
  stamp: { id: '1' },
};

describe.each(transforms.map((transform) => [transform.name, transform] as const))(
  'the transform %s',
  (name, transform) => {
    const surroundings = { options: options[name], tables: { kinds: { a: 'b' } } };

    it('gives nothing for nothing and finds nothing, unless it says that it does', () => {
      const { value, issues } = applied(transform, null, surroundings);
      if (transform.readsNothing !== true)
        expect({ value, issues }).toEqual({ value: null, issues: [] });
    });

    it('never throws, and gives the same for the same', () => {
      fc.assert(
        fc.property(values, (value) => {
          expect(applied(transform, value, surroundings)).toEqual(
            applied(transform, value, surroundings),
          );
        }),
      );
    });
  },
);

/** What gives its own results back unchanged, so that a mapping may name it twice. */
const idempotent = [
  'basename',
  'boolean',
  'compact',
  'country',
  'date',
  'datetime',
  'emails',
  'integer',
  'language',
  'lower',
  'phones',
  'trim',
  'url',
];

describe.each(
  transforms.filter(({ name }) => idempotent.includes(name)).map((one) => [one.name, one] as const),
)('the transform %s twice', (_, transform) => {
  it('gives what it gives once', () => {
    fc.assert(
      fc.property(values, (value) => {
        const once = applied(transform, value).value;
        expect(applied(transform, once).value).toEqual(once);
      }),
    );
  });
});

const columnTypes: readonly ColumnType[] = [
  { kind: 'text' },
  { kind: 'enum', values: ['0', 'x'] },
  { kind: 'integer' },
  { kind: 'numeric' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'timestamp' },
  { kind: 'texts' },
];

describe.each(columnTypes.map((type) => [type.kind, type] as const))(
  'a column of type %s',
  (_, type) => {
    const silent = { issue: () => undefined, keepOriginal: () => undefined };
    it('takes its own values as they are', () => {
      fc.assert(
        fc.property(values, (value) => {
          const read = compileColumn('it', type);
          const once = read(value, silent);
          expect(read(once, silent)).toEqual(once);
        }),
      );
    });
  },
);

describe('a mapping', () => {
  const text = `from: things
to: people
fields:
  section: { value: contact }
  first_name: { from: name }
  emails: { from: emails, do: [emails] }
  phones: { from: phones, do: [phones] }
  birthday: { from: born, do: [date] }
  tags: { from: tags }
  relation_id: { link: relations, from: other, entity: others }
  notes: { each: name, to: activities, key: ., fields: { type: { value: note }, body: { from: . } } }`;
  const names = fc.constantFrom('name', 'emails', 'phones', 'born', 'tags', 'other', '__proto__');
  const records: fc.Arbitrary<Fields> = fc.dictionary(names, values, { noNullPrototype: true });

  it('takes any record, gives one root draft, and the same for the same', () => {
    const [one, other] = [demoMappings([text]), demoMappings([text])];
    fc.assert(
      fc.property(records, (fields) => {
        const mapped = one.map(aThing(fields));
        expect(mapped.drafts.filter(({ root }) => root)).toHaveLength(1);
        expect(other.map(aThing(fields))).toEqual(mapped);
      }),
    );
    expect(other.coverage()).toEqual(one.coverage());
  });

  it('stages nothing that the database cannot hold', () => {
    const set = demoMappings([text]);
    fc.assert(
      fc.property(records, (fields) => {
        const { drafts, issues } = set.map(aThing(fields));
        const staged = drafts.flatMap((draft) => [
          draft.part,
          ...Object.values(draft.values).flat(),
          ...Object.values(draft.links).map(referenceText),
        ]);
        for (const text of [...staged, ...issues.map(({ value }) => value)]) {
          expect(text?.isWellFormed() ?? true).toBe(true);
          expect(text?.includes('\0') ?? false).toBe(false);
        }
      }),
    );
  });
});
