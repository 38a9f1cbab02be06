import { FormSurvey, type SurveyedColumn } from '../mapping/forms/survey.ts';
import { type ColumnProfile, TableProfiler } from '../mapping/headers/profile.ts';
import type { Fields } from '../model/record.ts';
import type { Progress } from './contract.ts';
import type { ReadySource } from './source-of-run.ts';

/** The rows of one entity, as a table. */
export interface SurveyedTable {
  readonly entity: string;
  /** The first file that holds such rows. */
  readonly file: string;
  readonly columns: readonly ColumnProfile[];
}

/** What one reading of a source tells of its columns: what they hold, and how it is written. */
export interface SourceSurvey {
  readonly tables: readonly SurveyedTable[];
  readonly forms: readonly SurveyedColumn[];
}

/** What a survey takes from outside. */
export interface SurveySurroundings {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

interface Table {
  readonly file: string;
  readonly profiler: TableProfiler;
}

/** Kinds of rows of one source; a file that names another in each row is not a table. */
const mostTables = 200;

/** Tables with rows of one kind, as one: columns of one name are one column. */
export function joinedTable(tables: readonly SurveyedTable[]): SurveyedTable {
  const rows = tables.reduce((sum, { columns }) => sum + (columns[0]?.rows ?? 0), 0);
  const columns = new Map<string, ColumnProfile>();
  for (const column of tables.flatMap((table) => table.columns)) {
    const known = columns.get(column.name);
    columns.set(column.name, {
      name: column.name,
      rows,
      filled: (known?.filled ?? 0) + column.filled,
      sample: [...(known?.sample ?? []), ...column.sample],
    });
  }
  const [first] = tables;
  return {
    entity: first?.entity ?? '',
    file: first?.file ?? '',
    columns: [...columns.values()],
  };
}

/** Whether a source is tables, whose columns are each written one way. */
export const isTables = ({ source }: ReadySource): boolean => source.adapter.describe !== undefined;

/** Reads a source once, and remembers of its columns what fits into bounds. */
export async function surveySource(
  ready: ReadySource,
  { signal, progress }: SurveySurroundings,
  onRecord?: (fields: Fields) => void,
): Promise<SourceSurvey> {
  const tables = new Map<string, Table>();
  const tableOf = (entity: string, file: string): Table | undefined => {
    const known = tables.get(entity);
    if (known !== undefined || tables.size >= mostTables) return known;
    const table = { file, profiler: new TableProfiler() };
    tables.set(entity, table);
    return table;
  };
  for (const file of ready.source.input.files) {
    const facts = await ready.describe(file);
    if (facts?.entity !== undefined)
      tableOf(facts.entity, file.name)?.profiler.declare(facts.columns);
  }
  const forms = new FormSurvey();
  let done = 0;
  for await (const event of ready.read()) {
    if (event.kind !== 'record') continue;
    const { record, file } = event;
    tableOf(record.entity, file)?.profiler.add(record.fields);
    forms.add(file, record);
    onRecord?.(record.fields);
    if (++done % 1_000 === 0) {
      signal.throwIfAborted();
      progress({ stage: 'reading', done });
    }
  }
  return {
    tables: [...tables].map(([entity, { file, profiler }]) => ({
      entity,
      file,
      columns: profiler.profiles(),
    })),
    forms: forms.columns(),
  };
}
