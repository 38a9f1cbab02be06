import type { Knex } from 'knex';
import type { SchemaMigration } from '../crm/migrations/migration.ts';
import { TargetError } from '../model/errors.ts';
import type { Database } from './contract.ts';
import { targetError } from './statement-error.ts';

/** Which steps of the schema a database has, and which it lacks. */
export interface SchemaState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

const stepsTable = 'tesoro_schema_steps';

/**
 * Brings the schema up to date, each step in a transaction, behind knex's own lock.
 * Throws TargetError when the database has steps that this version of the tool does not know.
 */
export async function migrateSchema(
  database: Database,
  migrations: readonly SchemaMigration[],
): Promise<SchemaState> {
  const before = await schemaStateOf(database, migrations);
  if (before.pending.length === 0) return before;
  return database.withKnex(async (knex) => {
    try {
      await knex.migrate.latest({
        tableName: stepsTable,
        migrationSource: {
          getMigrations: () => Promise.resolve([...migrations]),
          getMigrationName: (migration: SchemaMigration) => migration.name,
          getMigration: (migration: SchemaMigration) =>
            Promise.resolve({
              up: async (transaction: Knex) => {
                for (const statement of migration.statements) await transaction.raw(statement);
              },
              down: () => Promise.reject(new Error('Steps of the schema are not taken back.')),
            }),
        },
      });
    } catch (cause) {
      throw targetError(cause, 'Bringing the schema up to date');
    }
    return { applied: migrations.map(({ name }) => name), pending: [] };
  });
}

/** Reads which steps a database has. Throws TargetError when it has unknown, newer ones. */
export async function schemaStateOf(
  database: Database,
  migrations: readonly SchemaMigration[],
): Promise<SchemaState> {
  const { rows: found } = await database.query(
    `SELECT to_regclass('${stepsTable}') IS NOT NULL AS there`,
  );
  if (found[0]?.['there'] !== true) {
    return { applied: [], pending: migrations.map(({ name }) => name) };
  }
  const { rows } = await database.query(`SELECT name FROM ${stepsTable} ORDER BY id`);
  const applied = rows.map((row) => String(row['name']));
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new TargetError(
      `The database ${database.location} has a newer schema than this version of tesoro-migrate knows (${unknown.join(', ')}).`,
      { hint: 'Install the newest version of the tool, or use another database.' },
    );
  }
  return {
    applied,
    pending: migrations.map(({ name }) => name).filter((name) => !applied.includes(name)),
  };
}
