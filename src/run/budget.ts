import { MigrationError } from '../model/errors.ts';
import type { FateTally } from '../plan/counts.ts';
import type { RejectBudget } from './contract.ts';
import type { TableCounts } from './documents.ts';

/** Refuses a plan that rejects more than was allowed, before anything is written. */
export function checkBudget(
  budget: RejectBudget | undefined,
  records: Readonly<Record<string, FateTally>>,
  read: number,
): void {
  if (budget === undefined) return;
  const rejected = Object.values(records).reduce((sum, { fates }) => sum + fates.rejected, 0);
  if (!isBeyond(budget, rejected, read)) return;
  throw new BudgetError(
    `${String(rejected)} of ${String(read)} records would be rejected, more than allowed.`,
    {
      hint: 'Nothing was written. See the reasons with "tesoro-migrate report", fix the mapping or the source, or allow more with --max-rejects.',
    },
  );
}

/** More rejects than allowed: the run ends as "done, but" (exit code 1), before the first write. */
class BudgetError extends MigrationError {
  readonly exitCode = 1;
}

const isBeyond = ({ count, share }: RejectBudget, rejected: number, read: number): boolean =>
  (count !== undefined && rejected > count) ||
  (share !== undefined && read > 0 && rejected / read > share);

/** 1 when rejects are beyond the budget; without one, when nothing but rejects came of it. */
export function exitCodeOf(
  records: Readonly<Record<string, TableCounts>>,
  budget: RejectBudget | undefined,
): number {
  const read = Object.values(records).reduce((sum, counts) => sum + counts.read, 0);
  const rejected = Object.values(records).reduce((sum, { fates }) => sum + fates.rejected, 0);
  if (budget !== undefined) return isBeyond(budget, rejected, read) ? 1 : 0;
  return read > 0 && rejected === read ? 1 : 0;
}
