import { writeCsv } from '../formats/csv-write.ts';
import { fates } from '../model/fate.ts';
import type { Finding } from '../run/contract.ts';
import type {
  ColumnChange,
  CountComparison,
  FieldDifference,
  ReportDocument,
  RowIdentity,
  TableCounts,
  WorkbookLine,
} from '../run/documents.ts';
import { describedRow, likelihoodOf, originOf, reasonsOf } from './duplicates.ts';
import { messageOf } from './messages.ts';
import { verdictOf } from './verdict.ts';
import { explanationOf } from './workbook.ts';

/** The columns of the flat report; each line fills those that its section knows. */
export const csvColumns = [
  'section',
  'entity',
  'source_id',
  'part',
  'field',
  'code',
  'severity',
  'count',
  'value',
  'crm_value',
  'message',
  'file',
  'line',
] as const;

type Line = { readonly section: string } & {
  readonly [Column in (typeof csvColumns)[number]]?: string | number | null | undefined;
};

function outcome(report: ReportDocument): Line[] {
  const { run, verification } = report;
  const { headline, explanation } = verdictOf(report);
  const fact = (field: string, value: string | null): Line => ({ section: 'run', field, value });
  return [
    { section: 'run', field: 'outcome', value: headline, message: explanation },
    fact('run', run.run),
    fact('command', run.command),
    fact('status', run.status),
    fact('source', run.source),
    fact('account', run.account),
    fact('started_at', run.startedAt),
    fact('finished_at', run.finishedAt),
    fact('by', run.by),
    fact('purged_at', run.purgedAt),
    fact('tool', run.tool),
    fact('mapping', run.mapping),
    fact('balanced', String(run.balanced)),
    fact('verification', verification === null ? 'not made' : verification.verdict),
    ...run.inputs.map(({ name, bytes, sha256 }): Line => ({
      section: 'input',
      file: name,
      field: 'sha256',
      value: sha256,
      count: bytes,
    })),
  ];
}

function counted(section: string, tables: Readonly<Record<string, TableCounts>>): Line[] {
  return Object.entries(tables).flatMap(([entity, counts]): Line[] => [
    { section, entity, field: 'read', count: counts.read },
    { section, entity, field: 'active', count: counts.active },
    { section, entity, field: 'deleted', count: counts.deleted },
    ...fates.map((fate): Line => ({ section, entity, field: fate, count: counts.fates[fate] })),
  ]);
}

/** What later runs made of the records that did not come in. */
function later({ rejects }: ReportDocument['run']): Line[] {
  const section = 'rejects';
  if (rejects.kept === 0) return [];
  return [
    { section, field: 'kept', count: rejects.kept },
    { section, field: 'open', count: rejects.open },
    ...Object.entries(rejects.later).map(([fate, count]): Line => ({
      section,
      field: `later ${fate}`,
      count,
    })),
    ...rejects.runs.map((run): Line => ({ section, field: 'later run', value: run })),
  ];
}

function compared({ entity, baseline, source, crm, accounted, ok }: CountComparison): Line[] {
  const section = 'comparison';
  const sides = { baseline, source, crm };
  return [
    ...Object.entries(sides).flatMap(([side, counts]): Line[] =>
      counts === null
        ? []
        : [
            { section, entity, field: `${side} active`, count: counts.active },
            { section, entity, field: `${side} deleted`, count: counts.deleted },
          ],
    ),
    ...Object.entries(accounted).map(([fate, value]): Line => ({
      section,
      entity,
      field: `accounted ${fate}`,
      count: value,
    })),
    { section, entity, field: 'result', value: ok ? 'agree' : 'differ' },
  ];
}

function changedColumn({ entity, field, rows, filled, emptied }: ColumnChange): Line[] {
  const about = { section: 'changed column', entity, field };
  return [
    { ...about, part: 'rows', count: rows },
    { ...about, part: 'was empty', count: filled },
    { ...about, part: 'becomes empty', count: emptied },
  ];
}

function workbookLines(line: WorkbookLine): Line[] {
  const { entity, dimension, value, screens, baseline, source, crm, ok } = line;
  const about = { section: 'workbook', entity, field: dimension, value };
  const sides = { screens, baseline, source, crm };
  return [
    ...Object.entries(sides).flatMap(([side, counts]): Line[] =>
      (['active', 'deleted'] as const).flatMap((which) =>
        counts?.[which] == null
          ? []
          : [{ ...about, part: `${side} ${which}`, count: counts[which] }],
      ),
    ),
    { ...about, part: 'result', code: ok ? 'agree' : 'differ', message: explanationOf(line) },
  ];
}

const rowMessages = {
  missing: 'The source has the record; the CRM does not.',
  unexpected: 'The CRM has the row; the source does not.',
  'media-missing': 'The file is not stored.',
} as const;

const differenceMessages = {
  different: 'The value in the CRM is not the value of the source.',
  'broken-link': 'The link in the CRM does not lead where the link of the source leads.',
  'media-different': 'The stored file is not the file of the source.',
} as const;

function identityLine(kind: keyof typeof rowMessages, row: RowIdentity): Line {
  return {
    section: kind,
    entity: row.entity,
    source_id: row.sourceId,
    part: row.part,
    crm_value: row.id,
    message: rowMessages[kind],
  };
}

function differenceLine(
  kind: keyof typeof differenceMessages,
  { entity, sourceId, part, field, source, crm }: FieldDifference,
): Line {
  return {
    section: kind,
    entity,
    source_id: sourceId,
    part,
    field,
    value: source,
    crm_value: crm,
    message: differenceMessages[kind],
  };
}

function findingLine(finding: Finding): Line {
  switch (finding.kind) {
    case 'issue': {
      const { code, severity, entity, sourceId, field, value, file, line } = finding.issue;
      return {
        section: 'finding',
        entity,
        source_id: sourceId,
        field,
        code,
        severity,
        value,
        message: messageOf(finding.issue),
        file,
        line,
      };
    }
    case 'change': {
      const { entity, sourceId, field, old, new: value } = finding.change;
      return { section: 'change', entity, source_id: sourceId, field, value, crm_value: old };
    }
    case 'duplicate': {
      const { entity, score, first, second } = finding.pair;
      return {
        section: 'duplicate',
        entity,
        source_id: originOf(first),
        part: originOf(second),
        code: finding.pair.reasons.join(' '),
        count: score,
        value: describedRow(first),
        crm_value: describedRow(second),
        message: `The two rows may be one (${likelihoodOf(finding.pair)}): ${reasonsOf(finding.pair)}.`,
      };
    }
    case 'missing':
    case 'unexpected':
    case 'media-missing':
      return identityLine(finding.kind, finding.row);
    case 'different':
    case 'broken-link':
    case 'media-different':
      return differenceLine(finding.kind, finding.difference);
  }
}

async function* lines(
  report: ReportDocument,
  findings: AsyncIterable<Finding>,
): AsyncGenerator<Line> {
  const { run, verification } = report;
  yield* outcome(report);
  yield* counted('records', run.records);
  yield* counted('rows', run.entities);
  yield* counted('waiting records', run.waiting.records);
  yield* counted('waiting rows', run.waiting.entities);
  yield* later(run);
  yield* run.changedColumns.flatMap(changedColumn);
  yield* verification?.counts.flatMap(compared) ?? [];
  yield* verification?.workbook.lines.flatMap(workbookLines) ?? [];
  for (const { entity, field, filled, use } of run.coverage) {
    yield { section: 'coverage', entity, field, code: use, count: filled };
  }
  for await (const finding of findings) yield findingLine(finding);
}

async function* rows(source: AsyncIterable<Line>): AsyncGenerator<(string | null)[]> {
  yield [...csvColumns];
  for await (const line of source) {
    yield csvColumns.map((column) => {
      const value = line[column];
      return typeof value === 'number' ? String(value) : (value ?? null);
    });
  }
}

/**
 * The report as one flat table for a spreadsheet: every finding, without an upper bound, a piece at a time.
 * Cells that a spreadsheet would run as a formula are made safe.
 */
export function renderCsv(
  report: ReportDocument,
  findings: AsyncIterable<Finding>,
): AsyncIterable<string> {
  return writeCsv(rows(lines(report, findings)), { guard: true });
}
