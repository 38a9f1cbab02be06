import type { SurveyedColumn } from '../../mapping/forms/survey.ts';
import type { DistinctTexts } from './distinct.ts';
import { DistinctTally } from './distinct.ts';
import { joinedTable, surveySource, type SurveyedTable } from '../survey.ts';
import { openImport, readingKey } from './source.ts';
import type { StoredImport } from './store.ts';
import type { Workshop } from './workshop.ts';

/** What one reading of an import's file tells of its columns. */
export interface Study {
  readonly table: SurveyedTable;
  readonly rows: number;
  readonly forms: readonly SurveyedColumn[];
  readonly distinct: (column: string) => DistinctTexts;
}

/** Reads the file of an import once, to its end; what it tells is remembered while file and reading stay the same. */
export function studyOf(workshop: Workshop, one: StoredImport): Promise<Study> {
  return workshop.memory.studies.get(readingKey(one), () => study(workshop, one));
}

async function study(workshop: Workshop, one: StoredImport): Promise<Study> {
  const ready = await openImport(workshop, one);
  try {
    const tally = new DistinctTally();
    const { tables, forms } = await surveySource(ready, workshop.session.environment, (fields) => {
      tally.add(fields);
    });
    const table = joinedTable(tables);
    return {
      table,
      rows: table.columns[0]?.rows ?? 0,
      forms,
      distinct: (column) => tally.of(column),
    };
  } finally {
    await ready.opened.close();
  }
}
