import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { SourceEntity } from '../adapter/contract.ts';
import type { TableName } from '../crm/column.ts';
import { issue } from '../model/issue.ts';
import type { SourceRecord } from '../model/record.ts';
import { didYouMean } from './closest.ts';
import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import type { AccountDefaults, MappedRecord, MappingSet, Requirements } from './contract.ts';
import { Findings, type MappingFile } from './document.ts';
import { loadFiles } from './load.ts';
import { TablePolicies } from './table-policy.ts';

export interface CompileOptions {
  readonly adapter: string;
  /** What the adapter declares of its source; without it, names of fields and entities are not checked. */
  readonly entities?: Readonly<Record<string, SourceEntity>> | undefined;
  readonly account: AccountDefaults;
  /** Before what the mappings say. */
  readonly requirements?: Requirements | undefined;
}

/**
 * Compiles the mappings of one adapter, with their value tables. Throws a MappingError that names every finding with
 * file, line and path.
 */
export function compileMappings(
  files: readonly MappingFile[],
  { adapter, entities, account, requirements }: CompileOptions,
): MappingSet {
  const findings = new Findings();
  const { mappings, tables } = loadFiles(files, adapter, findings);
  const policies = new TablePolicies();
  const compiled = new Map<string, CompiledMapping>();
  const tableOf = (entity: string, part: string | undefined): string | undefined => {
    const text = mappings.get(entity)?.text;
    return part === undefined ? text?.to : text?.also?.find((also) => also.part === part)?.to;
  };
  for (const [entity, loaded] of mappings) {
    const declared = entities === undefined ? undefined : entities[entity];
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
      surroundings: { account, tables },
      requirements,
      tableOf,
    });
    if (mapping !== undefined) compiled.set(entity, mapping);
  }
  findings.settle();

  return {
    adapter,
    hash: hashOf(files),
    tables: policies.assemble(),
    roots: rootsOf(compiled),
    rules: [...compiled.values()].flatMap(({ rules }) => rules),
    map: (record) => compiled.get(record.entity)?.map(record) ?? notMapped(record),
    coverage: () => [...compiled].flatMap(([entity, { tree }]) => tree.coverage(entity)),
  };
}

function notMapped({ entity, sourceId, file, line }: SourceRecord): MappedRecord {
  return { drafts: [], issues: [issue('ENTITY_NOT_MAPPED', { entity, sourceId, file, line })] };
}

function rootsOf(
  compiled: ReadonlyMap<string, CompiledMapping>,
): Readonly<Record<string, TableName>> {
  return Object.fromEntries([...compiled].map(([entity, { root }]) => [entity, root]));
}

/** The same for the same texts, wherever the files lie and in whatever order they come. */
function hashOf(files: readonly MappingFile[]): string {
  const hash = createHash('sha256');
  const texts = files.map(({ name, text }) => `${basename(name)}\0${text}\0`).sort();
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}
