// What a report says first. The same words stand at the top of the page and of the terminal.
import type { Fate } from '../model/fate.ts';
import type { ReportDocument, RunDocument, VerifyDocument } from '../run/documents.ts';
import { count, number } from './figures.ts';

/** `good`: sign it. `attention`: read on. `bad`: do not sign. `open`: nothing has been decided yet. */
export type Tone = 'good' | 'attention' | 'bad' | 'open';

export interface Verdict {
  readonly tone: Tone;
  readonly headline: string;
  /** What stands behind it, as full sentences. */
  readonly explanation: string;
}

/** Number of source records that had the fate; each record is counted once. */
export function recordsOf(run: RunDocument, fate: Fate | 'read'): number {
  return Object.values(run.records).reduce(
    (sum, counts) => sum + (fate === 'read' ? counts.read : counts.fates[fate]),
    0,
  );
}

/** Everything that a verification found to be otherwise than it should. */
export function differencesOf(verification: VerifyDocument): number {
  const { counts, workbook, ids, fields, links, media } = verification;
  return (
    counts.filter((line) => !line.ok).length +
    workbook.total.unexplained +
    ids.total.missing +
    ids.total.unexpected +
    fields.total +
    links.total +
    media.missing.length +
    media.different.length
  );
}

const every = (records: number) =>
  records === 1 ? 'the one record' : `every one of ${number(records)} records`;

/** "was rejected", or what a preview says instead. */
export function become(run: RunDocument, value: number): string {
  if (run.status === 'planned') return 'would be';
  return value === 1 ? 'was' : 'were';
}

/** What did not become a row of its own, in words: "2 were rejected and 5 were parked". */
function restOf(run: RunDocument): string {
  const words = {
    rejected: () => 'rejected',
    parked: () => 'parked',
    excluded: () => 'excluded on purpose',
    duplicate: (value: number) => (value === 1 ? 'a duplicate' : 'duplicates'),
  };
  const said = (['rejected', 'parked', 'excluded', 'duplicate'] as const).flatMap((fate) => {
    const value = recordsOf(run, fate);
    return value === 0 ? [] : [`${number(value)} ${become(run, value)} ${words[fate](value)}`];
  });
  return said.length < 2
    ? said.join('')
    : `${said.slice(0, -1).join(', ')} and ${said.at(-1) ?? ''}`;
}

function planned(run: RunDocument, records: number): Verdict {
  const [rejected, parked] = [recordsOf(run, 'rejected'), recordsOf(run, 'parked')];
  const rest = restOf(run);
  return {
    tone: 'open',
    headline:
      rejected + parked === 0
        ? `Preview: all ${number(records)} records can be imported`
        : `Preview: ${number(records - rejected - parked)} of ${number(records)} records can be imported`,
    explanation:
      'This is a preview: nothing has been written to the CRM. All numbers say what an import would do.' +
      (rest === '' ? '' : ` Of ${count(records, 'record')}, ${rest}.`),
  };
}

function complete(run: RunDocument, verification: VerifyDocument | null, records: number): Verdict {
  const rejected = recordsOf(run, 'rejected');
  const parked = recordsOf(run, 'parked');
  const rest = restOf(run);
  const named =
    rest === '' ? '' : ` Of the ${count(records, 'record')}, ${rest}; the reasons are given below.`;
  if (verification === null) {
    return {
      tone: rejected + parked === 0 ? 'open' : 'attention',
      headline:
        records === 1
          ? 'The one record is accounted for, not yet verified'
          : `All ${number(records)} records are accounted for, not yet verified`,
      explanation: `Each record that was read has exactly one outcome.${named} An independent verification against the source has not been made yet.`,
    };
  }
  const checks = `The source was read a second time and compared with the CRM: ${count(verification.ids.compared, 'row')}, ${count(verification.fields.compared, 'value')} and ${count(verification.links.compared, 'link')} agree.`;
  if (rejected + parked > 0) {
    return {
      tone: 'attention',
      headline: `${every(records).replace(/^./, (letter) => letter.toUpperCase())} is accounted for; ${number(rejected + parked)} did not come in`,
      explanation: `${checks}${named}`,
    };
  }
  return {
    tone: 'good',
    headline: `Nothing was lost: ${every(records)} is accounted for`,
    explanation: `${checks}${named}`,
  };
}

function interrupted({ command, run }: RunDocument): Verdict {
  return command === 'preview'
    ? {
        tone: 'bad',
        headline: 'The preview was interrupted',
        explanation: 'A preview writes nothing to the CRM. Run it again.',
      }
    : {
        tone: 'bad',
        headline: 'The import was interrupted',
        explanation: `At most a part of the records is in the CRM, complete up to the last batch. This is not the final report: finish the import first, with "tesoro-migrate resume ${run}".`,
      };
}

function undone({ status, rollback, run }: RunDocument): Verdict {
  if (status === 'rolling-back') {
    return {
      tone: 'bad',
      headline: 'This import is half undone',
      explanation: `Its rollback was stopped on the way. Go on with it: "tesoro-migrate rollback ${run}".`,
    };
  }
  const left = rollback?.total.left ?? 0;
  return {
    tone: left === 0 ? 'open' : 'attention',
    headline:
      left === 0
        ? 'This import was undone'
        : `This import was undone but for ${count(left, 'row')}`,
    explanation:
      'The run was rolled back: what it had written was taken out of the CRM again. The numbers below are those of the run before that.' +
      (left === 0 ? '' : ` ${count(left, 'row')} stayed: edited since, or needed by others.`),
  };
}

function rollbackItself({ of, status }: RunDocument): Verdict {
  const said = {
    planned: 'The preview of a rollback',
    complete: 'A rollback',
  };
  return {
    tone: 'open',
    headline:
      status === 'planned' || status === 'complete'
        ? said[status]
        : 'A rollback that did not come to its end',
    explanation: `It is about run ${of ?? '?'}; the report of that run says what was undone.`,
  };
}

/** The verdict on a run with its verification, where there was one. */
export function verdictOf({ run, verification }: ReportDocument): Verdict {
  const records = recordsOf(run, 'read');
  if (run.command === 'rollback') return rollbackItself(run);
  if (run.status === 'rolled-back' || run.status === 'rolling-back') return undone(run);
  if (run.status === 'interrupted') return interrupted(run);
  if (run.status === 'running') {
    return {
      tone: 'bad',
      headline: 'The import is still running',
      explanation:
        'Only a part of the records is in the CRM. This page is not the final report: finish the import first.',
    };
  }
  if (!run.balanced) {
    return {
      tone: 'bad',
      headline: 'The numbers do not add up',
      explanation:
        'Not every record that was read has exactly one outcome. Do not sign this report; hand it to the makers of the tool.',
    };
  }
  if (run.status === 'failed') {
    return {
      tone: 'bad',
      headline: 'The import failed',
      explanation:
        'The import did not come to its end. What it had read and decided until then is below.',
    };
  }
  if (verification?.verdict === 'fail') {
    const differences = differencesOf(verification);
    return {
      tone: 'bad',
      headline: `The verification found ${count(differences, 'difference')}`,
      explanation:
        'The source was read a second time and compared with the CRM, and they do not agree. Each difference is named below.',
    };
  }
  if (records === 0) {
    return {
      tone: 'attention',
      headline: 'The source holds no records',
      explanation: 'There was nothing to import. Check that this is the right file.',
    };
  }
  return run.status === 'planned' ? planned(run, records) : complete(run, verification, records);
}

/** The verdict on a verification alone. */
export function verdictOfVerification(verification: VerifyDocument): Verdict {
  const differences = differencesOf(verification);
  const { ids, fields, links } = verification;
  return verification.verdict === 'pass'
    ? {
        tone: 'good',
        headline: 'Verified: the CRM holds what the source holds',
        explanation: `${count(ids.compared, 'row')}, ${count(fields.compared, 'value')} and ${count(links.compared, 'link')} were compared.`,
      }
    : {
        tone: 'bad',
        headline: `Not verified: ${count(differences, 'difference')}`,
        explanation: `${count(ids.compared, 'row')}, ${count(fields.compared, 'value')} and ${count(links.compared, 'link')} were compared.`,
      };
}
