import type { Fate } from '../../model/fate.ts';
import type { ColumnChange, FieldChange, IssueGroup, RunDocument, TableCounts, VerifyDocument } from '../../run/documents.ts';
import { describedRow, likelihoodOf, originOf, reasonsOf } from '../duplicates.ts';
import {
  count,
  duration,
  excerpt,
  number,
  quoted,
  recordId,
  recordName,
  size,
} from '../figures.ts';
import { adviceOf, titleOf } from '../messages.ts';
import { verdictOf } from '../verdict.ts';
import type { Palette, TextOptions } from './layout.ts';
import { cell, nextSteps, page, paletteOf, table, wrap } from './layout.ts';
import { headline } from './headline.ts';
import { leftRows, undoneTable } from './rollback.ts';

const groupsShown = 12;
const changesShown = 10;
const columnsShown = 20;
const duplicatesShown = 5;

// Fates that are always shown; the others only where they happened.
const usual: readonly Fate[] = ['created', 'updated', 'unchanged', 'rejected'];
const order: readonly Fate[] = [
  'created',
  'updated',
  'unchanged',
  'duplicate',
  'excluded',
  'parked',
  'rejected',
];

function fateTable(
  title: string,
  tables: Readonly<Record<string, TableCounts>>,
  palette: Palette,
): string[] {
  const rows = Object.entries(tables);
  if (rows.length === 0) return [];
  const shown = order.filter(
    (fate) => usual.includes(fate) || rows.some(([, { fates }]) => fates[fate] > 0),
  );
  const paintOf = (fate: Fate): ((text: string) => string) => {
    if (fate === 'rejected') return palette.red;
    if (fate === 'created' || fate === 'updated') return palette.green;
    return fate === 'unchanged' ? (text) => text : palette.yellow;
  };
  const deleted = rows.some(([, counts]) => counts.deleted > 0);
  return table(
    [
      { title },
      { title: 'read', align: 'right' },
      ...(deleted ? [{ title: 'deleted', align: 'right' } as const] : []),
      ...shown.map((fate) => ({ title: fate, align: 'right' }) as const),
    ],
    rows.map(([name, counts]) => [
      cell(name, palette.bold),
      number(counts.read),
      ...(deleted ? [number(counts.deleted)] : []),
      ...shown.map((fate) =>
        counts.fates[fate] === 0
          ? cell('0', palette.dim)
          : cell(number(counts.fates[fate]), paintOf(fate)),
      ),
    ]),
    palette,
  );
}

function retired(run: RunDocument): string[] {
  const rows = Object.entries(run.entities).filter(([, { fates }]) => fates.retired > 0);
  const named = rows.map(([name, { fates }]) => `${number(fates.retired)} ${name}`);
  return rows.length === 0
    ? []
    : wrap(`Retired, for the source no longer holds them: ${named.join(', ')}.`, 0);
}

function balance(run: RunDocument, palette: Palette): string[] {
  return run.balanced
    ? [palette.green('Balanced: each record read has exactly one outcome, active and deleted.')]
    : [palette.red('NOT BALANCED: the outcomes do not add up to the records read.')];
}

function examples(group: IssueGroup): string {
  const shown = group.examples.slice(0, 3).map(({ sourceId, line, value }) => {
    const id = sourceId === null ? '' : recordName({ sourceId, line }, 30);
    return value === null ? id : `${id} ${quoted(value, 30)}`.trim();
  });
  return shown.filter((text) => text !== '').join(' · ');
}

function issueLines(group: IssueGroup, palette: Palette): string[] {
  const paint = { error: palette.red, warning: palette.yellow, info: palette.dim }[group.severity];
  const place = [group.entity, group.field].filter((part) => part !== null).join('.');
  const shown = examples(group);
  // There is one of these a column, and its own words say more than those of its kind.
  if (group.code.startsWith('COLUMN_'))
    return [
      `  ${paint(number(group.count).padStart(7))}  ${palette.bold(excerpt(place, 40))}`,
      ...wrap(`${group.code}: ${group.message}`, 11).map(palette.dim),
    ];
  return [
    `  ${paint(number(group.count).padStart(7))}  ${palette.bold(excerpt(place, 40))}  ${titleOf(group)}`,
    ...wrap(`${group.code}: ${adviceOf(group.code, group.severity)}`, 11).map(palette.dim),
    ...(shown === '' ? [] : [`${' '.repeat(11)}${palette.dim('e.g.')} ${shown}`]),
  ];
}

function findings(run: RunDocument, palette: Palette): string[] {
  if (run.groups.length === 0) return [];
  const { error, warning, info } = run.issues;
  const rest = run.groups.length - groupsShown;
  return [
    `${palette.bold('Findings')}  ${count(error, 'error')}, ${count(warning, 'warning')}, ${count(info, 'note')}`,
    ...run.groups.slice(0, groupsShown).flatMap((group) => issueLines(group, palette)),
    ...(rest > 0 ? [`  and ${count(rest, 'more kind')} of findings: see the report`] : []),
  ];
}

function changeLine({ entity, sourceId, field, ...change }: FieldChange, palette: Palette): string {
  const shown = (value: string | null) => (value === null ? '(empty)' : excerpt(value, 28));
  return `  ${entity} ${recordId(sourceId, 24)} ${palette.bold(field)}: ${palette.dim(shown(change.old))} → ${shown(change.new)}`;
}

function columnLine({ entity, field, rows, filled, emptied, examples: found }: ColumnChange) {
  const shown = (value: string | null) => (value === null ? '(empty)' : excerpt(value, 18));
  const [first] = found;
  return [
    cell(`${entity}.${field}`),
    number(rows),
    number(filled),
    number(emptied),
    first === undefined ? '' : `${shown(first.old)} → ${shown(first.new)}`,
  ];
}

/** What changes in rows that exist, column by column. */
function changedColumns(run: RunDocument, palette: Palette): string[] {
  const { changedColumns: columns } = run;
  if (columns.length === 0) return [];
  const rest = columns.length - columnsShown;
  return [
    palette.bold(run.status === 'complete' ? 'Changed columns' : 'Columns that would change'),
    ...table(
      [
        { title: '' },
        { title: 'rows', align: 'right' },
        { title: 'was empty', align: 'right' },
        { title: 'emptied', align: 'right' },
        { title: 'such as' },
      ],
      columns.slice(0, columnsShown).map(columnLine),
      palette,
    ),
    ...(rest > 0 ? [`  and ${count(rest, 'more column')}: see the report`] : []),
  ];
}

function changes(run: RunDocument, palette: Palette): string[] {
  if (run.changes.length === 0) return [];
  const rest = run.changes.length - changesShown;
  return [
    palette.bold(run.status === 'complete' ? 'What changed' : 'What would change'),
    ...run.changes.slice(0, changesShown).map((change) => changeLine(change, palette)),
    ...(rest > 0 ? [`  and ${count(rest, 'more change')}: see the report`] : []),
  ];
}

function files({ media: { named, stored } }: RunDocument): string[] {
  if (named === 0) return [];
  const left = named - stored;
  return wrap(
    `Files: ${number(stored)} of ${number(named)} that the records name ${stored === 1 ? 'is' : 'are'} stored${left === 0 ? '' : `; ${number(left)} ${left === 1 ? 'was' : 'were'} not beside the export`}.`,
    0,
  );
}

function possibleDuplicates({ duplicates }: RunDocument, palette: Palette): string[] {
  const { total, pairs } = duplicates;
  if (total === 0) return [];
  const left = total - Math.min(pairs.length, duplicatesShown);
  return [
    `${palette.bold('May be one')}  ${count(total, 'pair')} of rows; nothing is merged`,
    ...pairs
      .slice(0, duplicatesShown)
      .flatMap((pair) => [
        `  ${reasonsOf(pair)} (${likelihoodOf(pair)})`,
        ...[pair.first, pair.second].map(
          (row) =>
            `    ${excerpt(describedRow(row), 70)}  ${palette.dim(recordId(originOf(row), 40))}`,
        ),
      ]),
    ...(left > 0 ? [`  and ${count(left, 'more pair')}: see the report`] : []),
  ];
}

/** What later runs made of the records that did not come in. */
function later({ rejects }: RunDocument): string[] {
  if (rejects.runs.length === 0) return [];
  const said = Object.entries(rejects.later).map(([fate, n]) => `${number(n)} ${fate}`);
  return wrap(
    `Of ${count(rejects.kept, 'record')} that did not come in, later runs (the last: ${rejects.runs.at(-1) ?? ''}) made: ${said.join(', ')}. Still open: ${number(rejects.open)}.`,
    0,
  );
}

function kept(run: RunDocument): string[] {
  const custom = run.coverage.filter(({ use }) => use === 'custom');
  if (custom.length === 0) return [];
  const names = custom.slice(0, 6).map(({ entity, field }) => `${entity}.${field}`);
  const rest = custom.length - names.length;
  return wrap(
    `${count(custom.length, 'source field')} without a place of ${custom.length === 1 ? 'its' : 'their'} own ${custom.length === 1 ? 'is' : 'are'} kept in custom fields: ${names.join(', ')}${rest > 0 ? ` and ${number(rest)} more` : ''}.`,
    0,
  );
}

function steps(
  { run, command, status, records, rejects, inputs, of }: RunDocument,
  palette: Palette,
): string[] {
  const rejected = Object.values(records).some(({ fates }) => fates.rejected > 0);
  return nextSteps(
    [
      ...(rejected ? [{ to: 'rejects', run: `rejects ${run} -o rejects` }] : []),
      ...(status === 'complete' && rejects.open > 0 ? [{ to: 'retry', run: `retry ${run}` }] : []),
      ...(status === 'interrupted' && (command === 'import' || command === 'retry')
        ? [{ to: 'go on', run: `resume ${run}` }]
        : []),
      ...(status === 'planned' ? [{ to: 'import', run: `import --run ${run}` }] : []),
      ...(status === 'complete'
        ? [{ to: 'verify', run: `verify --run ${inputs.length === 0 ? (of ?? run) : run}` }]
        : []),
      { to: 'report', run: `report ${run} -o report.html` },
    ],
    palette,
  );
}

function facts(run: RunDocument, palette: Palette): string[] {
  const files = run.inputs.map(({ name, bytes }) => `${excerpt(name, 60)} (${size(bytes)})`);
  const rest = files.length - 3;
  return [
    palette.dim(
      `${run.source} → account ${run.account} · run ${run.run} · ${duration(run.seconds)}${run.by === null ? '' : ` · by ${excerpt(run.by, 24)}`}`,
    ),
    ...files.slice(0, 3).map((file) => palette.dim(file)),
    ...(rest > 0 ? [palette.dim(`and ${count(rest, 'more file')}`)] : []),
    ...(run.purgedAt === null
      ? []
      : [
          palette.yellow(
            `purged on ${run.purgedAt.slice(0, 10)}: it can no longer be undone or retried`,
          ),
        ]),
  ];
}

/** What `preview`, `import` and `status` show; the outcome takes the verification in, where there was one. */
export function renderRunText(
  run: RunDocument,
  options: TextOptions,
  verification: VerifyDocument | null = null,
): string {
  const palette = paletteOf(options);
  const top = headline(verdictOf({ run, verification }), palette);
  if (options.brief === true) return page(top.slice(0, 1));
  return page(
    top,
    facts(run, palette),
    run.rollback === null
      ? []
      : undoneTable(run.rollback.tables, { preview: run.status === 'planned' }, palette),
    run.rollback === null ? [] : leftRows(run.rollback.left, run.rollback.total.left, palette),
    fateTable('source records', run.records, palette),
    fateTable('records that waited', run.waiting.records, palette),
    fateTable(run.status === 'complete' ? 'rows of the CRM' : 'rows to be', run.entities, palette),
    run.status === 'interrupted' ? [] : [...balance(run, palette), ...retired(run)],
    later(run),
    findings(run, palette),
    changedColumns(run, palette),
    changes(run, palette),
    files(run),
    possibleDuplicates(run, palette),
    kept(run),
    steps(run, palette),
  );
}
