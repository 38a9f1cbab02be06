import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SourceAdapter } from '../adapter/contract.ts';
import { runCases } from '../mapping/cases.ts';
import { compileMappings } from '../mapping/compile.ts';
import type { AccountDefaults } from '../mapping/contract.ts';
import type { MappingFile } from '../mapping/document.ts';
import { readCaseFiles, readMappingFiles, readTableFiles } from '../mapping/files.ts';
import { UsageError } from '../model/errors.ts';
import type { MappingListDocument, MappingTestDocument, TextFile } from './contract.ts';
import { packageRoot } from './package-root.ts';

const shipped = (): string => join(packageRoot(), 'mappings');

/** The directory of the mappings of an adapter that come with the tool. */
const shippedFor = (adapter: string): string => join(shipped(), adapter);

/**
 * The mapping files for an adapter: those that come with the tool; or a directory of them; or one file, which stands in for
 * the one of the same source entity. Value tables that are not beside them are those of the tool.
 * Throws UsageError for what is not there.
 */
export async function mappingFilesFor(
  adapter: string,
  given: string | undefined,
): Promise<readonly MappingFile[]> {
  const own = await ownFiles(adapter);
  if (given === undefined || given === adapter) {
    if (own.some(({ text }) => entityOf(text) !== undefined)) return own;
    throw new UsageError(
      `No mapping for ${adapter} comes with the tool: its columns are its own.`,
      {
        hint: 'Give one with --mapping; docs/mappings.md says how to write it.',
      },
    );
  }
  const found = await stat(given).catch((cause: unknown) => {
    throw new UsageError(`There is no mapping ${given}.`, {
      hint: 'Name a .yaml file, or a directory with one for each source entity; "tesoro-migrate mappings show NAME" gives one to begin with.',
      cause,
    });
  });
  if (!found.isDirectory()) {
    const file = { name: given, text: await readFile(given, 'utf8') };
    return [...own.filter(({ text }) => !standsInFor(file.text, text, own)), file];
  }
  const files = await readMappingFiles(given);
  const names = new Set(files.map(({ text }) => tableOf(text)));
  return [
    ...files,
    ...own.filter(({ text }) => tableOf(text) !== undefined && !names.has(tableOf(text))),
  ];
}

/** The value tables that come with the tool. */
export const valueTableFiles = (): Promise<readonly MappingFile[]> =>
  readTableFiles(join(shipped(), 'tables'));

/** The mappings of an adapter that come with the tool, with the value tables; only these where its columns are data. */
async function ownFiles(adapter: string): Promise<readonly MappingFile[]> {
  return (await shippedAdapters()).includes(adapter)
    ? readMappingFiles(shippedFor(adapter))
    : valueTableFiles();
}

const shippedAdapters = (): Promise<readonly string[]> => readdir(shipped());

/** Whether a given mapping takes the place of one: that of its entity, and of its table where the entity has several. */
function standsInFor(given: string, text: string, own: readonly MappingFile[]): boolean {
  const entity = entityOf(given);
  if (entityOf(text) !== entity) return false;
  const several = own.filter((file) => entityOf(file.text) === entity).length > 1;
  return !several || targetOf(text) === targetOf(given);
}

const entityOf = (text: string): string | undefined => /^from:\s*(\S+)/m.exec(text)?.[1];
const targetOf = (text: string): string | undefined => /^to:\s*(\S+)/m.exec(text)?.[1];
const tableOf = (text: string): string | undefined => /^table:\s*(\S+)/m.exec(text)?.[1];

/** The mappings that come with the tool. */
export async function listMappings(
  adapters: readonly SourceAdapter[],
): Promise<MappingListDocument> {
  const withMappings = await shippedAdapters();
  const lists = await Promise.all(
    adapters
      .filter(({ name }) => withMappings.includes(name))
      .map(async (adapter) => {
        const files = await readMappingFiles(shippedFor(adapter.name));
        return files.flatMap(({ name, text }) => {
          const [from, to] = [entityOf(text), targetOf(text)];
          if (from === undefined || to === undefined) return [];
          return {
            name: `${adapter.name}/${basename(name, '.yaml')}`,
            adapter: adapter.name,
            from,
            to,
          };
        });
      }),
  );
  return { mappings: lists.flat() };
}

/** The text of a mapping that comes with the tool. Throws UsageError for an unknown name. */
export async function mappingText(name: string): Promise<TextFile> {
  const [adapter = '', entity = ''] = name.split('/');
  const directory = join(shipped(), basename(adapter));
  const fileName = `${basename(entity)}.yaml`;
  try {
    return { fileName, content: await readFile(join(directory, fileName), 'utf8') };
  } catch (cause) {
    const known = await readdir(shipped());
    throw new UsageError(`There is no mapping "${name}".`, {
      hint: `Names are like ${known.filter((one) => one !== 'tables' && one !== 'headers').join('/…, ')}/…; see "tesoro-migrate mappings".`,
      cause,
    });
  }
}

/** Runs the cases beside a mapping file. */
export async function testMapping(
  adapters: readonly SourceAdapter[],
  file: string,
  account: AccountDefaults,
): Promise<MappingTestDocument> {
  const directory = dirname(file);
  const mapping = basename(file).replace(/(\.cases)?\.yaml$/, '');
  const files = await readMappingFiles(directory);
  const own = files.find(({ name }) => basename(name) === `${mapping}.yaml`);
  if (own === undefined) {
    throw new UsageError(`There is no mapping ${file}.`, {
      hint: 'Name a file mappings/<adapter>/<entity>.yaml.',
    });
  }
  const adapterName = /^adapter:\s*(\S+)/m.exec(own.text)?.[1] ?? '';
  const adapter = adapters.find(({ name }) => name === adapterName);
  const cases = (await readCaseFiles(directory)).find(
    ({ name }) => basename(name) === `${mapping}.cases.yaml`,
  );
  if (cases === undefined) {
    throw new UsageError(`There are no cases beside ${own.name}.`, {
      hint: `Write some in ${join(directory, `${mapping}.cases.yaml`)}.`,
    });
  }
  const set = compileMappings(files, {
    adapter: adapterName,
    entities: adapter?.open === true ? undefined : adapter?.entities,
    account,
  });
  const entity = entityOf(own.text) ?? mapping;
  const results = runCases(set, cases, entity, adapter?.entities[entity]?.id);
  return {
    mapping: own.name,
    cases: results,
    exitCode: results.every(({ ok }) => ok) ? 0 : 1,
  };
}
