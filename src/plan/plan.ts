import { tableNames, type TableName } from '../crm/column.ts';
import { stagingTable } from '../staging/tables.ts';
import { classify, settleLateLinks } from './classify.ts';
import { findDuplicates } from './duplicates.ts';
import { holdEdits } from './edits.ts';
import { findLosers, identify } from './identify.ts';
import { hopefulKeys } from './link-keys.ts';
import { findSkipped, skippedOf } from './linked.ts';
import { linksOf } from './links.ts';
import { stagePlaceholders } from './placeholders.ts';
import { findRetired } from './retire.ts';
import { placeSame } from './same.ts';
import { losersOf, policyOf, type PlanScope } from './scope.ts';
import { dropTwins, mergeTwins, placeTwins } from './twins.ts';

/**
 * Decides what becomes of every staged row, by set-based SQL, and stores it beside the staged rows: that is the
 * plan, which a preview shows and an import applies. Writes nothing in schema `crm`.
 * Gives the number of placeholders that were staged for unknown agents.
 */
export async function plan(scope: PlanScope, onTable: (table: TableName) => void): Promise<number> {
  const { database, runNo } = scope;
  await findLosers(scope);
  await mergeTwins(scope, losersOf(scope));
  const placeholders = await stagePlaceholders(scope);
  for (const table of scope.tables) await identify(scope, table);
  await placeTwins(scope);
  await placeSame(scope);
  await findSkipped(scope);
  for (const table of tableNames) {
    if (scope.tables.includes(table) && hasLateLinkTo(scope, table))
      await hopefulKeys(scope, table);
  }
  for (const table of scope.tables) {
    onTable(table);
    await classify(scope, table);
  }
  for (const table of scope.tables) await settleLateLinks(scope, table);
  for (const table of scope.tables) await holdEdits(scope, table);
  for (const table of scope.tables) await findRetired(scope, table);
  await findDuplicates(scope);
  // What only the planning needed.
  for (const table of scope.tables) {
    await database.query(`DROP TABLE IF EXISTS ${stagingTable(runNo, table, '_hopes')}`);
    await database.query(`DROP TABLE IF EXISTS ${stagingTable(runNo, table, '_keys')}`);
    await database.query(`DROP TABLE IF EXISTS ${stagingTable(runNo, table, '_matches')}`);
    await database.query(`DROP TABLE ${stagingTable(runNo, table, '_ids')}`);
  }
  await dropTwins(scope);
  await database.query(`DROP TABLE ${losersOf(scope)}`);
  await database.query(`DROP TABLE IF EXISTS ${skippedOf(scope)}`);
  return placeholders;
}

const hasLateLinkTo = (scope: PlanScope, table: TableName): boolean =>
  scope.tables.some((from) =>
    linksOf(from, policyOf(scope, from)).some((link) => link.late && link.to === table),
  );
