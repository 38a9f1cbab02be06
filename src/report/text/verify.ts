import type {
  CountComparison,
  FieldDifference,
  RowIdentity,
  VerifyDocument,
} from '../../run/documents.ts';
import type { SplitCount } from '../../adapter/contract.ts';
import { count, duration, excerpt, number, quoted, recordId } from '../figures.ts';
import { verdictOfVerification } from '../verdict.ts';
import { headline } from './headline.ts';
import type { Palette, TextOptions } from './layout.ts';
import { cell, nextSteps, page, paletteOf, table } from './layout.ts';
import { workbookTable } from './workbook.ts';

const shownOfEach = 10;

const split = (counts: SplitCount | null) =>
  counts === null ? '–' : `${number(counts.active)} + ${number(counts.deleted)}`;

const accounted = ({ accounted: rest }: CountComparison) =>
  Object.entries(rest)
    .filter(([, value]) => value > 0)
    .map(([fate, value]) => `${number(value)} ${fate}`)
    .join(', ');

function counts(verification: VerifyDocument, palette: Palette): string[] {
  if (verification.counts.length === 0) return [];
  return [
    `${palette.bold('Counts')}  active + deleted`,
    ...table(
      [
        { title: '' },
        { title: 'baseline', align: 'right' },
        { title: 'source', align: 'right' },
        { title: 'CRM', align: 'right' },
        { title: 'accounted for' },
        { title: '' },
      ],
      verification.counts.map((line) => [
        cell(line.entity, palette.bold),
        split(line.baseline),
        split(line.source),
        split(line.crm),
        accounted(line),
        line.ok ? cell('agree', palette.green) : cell('DIFFER', palette.red),
      ]),
      palette,
    ),
  ];
}

const nameOf = ({ entity, sourceId, part }: RowIdentity | FieldDifference) =>
  `${entity} ${recordId(sourceId ?? '(no source id)', 32)}${part === undefined ? '' : ` (${excerpt(part, 24)})`}`;

const rowLine = (row: RowIdentity) => `  ${nameOf(row)}${row.id === null ? '' : `  ${row.id}`}`;

const differenceLine = (difference: FieldDifference) => {
  const value = (text: string | null) => (text === null ? '(empty)' : quoted(text, 26));
  return `  ${nameOf(difference)} ${difference.field}: source ${value(difference.source)}, CRM ${value(difference.crm)}`;
};

function list(title: string, lines: readonly string[], total: number, palette: Palette): string[] {
  if (total === 0) return [];
  const shown = lines.slice(0, shownOfEach);
  const rest = total - shown.length;
  return [
    palette.red(`${title}: ${number(total)}`),
    ...shown,
    ...(rest > 0 ? [`  and ${number(rest)} more: see the report`] : []),
  ];
}

/** What `verify` shows. */
export function renderVerifyText(verification: VerifyDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const { ids, fields, links, media } = verification;
  const top = headline(verdictOfVerification(verification), palette);
  if (options.brief === true) return page(top.slice(0, 1));
  const lists = [
    list('Missing in the CRM', ids.missing.map(rowLine), ids.total.missing, palette),
    list(
      'In the CRM, not in the source',
      ids.unexpected.map(rowLine),
      ids.total.unexpected,
      palette,
    ),
    list('Values that differ', fields.different.map(differenceLine), fields.total, palette),
    list('Links that differ', links.broken.map(differenceLine), links.total, palette),
    list('Files missing', media.missing.map(rowLine), media.missing.length, palette),
    list('Files that differ', media.different.map(differenceLine), media.different.length, palette),
  ];
  return page(
    top,
    [
      palette.dim(
        `${verification.source} → account ${verification.account} · run ${verification.run} · ${duration(verification.seconds)}`,
      ),
    ],
    counts(verification, palette),
    workbookTable(verification, palette),
    [
      `Compared: ${count(ids.compared, 'row')} by id, ${count(fields.compared, 'value')}, ${count(links.compared, 'link')}, ${count(media.compared, 'file')}`,
      ...(fields.explained === 0
        ? []
        : [
            `${count(fields.explained, 'difference')} ${fields.explained === 1 ? 'is' : 'are'} explained by a recorded finding, such as a value that the CRM keeps`,
          ]),
    ],
    ...lists,
    nextSteps([{ to: 'report', run: `report ${verification.run} -o report.html` }], palette),
  );
}
