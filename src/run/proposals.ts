import { join } from 'node:path';
import type { MappingFile } from '../mapping/document.ts';
import { readTableFiles, readVocabularyFiles } from '../mapping/files.ts';
import type { ValueTables } from '../mapping/headers/evidence.ts';
import { guessKind, type KindGuess } from '../mapping/headers/kind.ts';
import { mappingText, matchedColumns, reasonKept } from '../mapping/headers/mapping-text.ts';
import { type ColumnProposal, type Level, proposeFields } from '../mapping/headers/propose.ts';
import { compileVocabulary, type Vocabulary } from '../mapping/headers/vocabulary.ts';
import { loadTables } from '../mapping/load.ts';
import { UsageError } from '../model/errors.ts';
import { issue, type Issue } from '../model/issue.ts';
import type { RowKind } from './contract.ts';
import { packageRoot } from './package-root.ts';
import type { SurveyedTable } from './survey.ts';

/** What is known of headers and values before a file is seen. */
export interface HeaderKnowledge {
  readonly vocabulary: Vocabulary;
  readonly tables: ValueTables;
}

/** The spellings and value tables that come with the tool. */
export async function headerKnowledge(): Promise<HeaderKnowledge> {
  const directory = join(packageRoot(), 'mappings');
  const [vocabulary, tables] = await Promise.all([
    readVocabularyFiles(join(directory, 'headers')),
    readTableFiles(join(directory, 'tables')),
  ]);
  return { vocabulary: compileVocabulary(vocabulary), tables: loadTables(tables) };
}

/** What a table is taken for: its rows, and each of its columns. */
export interface TableProposal {
  readonly entity: string;
  readonly file: string;
  readonly kind: KindGuess;
  readonly columns: readonly ColumnProposal[];
}

/** Proposes what a table is; `as` is what its rows are said to be. */
export function proposeTable(
  { entity, file, columns }: SurveyedTable,
  knowledge: HeaderKnowledge,
  as: RowKind | undefined,
): TableProposal {
  const kind =
    as === undefined
      ? guessKind(columns, file, knowledge.vocabulary, knowledge.tables)
      : ({ kind: as, confidence: 1, level: 'high', reason: 'said with --as', others: [] } as const);
  const proposals = proposeFields(columns, { kind: kind.kind, ...knowledge });
  return { entity, file, kind, columns: proposals };
}

/** The mapping that a proposal makes. */
export function proposedMapping(
  { kind, columns }: TableProposal,
  adapter: string,
  entity: string,
  least: Level,
): MappingFile {
  const text = mappingText(columns, { adapter, entity, kind: kind.kind, least });
  return { name: `proposal for ${entity}`, text };
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

/** Throws UsageError where it is not sure enough, to import it unseen, what the rows are or that any column is known. */
export function assertSure({ file, kind, columns }: TableProposal): void {
  if (kind.level !== 'high') {
    const others = kind.others.map((other) => `--as ${other}`);
    throw new UsageError(
      `What the rows of ${file} are is not sure: perhaps ${kind.kind} (${percent(kind.confidence)}; ${kind.reason}).`,
      {
        hint: `Say it: --as ${kind.kind}${others.length > 0 ? `, or ${others.join(', ')}` : ''}. "tesoro-migrate mapping suggest" shows what each column is taken for.`,
      },
    );
  }
  if (matchedColumns(columns, 'high').size > 0) return;
  throw new UsageError(`No column of ${file} is known for sure.`, {
    hint: 'Write a mapping: "tesoro-migrate mapping suggest FILE -o MAPPING" gives one to begin with.',
  });
}

/** Once a column: that it is not imported into a field, and why. */
export function unmappedIssues({ entity, file, columns }: TableProposal): readonly Issue[] {
  const used = new Set([...matchedColumns(columns, 'high').values()].flat());
  return columns
    .filter(({ column, filled }) => filled > 0 && !used.has(column))
    .map((proposal) => {
      const isKnown = proposal.kept !== null && proposal.alternatives.length === 0;
      const args = { reason: reasonKept(proposal), rows: String(proposal.filled) };
      const [value] = proposal.examples;
      return issue('COLUMN_NOT_MAPPED', {
        file,
        entity,
        field: proposal.column,
        args,
        ...(value === undefined ? {} : { value }),
        ...(isKnown && !isUnknown(proposal) ? { severity: 'info' as const } : {}),
      });
    });
}

/** Whether nothing at all is known of a column, so that a person should look at it. */
const isUnknown = ({ kept }: ColumnProposal): boolean => kept?.startsWith('neither') === true;
