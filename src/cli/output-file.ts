import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';
import { size } from '../report/figures.ts';
import type { Outcome } from './command.ts';

/** Where a command's file goes. */
export function outputFlag<Flags>(yargs: Argv<Flags>) {
  return yargs.option('output', {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'File to write; without it, standard output',
  });
}

/**
 * Writes the content to the file, or gives it to standard output where no file is named. `about` stands in the
 * document that `--json` shows beside the file's name and size.
 */
export async function deliver(
  content: AsyncIterable<string | Uint8Array>,
  file: string | undefined,
  { about, isJson = false }: { about: Readonly<Record<string, unknown>>; isJson?: boolean },
): Promise<Outcome> {
  if (file === undefined) return { content, isJson };
  const bytes = await writeWhole(file, content);
  return {
    document: { ...about, file, bytes },
    text: () => `Written: ${file} (${size(bytes)})\n`,
    exitCode: 0,
  };
}

/** A text as content. */
export async function* contentOf(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

/** The file appears only once it is whole: what is half written never looks like a result. */
async function writeWhole(
  file: string,
  content: AsyncIterable<string | Uint8Array>,
): Promise<number> {
  const draft = `${file}.part`;
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      const chunk = Buffer.from(piece);
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    await pipeline(counted, createWriteStream(draft));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    if (!isFileError(error)) throw error;
    throw new UsageError(`${file} cannot be written (${error.code}).`, {
      cause: error,
      hint: 'Check that the directory exists and that you may write in it.',
    });
  }
  return bytes;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
