import { changing } from './changing.ts';
import { checking } from './checking.ts';
import type { ImportUseCases } from './contract.ts';
import { looking } from './looking.ts';
import { saving } from './saving.ts';
import { stepping } from './stepping.ts';
import type { Workshop } from './workshop.ts';

export type { ImportUseCases } from './contract.ts';

/** The use cases of imports in the account of a workshop. */
export function importUseCases(workshop: Workshop): ImportUseCases {
  const { session } = workshop;
  return {
    ...changing(workshop),
    ...stepping(workshop),
    ...looking(workshop),
    ...checking(workshop),
    ...saving(workshop),
    ofRuns: async (runs) => {
      const account = await session.account();
      const database = await session.database();
      const { rows } = await database.query(
        `SELECT run_id::text AS run, id::text FROM migration.imports WHERE account_id = $1 AND run_id::text = ANY($2)`,
        [account.id, [...runs]],
      );
      return new Map(rows.map(({ run, id }) => [String(run), String(id)]));
    },
  };
}
