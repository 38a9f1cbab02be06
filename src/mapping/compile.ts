import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { SourceEntity } from '../adapter/contract.ts';
import { issue } from '../model/issue.ts';
import type { SourceRecord } from '../model/record.ts';
import { didYouMean } from './closest.ts';
import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import type { AccountDefaults, MappedRecord, MappingSet, Requirements } from './contract.ts';
import { Findings, type MappingFile } from './document.ts';
import type { SourceForms } from './forms/contract.ts';
import { loadFiles } from './load.ts';
import { TablePolicies } from './table-policy.ts';

export interface CompileOptions {
  readonly adapter: string;
  /** What the adapter declares of its source; without it, names of fields and entities are not checked. */
  readonly entities?: Readonly<Record<string, SourceEntity>> | undefined;
  readonly account: AccountDefaults;
  /** Before what the mappings say. */
  readonly requirements?: Requirements | undefined;
  /** How the columns are written, where the source is a table. */
  readonly forms?: SourceForms | undefined;
}

/**
 * Compiles the mappings of one adapter, with their value tables. Throws a MappingError that names every finding with
 * file, line and path.
 */
export function compileMappings(
  files: readonly MappingFile[],
  { adapter, entities, account, requirements, forms }: CompileOptions,
): MappingSet {
  const findings = new Findings();
  const { mappings, tables } = loadFiles(files, adapter, findings);
  const policies = new TablePolicies();
  const compiled = new Map<string, readonly CompiledMapping[]>();
  const tablesOf = (entity: string, part: string | undefined): readonly string[] =>
    (mappings.get(entity) ?? []).flatMap(({ text }) => {
      const further = (text.also ?? []).filter((also) => also.part === part).map(({ to }) => to);
      return part === undefined ? [text.to, ...further] : further;
    });
  for (const [entity, texts] of mappings) {
    const declared = entities === undefined ? undefined : entities[entity];
    const ofEntity = texts.flatMap((loaded) => {
      if (entities !== undefined && declared === undefined)
        loaded.place
          .at('from')
          .report(
            `the source has no entity "${entity}".${didYouMean(entity, Object.keys(entities))}`,
          );
      const mapping = compileMapping(loaded, {
        fields: declared?.fields,
        idField: declared?.id,
        entities: entities === undefined ? undefined : Object.keys(entities),
        tables,
        policies,
        surroundings: { account, tables, forms },
        requirements,
        tablesOf,
      });
      return mapping === undefined ? [] : [mapping];
    });
    compiled.set(entity, ofEntity);
  }
  findings.settle();

  return {
    adapter,
    hash: hashOf(files),
    tables: policies.assemble(),
    roots: rootsOf(compiled),
    rules: [...compiled.values()].flat().flatMap(({ rules }) => rules),
    wantedForms: [...compiled.values()].flat().flatMap(({ wantedForms }) => wantedForms),
    map: (record) =>
      mappingFor(compiled.get(record.entity), record)?.map(record) ?? notMapped(record),
    coverage: () =>
      [...compiled].flatMap(([entity, ofEntity]) =>
        ofEntity.flatMap(({ tree }) => tree.coverage(entity)),
      ),
  };
}

/** The first mapping that takes a record; where none does, the last, which excludes it. */
function mappingFor(
  ofEntity: readonly CompiledMapping[] = [],
  record: SourceRecord,
): CompiledMapping | undefined {
  if (ofEntity.length < 2) return ofEntity[0];
  return ofEntity.find((mapping) => mapping.takes(record)) ?? ofEntity.at(-1);
}

function notMapped({ entity, sourceId, file, line }: SourceRecord): MappedRecord {
  return { drafts: [], issues: [issue('ENTITY_NOT_MAPPED', { entity, sourceId, file, line })] };
}

function rootsOf(compiled: ReadonlyMap<string, readonly CompiledMapping[]>): MappingSet['roots'] {
  return Object.fromEntries(
    [...compiled].map(([entity, ofEntity]) => [
      entity,
      [...new Set(ofEntity.map(({ root }) => root))],
    ]),
  );
}

/** The same for the same texts, wherever the files lie and in whatever order they come. */
function hashOf(files: readonly MappingFile[]): string {
  const hash = createHash('sha256');
  const texts = files.map(({ name, text }) => `${basename(name)}\0${text}\0`).sort();
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}
