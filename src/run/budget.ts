import { isTableName } from '../crm/column.ts';
import { MigrationError, UsageError } from '../model/errors.ts';
import { accountedFor } from '../model/fate.ts';
import type { PlanCounts, Tallies } from '../plan/counts.ts';
import type { RejectBudget, RejectLimit } from './contract.ts';

/** How many there are of something, and how many of them are rejected. */
interface Share {
  readonly read: number;
  rejected: number;
}

/** More rejects than allowed: the run ends as "done, but" (exit code 1). */
export class BudgetError extends MigrationError {
  readonly exitCode = 1;
}

/** Throws UsageError when a budget names something that is neither a table of the CRM nor an entity of the source. */
export function assertNamesKnown(
  budget: RejectBudget | undefined,
  entities: readonly string[],
): void {
  for (const name of Object.keys(budget?.entities ?? {})) {
    if (isTableName(name) || entities.includes(name)) continue;
    throw new UsageError(`--max-rejects ${name}=…: there is nothing called ${name}.`, {
      hint: `Name a table of the CRM, such as people, or one of ${entities.join(', ')}.`,
    });
  }
}

/**
 * Watches how many are rejected, against what is allowed: of all source records, and of single tables of the CRM (their
 * rows) or entities of the source (their records).
 */
export class RejectCount {
  readonly #budget: RejectBudget | undefined;
  readonly #all: Share;
  readonly #records: Readonly<Record<string, Share>>;
  readonly #rows: Readonly<Record<string, Share>>;

  constructor(budget: RejectBudget | undefined, { records, rows }: PlanCounts) {
    this.#budget = budget;
    this.#records = sharesOf(records);
    this.#rows = sharesOf(rows);
    const all = Object.values(this.#records);
    this.#all = {
      read: all.reduce((sum, { read }) => sum + read, 0),
      rejected: all.reduce((sum, { rejected }) => sum + rejected, 0),
    };
  }

  /** Counts a row that the database has refused; with it goes its record, where it is the row of the record. */
  add(refused: {
    readonly table: string;
    readonly entity: string;
    readonly isRoot: boolean;
  }): void {
    const row = this.#rows[refused.table];
    if (row !== undefined) row.rejected++;
    if (!refused.isRoot) return;
    this.#all.rejected++;
    const record = this.#records[refused.entity];
    if (record !== undefined) record.rejected++;
  }

  /** What is more than allowed, as the beginning of a sentence; undefined while nothing is. */
  get excess(): string | undefined {
    if (this.#budget === undefined) return undefined;
    const { entities = {}, ...limit } = this.#budget;
    if (isBeyond(limit, this.#all)) return told(this.#all, 'records');
    for (const [name, limitOfName] of Object.entries(entities)) {
      const share = isTableName(name) ? this.#rows[name] : this.#records[name];
      if (share !== undefined && isBeyond(limitOfName, share)) return told(share, name);
    }
    return undefined;
  }

  /** 1 when rejects are beyond the budget; without one, when nothing but rejects came of it. */
  get exitCode(): number {
    if (this.#budget !== undefined) return this.excess === undefined ? 0 : 1;
    return this.#all.read > 0 && this.#all.rejected === this.#all.read ? 1 : 0;
  }
}

const sharesOf = (tallies: Tallies): Record<string, Share> =>
  Object.fromEntries(
    Object.entries(tallies).map(([name, { fates }]) => [
      name,
      { read: accountedFor(fates), rejected: fates.rejected },
    ]),
  );

const isBeyond = ({ count, share }: RejectLimit, { read, rejected }: Share): boolean =>
  (count !== undefined && rejected > count) ||
  (share !== undefined && read > 0 && rejected / read > share);

const told = ({ read, rejected }: Share, name: string): string =>
  `${String(rejected)} of ${String(read)} ${name.replaceAll('_', ' ')}`;

/** Throws BudgetError for a plan that rejects more than is allowed, before anything is written. */
export function assertPlanAllowed(count: RejectCount): void {
  const { excess } = count;
  if (excess === undefined) return;
  throw new BudgetError(`${excess} would be rejected, more than allowed.`, {
    hint: 'Nothing was written. See the reasons with "tesoro-migrate report", fix the mapping or the source, or allow more with --max-rejects.',
  });
}

/** Throws BudgetError when more is rejected than is allowed of an import that has begun to write. */
export function assertGoesOn(count: RejectCount, run: string): void {
  const { excess } = count;
  if (excess === undefined) return;
  throw new BudgetError(
    `${excess} are rejected, more than allowed. What was written until then is complete up to the last batch (run ${run}).`,
    {
      hint: `See the reasons with "tesoro-migrate report ${run}"; then allow more and go on (tesoro-migrate resume ${run} --max-rejects …), or undo it (tesoro-migrate rollback ${run}).`,
    },
  );
}
