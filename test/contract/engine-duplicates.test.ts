// Rows that may be one: listed with the reasons and both sides, never merged.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { ColumnValue } from '../../src/model/draft.ts';
import { duplicatesOf } from '../../src/run/duplicates.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, type TestRecord } from '../support/engine.ts';

type Values = Record<string, ColumnValue>;
const person = (id: string, values: Values, deleted = false): TestRecord => [
  { table: 'people', key: `contacts:${id}`, deleted, values: { section: 'contact', ...values } },
];
const ana = { first_name: 'Ana', last_name: 'Ruiz' };

describe.each(databaseKinds)('duplicate candidates (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;

  beforeAll(async () => {
    place = await migratedDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterEach(async () => {
    await database.query(
      `TRUNCATE crm.accounts, migration.issues, migration.id_keys, migration.unplaced_keys, migration.ledger CASCADE`,
    );
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  const found = async (...records: readonly TestRecord[]) => {
    const run = await createEngine(database).run(records);
    const { total, pairs } = await duplicatesOf(database, run.scope.runNo, 100);
    expect(pairs.length).toBe(total);
    return {
      run,
      pairs: pairs.map(({ score, reasons, first, second }) => [
        first.sourceId,
        second.sourceId,
        score,
        reasons.join(' '),
      ]),
    };
  };

  it('are rows with the same e-mail, number, national id, or name and more', async () => {
    const { pairs, run } = await found(
      person('1', { ...ana, email: 'ana@example.com', phone: '+34612345678' }),
      person('2', {
        last_name: 'RUIZ',
        emails: ['x@example.com', 'Ana@example.com'],
        phones: ['+34612345678'],
      }),
      person('3', { first_name: 'Bo', last_name: 'Li', national_id: 'X-1234567-L' }),
      person('4', { first_name: 'Bob', last_name: 'Lee', national_id: 'x1234567l' }),
      person('5', { first_name: 'Eva', last_name: 'Gil', birthday: '1980-01-02' }),
      person('6', { first_name: 'EVA', last_name: 'Gíl', birthday: '1980-01-02' }),
      person('7', { first_name: 'Eva', last_name: 'Gil', birthday: '1999-01-02' }),
      person('8', { ...ana, email: 'ana@example.com' }, true),
    );
    expect(pairs).toEqual([
      ['1', '2', 7, 'same_email same_phone'],
      ['3', '4', 5, 'same_national_id'],
      ['5', '6', 4, 'same_name_and_birthday'],
    ]);
    expect(run.rows['people']).toEqual({ created: 8 });
    expect((await duplicatesOf(database, run.scope.runNo, 1)).pairs[0]).toMatchObject({
      entity: 'people',
      first: { entity: 'contacts', values: { first_name: 'Ana', email: 'ana@example.com' } },
      second: { values: { last_name: 'RUIZ' } },
    });
  });

  it('are not rows that share a landline, an office mailbox or a name alone', async () => {
    const { pairs } = await found(
      person('1', { ...ana, phone: '+34965000000', email: 'info@example.com' }),
      person('2', { first_name: 'Pedro', last_name: 'Ruiz', phone: '+34965000000' }),
      person('3', { first_name: 'Luis', last_name: 'Gil', email: 'info@example.com' }),
      person('4', ana),
      person('5', { phone: '+34965000000' }),
      person('6', { first_name: 'Pedro', last_name: 'Ruiz', email: 'casa@example.com' }),
      person('7', { first_name: 'Lola', last_name: 'Mas', email: 'casa@example.com' }),
    );
    // Without a name, or at a couple's address, a hint at most.
    expect(pairs).toEqual([
      ['1', '5', 1, 'same_phone'],
      ['6', '7', 1, 'same_email'],
    ]);
  });

  it('are looked for in the CRM, and once', async () => {
    await database.query('SELECT 1');
    await createEngine(database).run([person('1', { ...ana, email: 'ana@example.com' })]);
    await database.query(
      `INSERT INTO crm.people (account_id, section, first_name, last_name, phone) SELECT id, 'lead', 'Luis', 'Gil', '+34612345678' FROM crm.accounts`,
    );
    const records = [
      person('1', { ...ana, email: 'ana@example.com' }),
      person('2', { ...ana, email: 'ana@example.com' }),
      person('3', { last_name: 'Gil', phone: '+34612345678' }),
    ];
    const { pairs } = await found(...records);
    expect(pairs).toHaveLength(2);
    expect(pairs).toContainEqual(['1', '2', 4, 'same_email']);
    expect(pairs.some((pair) => pair.includes(null) && pair.includes('3'))).toBe(true);
    expect((await found(...records)).pairs).toEqual([]);
  });

  it('stay few where many share a value', async () => {
    const many = (count: number, values: Values) =>
      Array.from({ length: count }, (_, index) =>
        person(`${String(count)}-${String(index)}`, values),
      );
    const { pairs } = await found(
      ...many(300, { last_name: 'Sin nombre', phone: '+34965000000', email: 'x@example.com' }),
      ...many(10, { last_name: 'Gil', phone: '+34965000001' }),
    );
    expect(pairs).toHaveLength(9);
  });

  it('are companies with the same name or tax number, too', async () => {
    const company = (id: string, values: Values): TestRecord => [
      { table: 'relations', key: `companies:${id}`, values },
    ];
    const { pairs } = await found(
      company('1', { name: 'Notaría Pérez', tax_id: 'B-12345678' }),
      company('2', { name: 'NOTARIA PEREZ' }),
      company('3', { name: 'Pérez e Hijos', tax_id: 'b12345678' }),
    );
    expect(pairs).toEqual([
      ['1', '3', 5, 'same_tax_id'],
      ['1', '2', 2, 'same_name'],
    ]);
  });
});
