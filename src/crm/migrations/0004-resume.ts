import type { SchemaMigration } from './migration.ts';

/** What a run needs to be gone on with after an interruption: who holds it, when it began to write, what is done. */
export const resumeSchema: SchemaMigration = {
  name: '0004-resume',
  statements: [
    `ALTER TABLE migration.runs
  ADD COLUMN attempt integer NOT NULL DEFAULT 1,
  ADD COLUMN applied_at timestamptz,
  ADD COLUMN superseded_by integer REFERENCES migration.runs (no)`,
    `ALTER TABLE migration.run_batches
  DROP CONSTRAINT run_batches_pass_check,
  ADD CONSTRAINT run_batches_pass_check CHECK (pass IN ('rows', 'links', 'retired')),
  ADD COLUMN created bigint NOT NULL DEFAULT 0,
  ADD COLUMN updated bigint NOT NULL DEFAULT 0,
  ADD COLUMN retired bigint NOT NULL DEFAULT 0`,
    // Batches of older versions did not say what they wrote: such a run cannot be gone on with.
    `UPDATE migration.runs r SET status = 'failed' WHERE command = 'import' AND status IN ('running', 'interrupted')
  AND EXISTS (SELECT 1 FROM migration.run_batches b WHERE b.run_no = r.no)`,
    `UPDATE migration.runs p SET superseded_by = r.no
  FROM (SELECT account_id, max(no) AS no FROM migration.runs
         WHERE command = 'import' AND status <> 'failed' GROUP BY account_id) r
 WHERE r.account_id = p.account_id AND r.no > p.no AND p.command <> 'verify'
   AND p.status IN ('planned', 'running', 'interrupted')`,
  ],
};
