import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapters } from '../../adapters/index.ts';
import { runCases } from '../../src/mapping/cases.ts';
import { compileMappings } from '../../src/mapping/compile.ts';
import { readCaseFiles, readMappingFiles } from '../../src/mapping/files.ts';
import { renderReference } from '../../src/mapping/reference.ts';
import { transforms } from '../../src/mapping/transforms/index.ts';
import { spanishAgency } from '../support/transform.ts';

const root = join(import.meta.dirname, '../..');
const mappings = join(root, 'mappings');
const systems = readdirSync(mappings).filter((name) => name !== 'tables' && name !== 'headers');

describe.each(systems)('the mappings of %s', async (system) => {
  const directory = join(mappings, system);
  const files = (await readMappingFiles(directory)).map(({ name, text }) => ({
    name: `${system}/${basename(name)}`,
    text,
  }));
  const adapter = adapters.find(({ name }) => name === system);
  const compiled = () =>
    compileMappings(files, {
      adapter: system,
      entities: adapter?.entities,
      account: spanishAgency,
    });

  it('belong to an adapter', () => {
    expect(adapter?.name).toBe(system);
  });

  it('name fields of the source and columns of the CRM', () => {
    expect(() => compiled()).not.toThrow();
  });

  it('cover every entity of the source', () => {
    expect(Object.keys(compiled().roots).sort()).toEqual(
      Object.keys(adapter?.entities ?? {}).sort(),
    );
  });

  const mappingNames = files
    .filter(({ text }) => /^from:/m.test(text))
    .map(({ name }) => basename(name, '.yaml'));
  const entityOf = (name: string): string => {
    const text = files.find((file) => file.name === `${system}/${name}.yaml`)?.text ?? '';
    return /^from: *(\S+)/m.exec(text)?.[1] ?? '';
  };
  const cases = await readCaseFiles(directory);
  it.each(cases.map((file) => [basename(file.name, '.cases.yaml'), file] as const))(
    'give what the cases of %s say',
    (name, file) => {
      const entity = entityOf(name);
      const results = runCases(compiled(), file, entity, adapter?.entities[entity]?.id);
      expect(results).not.toHaveLength(0);
      expect(results.filter(({ ok }) => !ok)).toEqual([]);
    },
  );

  it('have cases each', () => {
    const withCases = cases.map(({ name }) => basename(name, '.cases.yaml')).sort();
    expect(withCases).toEqual(mappingNames.sort());
  });
});

describe('the transforms', () => {
  it('have a name of their own each', () => {
    const names = transforms.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are documented in the mapping reference (UPDATE=1 writes it)', () => {
    const path = join(root, 'docs/mapping-reference.md');
    const rendered = renderReference(transforms);
    if (process.env['UPDATE'] === '1') writeFileSync(path, rendered);
    expect(readFileSync(path, 'utf8')).toBe(rendered);
  });
});
