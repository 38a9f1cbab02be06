import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import type { Reference } from '../model/draft.ts';
import { didYouMean } from './closest.ts';
import type { Lookup } from './contract.ts';
import type { Place } from './document.ts';
import { emailAddress } from './email.ts';
import { phoneNumber } from './phone.ts';
import type { RecordPass } from './record-pass.ts';
import type { Rule } from './schema.ts';

/** Makes the reference that a filled text of a link field means; null, with an issue, where it can mean none. */
export type MakeReference = (text: string, pass: RecordPass) => Reference | null;

/** By what people are found: what hardly two of them share. */
const ofPeople: readonly string[] = ['email', 'phone'];

/** The value by which a rule finds rows of a source entity; nothing where it finds them otherwise. */
export function lookupOf({ link, entity, by }: Rule): Lookup | undefined {
  // Agents are found by e-mail whatever entity they came as, or none.
  if (by === undefined || entity === undefined || link === 'users') return undefined;
  return { entity, column: by };
}

/** Compiles a link that says `by`: the one row of a source entity whose column has the value of the field. */
export function compileLookup(to: TableName, rule: Rule, by: string, place: Place): MakeReference {
  if (rule.part !== undefined)
    place.at('part').report('a link by a value means the row a record stands for, and has no part');
  if (to === 'users') {
    if (by !== 'email') place.at('by').report('users are found by "email" alone');
    return (text, pass) => {
      const email = readEmail(text, pass);
      return email === null ? null : { by: 'email', email };
    };
  }
  checkLookupColumn(to, by, place.at('by'));
  const { entity } = rule;
  if (entity === undefined) {
    place.report(`"by: ${by}" finds a row of one source entity; "entity" must say which`);
    return () => null;
  }
  const read = by === 'email' ? readEmail : by === 'phone' ? readPhone : (text: string) => text;
  return (text, pass) => {
    const value = read(text, pass);
    return value === null ? null : { by: 'value', entity, column: by, value };
  };
}

/** Checks that rows of a table are found by a column. */
export function checkLookupColumn(to: TableName, by: string, place: Place): void {
  const columns = columnsOf(to);
  const texts = Object.keys(columns).filter((name) => columns[name]?.type.kind === 'text');
  if (to === 'people' && !ofPeople.includes(by))
    place.report('people are found by "email" or "phone" alone: several may have one name');
  else if (!texts.includes(by))
    place.report(`${to} has no text column "${by}".${didYouMean(by, texts)}`);
}

function readEmail(text: string, pass: RecordPass): string | null {
  const email = emailAddress(text);
  if (email === undefined) pass.issue('EMAIL_INVALID', { value: text });
  return email ?? null;
}

function readPhone(text: string, pass: RecordPass): string | null {
  const number = phoneNumber(text, { country: pass.account.country });
  if (number === undefined) pass.issue('PHONE_INVALID', { value: text });
  return number ?? null;
}
