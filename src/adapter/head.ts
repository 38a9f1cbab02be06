import type { SourceFile } from './contract.ts';
import { openFile } from './open-file.ts';

/** How many bytes of a file `detect` gets to see. */
export const headLength = 65_536;

/** Reads the first 64 KiB of a file and closes it. */
export async function readHead(file: SourceFile, signal: AbortSignal): Promise<Uint8Array> {
  const head = new Uint8Array(headLength);
  let length = 0;
  for await (const bytes of openFile(file, signal)) {
    const part = bytes.subarray(0, headLength - length);
    head.set(part, length);
    length += part.length;
    if (length === headLength) break;
  }
  return head.subarray(0, length);
}

/** The head of a file as text, good enough to look for names in it: UTF-16 by its mark, else UTF-8. */
export function headText(head: Uint8Array): string {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  const utf16be = head[0] === 0xfe && head[1] === 0xff;
  return new TextDecoder(utf16 ? 'utf-16le' : utf16be ? 'utf-16be' : 'utf-8').decode(head);
}
