// How the numbers of the workbook read: screens of the old CRM, source and CRM, and why they differ.
import type { Deviation, WorkbookLine } from '../run/documents.ts';
import { number } from './figures.ts';

/** What a line counts: "contacts", "contacts by status: new". */
export function nameOfLine({ entity, dimension, value }: WorkbookLine): string {
  return dimension === null ? entity : `${entity} by ${dimension}: ${value || '(none)'}`;
}

const reasonsOf = (reasons: Deviation['reasons']): readonly string[] =>
  Object.entries(reasons).map(([reason, n]) => `${number(n)} ${reason}`);

function wordsOf({ of, side, difference, reasons, explained }: Deviation, note: string): string {
  const n = number(Math.abs(difference));
  const than = difference < 0 ? 'fewer' : 'more';
  if (of === 'screens')
    return `the screens show ${n} ${than} ${side}${explained ? `: ${note.trim()}` : ', and nobody says why'}`;
  if (of === 'baseline') {
    return explained
      ? `${n} ${side} cannot be read`
      : `${n} ${than} ${side} were counted than could be read`;
  }
  const named = reasonsOf(reasons);
  if (explained) return named.join(', ');
  const missing = -difference - Object.values(reasons).reduce((sum, count) => sum + count, 0);
  const rest =
    missing > 0
      ? `${number(missing)} ${side} missing in the CRM without a reason`
      : `${number(-missing)} ${side} too many in the CRM`;
  return [...named, rest].join(', ');
}

/** Why the numbers of a line differ, each deviation with its explanation; nothing where they agree. */
export function explanationOf({ deviations, note }: WorkbookLine): string {
  const said = deviations.map((deviation) => wordsOf(deviation, note));
  // Active and deleted may have the same reason.
  return said.map((words, index) => sideWords(deviations[index], words, said)).join('; ');
}

const sideWords = (
  deviation: Deviation | undefined,
  words: string,
  said: readonly string[],
): string =>
  deviation?.of === 'crm' && deviation.explained && said.length > 1
    ? `${deviation.side}: ${words}`
    : words;
