import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnsOf, tables } from '../../src/crm/tables.ts';
import { schemaMigrations } from '../../src/crm/migrations/index.ts';
import { sqlTypeOf } from '../../src/crm/sql-type.ts';
import { tableNames } from '../../src/crm/column.ts';
import type { Database } from '../../src/database/contract.ts';
import { migrateSchema, schemaStateOf } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { TargetError } from '../../src/model/errors.ts';
import { databaseKinds, freshDatabase, type TestLocation } from '../support/databases.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(databaseKinds)('a database (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;

  beforeEach(async () => {
    place = await freshDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  it('runs statements with parameters and says how many rows they touched', async () => {
    await database.query('CREATE TABLE t (n int, s text)');
    const inserted = await database.query('INSERT INTO t VALUES ($1, $2), (2, $3)', [1, 'á', null]);
    expect(inserted.affected).toBe(2);
    expect((await database.query('SELECT n, s FROM t ORDER BY n')).rows).toEqual([
      { n: 1, s: 'á' },
      { n: 2, s: null },
    ]);
  });

  it('loads COPY text, inside and outside a transaction', async () => {
    await database.query('CREATE TABLE t (n int, s text, l text[])');
    expect(
      await database.copyIn('t', ['n', 's', 'l'], bytes('1\ta\\tb\t{"x","y"}\n2\t\\N\t\\N\n')),
    ).toBe(2);
    await database.transaction((transaction) => transaction.copyIn('t', ['n'], bytes('3\n')));
    expect((await database.query('SELECT n, s, l FROM t ORDER BY n')).rows).toEqual([
      { n: 1, s: 'a\tb', l: ['x', 'y'] },
      { n: 2, s: null, l: null },
      { n: 3, s: null, l: null },
    ]);
  });

  it('goes on after a COPY that was refused', async () => {
    await database.query('CREATE TABLE t (n int)');
    await expect(database.copyIn('t', ['n'], bytes('1\nnot a number\n'))).rejects.toMatchObject({
      sqlState: '22P02',
    });
    expect((await database.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 0 }]);
  });

  it('takes back a transaction whose work fails', async () => {
    await database.query('CREATE TABLE t (n int)');
    await expect(
      database.transaction(async (transaction) => {
        await transaction.query('INSERT INTO t VALUES (1)');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect((await database.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 0 }]);
  });

  it('streams a query in pages while the same database is used', async () => {
    const sizes: number[] = [];
    for await (const page of database.stream(
      'SELECT n FROM generate_series(1, 2500) n ORDER BY n',
      1000,
    )) {
      sizes.push(page.length);
      await database.query('SELECT 1');
    }
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('gives a named lock to one at a time', async () => {
    const inner = await database.withLock('a', async () => [
      await database.withLock('a', () => Promise.resolve('twice')),
      await database.withLock('b', () => Promise.resolve('other')),
      await database.isLocked('a'),
      await database.isLocked('b'),
    ]);
    expect(inner).toEqual([undefined, 'other', true, false]);
    expect(await database.isLocked('a')).toBe(false);
    expect(await database.withLock('a', () => Promise.resolve('again'))).toBe('again');
  });

  it('has the schema that the tables declare', async () => {
    await migrateSchema(database, schemaMigrations);
    expect((await migrateSchema(database, schemaMigrations)).pending).toEqual([]);
    for (const name of tableNames) {
      const { rows } = await database.query(
        `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, a.attnotnull AS required,
                a.atthasdef AS "hasDefault",
                (SELECT f.confrelid::regclass::text FROM pg_constraint f
                  WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey[2] = a.attnum) AS parent
           FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 ORDER BY a.attnum`,
        [`crm.${name}`],
      );
      const declared = Object.entries(columnsOf(name)).map(
        ([column, { type, required, default: value }]) => ({
          name: column,
          type: sqlTypeOf(type) === 'timestamptz' ? 'timestamp with time zone' : sqlTypeOf(type),
          required: required ?? false,
          hasDefault: value !== undefined,
          parent: type.kind === 'link' ? `crm.${type.to}` : null,
        }),
      );
      expect(rows.slice(2)).toEqual(declared);
      expect(rows.slice(0, 2).map((row) => row['name'])).toEqual(['account_id', 'id']);
      for (const [column, { type }] of Object.entries(columnsOf(name))) {
        if (type.kind !== 'enum') continue;
        const { rows: checks } = await database.query(
          `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
            WHERE conrelid = $1::regclass AND contype = 'c' AND conname = $2`,
          [`crm.${name}`, `${name}_${column}_check`],
        );
        const definition = String(checks[0]?.['definition']);
        expect([...definition.matchAll(/'([^']+)'/g)].map((match) => match[1])).toEqual(
          type.values,
        );
      }
      expect(tables[name].name).toBe(name);
    }
  });

  it('refuses a schema that is newer than the program', async () => {
    await migrateSchema(database, [...schemaMigrations, { name: '9999-future', statements: [] }]);
    await expect(schemaStateOf(database, schemaMigrations)).rejects.toThrow(
      /newer schema.*9999-future/,
    );
  });
});

describe('the lock around the embedded database', () => {
  it('refuses a second opener, naming the process, and is gone after close', async () => {
    const place = await freshDatabase('embedded');
    const database = await openDatabase(place.location);
    await expect(openDatabase(place.location)).rejects.toThrow(
      `in use by process ${String(process.pid)}`,
    );
    await database.close();
    expect(existsSync(`${place.location}.lock`)).toBe(false);
    await (await openDatabase(place.location)).close();
    await place.remove();
  });

  it('is taken over from a process that died, and from one whose pid another process has now', async () => {
    const place = await freshDatabase('embedded');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const since = new Date().toISOString();
    for (const holder of [
      { pid: child.pid, born: '1', since },
      { pid: process.pid, born: 'another time', since },
    ]) {
      writeFileSync(`${place.location}.lock`, JSON.stringify(holder));
      await (await openDatabase(place.location)).close();
    }
    await place.remove();
  });

  it('gives one opener the database when several find a dead lock at once', async () => {
    const place = await freshDatabase('embedded');
    writeFileSync(`${place.location}.lock`, 'half written');
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => openDatabase(place.location)));
    const opened = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(opened).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TargetError);
      else await outcome.value.close();
    }
    await place.remove();
  });
});

describe('a server that is not there', () => {
  it('is an error that says what to check', async () => {
    await expect(openDatabase('postgres://nobody:secret@127.0.0.1:1/none')).rejects.toMatchObject({
      exitCode: 5,
      message: expect.not.stringContaining('secret') as string,
      hint: expect.stringContaining('--db') as string,
    });
  });
});
