import type { ColumnEvidence } from './evidence.ts';
import type { ImportField } from './fields.ts';
import type { HeaderReading } from './header.ts';

/** How much of a sense is left when other senses of the header and other columns have been heard, and why. */
export interface SenseChoice {
  readonly factor: number;
  readonly reasons: readonly string[];
}

const unchanged: SenseChoice = { factor: 1, reasons: [] };

/** What is left of a sense that another one beats, and of one that may be beaten. */
const beaten = 0.35;
const doubtful = 0.85;

/** A share of values from which on a value table speaks for a sense. */
const speaks = 0.5;

/** Chooses among the senses of a header: `Name` is the last name beside `Vorname`, and the whole name alone. */
export function otherSense(
  field: string,
  reading: HeaderReading,
  others: readonly (HeaderReading | undefined)[],
  evidence: ColumnEvidence,
  fields: ReadonlyMap<string, ImportField>,
): SenseChoice {
  const senses = reading.senses.map((sense) => sense.field);
  if (senses.length < 2) return unchanged;
  if (senses.includes('full_name') && nameFields.has(field))
    return ofName(field, senses, others, evidence);
  return ofTables(field, senses, evidence, fields);
}

const nameFields: ReadonlySet<string> = new Set(['full_name', 'first_name', 'last_name']);

/** Whether another column means a field and no other field of names. */
function isSure(field: string, others: readonly (HeaderReading | undefined)[]): boolean {
  return others.some((other) => {
    if (other === undefined || other.qualifiers.has('someone')) return false;
    const names = other.senses.filter((sense) => nameFields.has(sense.field));
    return names.length === 1 && names[0]?.field === field;
  });
}

function ofName(
  field: string,
  senses: readonly string[],
  others: readonly (HeaderReading | undefined)[],
  evidence: ColumnEvidence,
): SenseChoice {
  const first = isSure('first_name', others);
  const last = isSure('last_name', others);
  const choose = (winner: string, reason: string): SenseChoice =>
    field === winner ? { factor: 1, reasons: [reason] } : { factor: beaten, reasons: [] };
  if (first && last) return choose('full_name', 'other columns hold the first and the last name');
  if (first && senses.includes('last_name'))
    return choose('last_name', 'another column holds the first name');
  if (last && senses.includes('first_name'))
    return choose('first_name', 'another column holds the last name');
  if (first || last) return choose('full_name', 'it is the only column with a whole name');
  if (!senses.includes('first_name')) return choose('full_name', 'no other column holds a name');
  if (evidence.checked === 0)
    return { factor: doubtful, reasons: ['it may hold first or whole names'] };
  const share = `${String(Math.round(evidence.severalWords * 100))} %`;
  if (evidence.severalWords >= 0.6)
    return choose('full_name', `${share} of the values have several words`);
  if (evidence.severalWords <= 0.2)
    return choose('first_name', `${share} of the values have several words`);
  return { factor: doubtful, reasons: [`${share} of the values have several words`] };
}

/** The values decide, where a table knows them. */
function ofTables(
  field: string,
  senses: readonly string[],
  evidence: ColumnEvidence,
  fields: ReadonlyMap<string, ImportField>,
): SenseChoice {
  const knownFor = (sense: string): number => {
    const table = fields.get(sense)?.table;
    return table === undefined ? 0 : evidence.known(table);
  };
  const best = Math.max(...senses.map(knownFor));
  const own = knownFor(field);
  if (best >= speaks)
    return own >= best - 0.2
      ? own === best && senses.every((sense) => sense === field || knownFor(sense) < best - 0.2)
        ? unchanged
        : { factor: doubtful, reasons: ['another field knows its values too'] }
      : { factor: beaten, reasons: [] };
  return unchanged;
}
