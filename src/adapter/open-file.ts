import { AbortedError } from '../model/errors.ts';
import type { SourceFile } from './contract.ts';

/** The bytes of a file, until the run is stopped: then AbortedError, and the file is closed. */
export async function* openFile(
  file: SourceFile,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const bytes of file.open()) {
    if (signal.aborted) throw new AbortedError(`Stopped while reading ${file.name}.`);
    yield bytes;
  }
}
