import { type Findings, type MappingFile, type Place, checkShape, parseFile } from './document.ts';
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
  readonly mappings: ReadonlyMap<string, LoadedMapping>;
  readonly tables: ReadonlyMap<string, ValueTable>;
}

/** Parses mapping files and value tables, told apart by their first word. What is wrong goes to `findings`. */
export function loadFiles(
  files: readonly MappingFile[],
  adapter: string,
  findings: Findings,
): LoadedFiles {
  const mappings = new Map<string, LoadedMapping>();
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
      if (mappings.has(text.from))
        parsed.place.at('from').report(`there is another mapping of "${text.from}"`);
      mappings.set(text.from, { text, place: parsed.place });
    }
  }
  return { mappings, tables };
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'table' in value;
}
