import { Findings, type MappingFile, type Place, checkShape, parseFile } from './document.ts';
import { type MappingText, mappingSchema, mappingWords, tableSchema } from './schema.ts';
import { compileTable } from './table.ts';
import type { ValueTable } from './transform.ts';

/** A mapping file whose shape is right, before its names are checked. */
export interface LoadedMapping {
  readonly text: MappingText;
  readonly place: Place;
}

/** The files of one adapter, parsed: its mappings by source entity, and the value tables by name. */
export interface LoadedFiles {
  /** Of an entity, in the order in which they are asked: those with conditions before the one without. */
  readonly mappings: ReadonlyMap<string, readonly LoadedMapping[]>;
  readonly tables: ReadonlyMap<string, ValueTable>;
}

/** Parses mapping files and value tables, told apart by their first word. What is wrong goes to `findings`. */
export function loadFiles(
  files: readonly MappingFile[],
  adapter: string,
  findings: Findings,
): LoadedFiles {
  const mappings = new Map<string, LoadedMapping[]>();
  const tables = new Map<string, ValueTable>();
  for (const file of files) {
    const parsed = parseFile(file, findings);
    if (parsed === undefined) continue;
    if (isTable(parsed.value)) {
      const text = checkShape(tableSchema, parsed, mappingWords);
      if (text === undefined) continue;
      if (tables.has(text.table))
        parsed.place.at('table').report(`there is another table "${text.table}"`);
      tables.set(text.table, compileTable(text, parsed.place));
    } else {
      const text = checkShape(mappingSchema, parsed, mappingWords);
      if (text === undefined) continue;
      if (text.adapter !== adapter)
        parsed.place
          .at('adapter')
          .report(`is a mapping of "${text.adapter}"; expected "${adapter}"`);
      const others = mappings.get(text.from) ?? [];
      if (!isConditional(text) && !others.every((other) => isConditional(other.text)))
        parsed.place
          .at('from')
          .report(
            `there is another mapping of "${text.from}"; all but one need "when" or "unless"`,
          );
      const all = [...others, { text, place: parsed.place }];
      mappings.set(text.from, [
        ...all.filter((one) => isConditional(one.text)),
        ...all.filter((one) => !isConditional(one.text)),
      ]);
    }
  }
  return { mappings, tables };
}

/** Whether a mapping takes some of the records of its entity. */
function isConditional({ when, unless }: MappingText): boolean {
  return when !== undefined || unless !== undefined;
}

/** The value tables among files, by name. Throws a MappingError for one that is wrong. */
export function loadTables(files: readonly MappingFile[]): ReadonlyMap<string, ValueTable> {
  const findings = new Findings();
  const { tables } = loadFiles(files, '', findings);
  findings.settle();
  return tables;
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'table' in value;
}
