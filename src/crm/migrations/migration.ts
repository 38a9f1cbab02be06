/** One step of the schema; it never changes once it was released, and runs in one transaction. */
export interface SchemaMigration {
  readonly name: string;
  readonly statements: readonly string[];
}
