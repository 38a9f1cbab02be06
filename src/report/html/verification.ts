import type { FieldDifference, RowIdentity, VerifyDocument } from '../../run/documents.ts';
import { count, excerpt, moment, number, recordId } from '../figures.ts';
import { titleOfEntity } from '../words.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import { listLimit, rest, table } from './table.ts';

const value = (text: string | null): Content =>
  text === null ? html`<span class="zero">(empty)</span>` : excerpt(text, 160);

const nameOf = ({ entity, sourceId, part }: RowIdentity | FieldDifference): Content =>
  html`${titleOfEntity(entity)}
    <b>${sourceId === null ? 'without source id' : recordId(sourceId, 60)}</b
    >${part === undefined ? null : html` <small>${part}</small>`}`;

function identities(
  title: string,
  rows: readonly RowIdentity[],
  total: number,
  run: string,
): Markup | null {
  if (total === 0) return null;
  const shown = rows.slice(0, listLimit);
  return html`${table({
    caption: html`<strong class="warning">${title}: ${number(total)}</strong>`,
    headings: [{ title: 'Record' }, { title: 'Row of the CRM' }],
    rows: shown.map((row) => [nameOf(row), row.id === null ? '–' : html`<code>${row.id}</code>`]),
  })}
  ${rest(shown.length, total, run)}`;
}

function differences(
  title: string,
  rows: readonly FieldDifference[],
  total: number,
  run: string,
): Markup | null {
  if (total === 0) return null;
  const shown = rows.slice(0, listLimit);
  return html`${table({
    caption: html`<strong class="warning">${title}: ${number(total)}</strong>`,
    headings: [
      { title: 'Record' },
      { title: 'Field' },
      { title: 'In the source' },
      { title: 'In the CRM' },
    ],
    rows: shown.map((row) => [
      nameOf(row),
      html`<code>${row.field}</code>`,
      value(row.source),
      value(row.crm),
    ]),
  })}
  ${rest(shown.length, total, run)}`;
}

/** What the verification compared, and each difference by name. */
export function verificationResult(verification: VerifyDocument): Markup {
  const { run, ids, fields, links, media } = verification;
  const checks: readonly (readonly [string, string, number])[] = [
    [
      'Rows, by the id of their record',
      number(ids.compared),
      ids.total.missing + ids.total.unexpected,
    ],
    ['Values, field by field', number(fields.compared), fields.total],
    ['Links between rows', number(links.compared), links.total],
    ['Photos and documents', number(media.compared), media.missing.length + media.different.length],
  ];
  return html`<p>
      On ${moment(verification.finishedAt)} the source was read a second time, without the numbers
      of the import, and compared with the CRM.
      ${
        fields.explained === 0
          ? null
          : `${count(fields.explained, 'value')} ${fields.explained === 1 ? 'differs' : 'differ'} on purpose: a finding in this report explains ${fields.explained === 1 ? 'it' : 'each of them'}.`
      }
    </p>
    ${table({
      caption: 'What was compared',
      headings: [
        { title: 'Check' },
        { title: 'Compared', align: 'right' },
        { title: 'Differences', align: 'right' },
      ],
      rows: checks.map(([name, compared, found]) => [
        name,
        compared,
        found === 0
          ? html`<span class="agree">none</span>`
          : html`<strong class="differ">${number(found)}</strong>`,
      ]),
    })}
    ${identities('In the source, missing in the CRM', ids.missing, ids.total.missing, run)}
    ${identities('In the CRM, not in the source', ids.unexpected, ids.total.unexpected, run)}
    ${differences('Values that differ', fields.different, fields.total, run)}
    ${differences('Links that differ', links.broken, links.total, run)}
    ${identities('Files that are missing', media.missing, media.missing.length, run)}
    ${differences('Files that differ', media.different, media.different.length, run)}`;
}
