import type { SourceEntity } from '../../src/adapter/contract.ts';
import { compileMappings } from '../../src/mapping/compile.ts';
import type { MappedRecord, MappingSet, Requirements } from '../../src/mapping/contract.ts';
import type { ColumnValue } from '../../src/model/draft.ts';
import type { Fields, SourceRecord } from '../../src/model/record.ts';
import { spanishAgency } from './transform.ts';

interface MappingOptions {
  readonly entities?: Readonly<Record<string, SourceEntity>>;
  readonly requirements?: Requirements;
  /** Texts of value tables. */
  readonly tables?: readonly string[];
}

/** Compiles mappings of the adapter `demo`; each text leaves out the two lines that all begin with. */
export function demoMappings(texts: readonly string[], options: MappingOptions = {}): MappingSet {
  const { entities, requirements, tables = [] } = options;
  const mappings = texts.map((text, index) => ({
    name: `demo/${index + 1}.yaml`,
    text: `mapping: 1\nadapter: demo\n${text}`,
  }));
  const files = tables.map((text, index) => ({ name: `tables/${index + 1}.yaml`, text }));
  return compileMappings([...mappings, ...files], {
    adapter: 'demo',
    entities,
    account: spanishAgency,
    requirements,
  });
}

/** A record of the entity `things` with id 7. */
export function aThing(fields: Fields, rest: Partial<SourceRecord> = {}): SourceRecord {
  return {
    entity: 'things',
    sourceId: '7',
    deleted: false,
    line: 12,
    file: 'things.json',
    ordinal: 0,
    fields,
    ...rest,
  };
}

/** Maps one thing by one mapping of `things`. */
export function mapThing(text: string, fields: Fields, options?: MappingOptions): MappedRecord {
  return demoMappings([`from: things\n${text}`], options).map(aThing(fields));
}

/** The values of the root row of a thing, without custom_fields where there are none. */
export function rowOf(
  text: string,
  fields: Fields,
  options?: MappingOptions,
): Readonly<Record<string, ColumnValue>> {
  const root = mapThing(text, fields, options).drafts.find((draft) => draft.root);
  const { custom_fields: custom = null, ...values } = root?.values ?? {};
  return custom === null ? values : { ...values, custom_fields: custom };
}

/** The codes of the issues of a thing. */
export function codesOf(text: string, fields: Fields, options?: MappingOptions): readonly string[] {
  return mapThing(text, fields, options).issues.map(({ code }) => code);
}
