// The one place of the mappings that reads from the disk.
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { MappingFile } from './document.ts';

const casesEnding = '.cases.yaml';
const isMapping = (name: string): boolean => name.endsWith('.yaml') && !name.endsWith(casesEnding);
const isCases = (name: string): boolean => name.endsWith(casesEnding);

/**
 * The texts that `compileMappings` takes: the mappings in a directory (`mappings/kyero`), and the value tables of the
 * directory `tables` beside it.
 */
export async function readMappingFiles(directory: string): Promise<readonly MappingFile[]> {
  const mappings = await readFiles(directory, isMapping);
  if (mappings.length === 0)
    throw new UsageError(`There is no mapping file in ${directory}.`, {
      hint: 'Name a directory with one .yaml file a source entity.',
    });
  return [...mappings, ...(await readTableFiles(join(dirname(directory), 'tables')))];
}

/** The value tables in a directory. */
export function readTableFiles(directory: string): Promise<readonly MappingFile[]> {
  return readFiles(directory, isMapping);
}

/** The spellings of column headers in a directory, a file a language. */
export function readVocabularyFiles(directory: string): Promise<readonly MappingFile[]> {
  return readFiles(directory, isMapping);
}

/** The cases files that stand beside the mappings in a directory. */
export function readCaseFiles(directory: string): Promise<readonly MappingFile[]> {
  return readFiles(directory, isCases);
}

/** The files of a directory by name; none where there is no directory. */
async function readFiles(
  directory: string,
  wanted: (name: string) => boolean,
): Promise<readonly MappingFile[]> {
  const names = await readdir(directory).catch((): string[] => []);
  return Promise.all(
    names
      .filter(wanted)
      .sort()
      .map(async (name) => {
        const path = join(directory, name);
        return { name: path, text: await readFile(path, 'utf8') };
      }),
  );
}
