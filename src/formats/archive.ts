import type { SourceFile } from '../adapter/contract.ts';

/** How much may come out of a compressed file. */
export interface ExpandLimits {
  /** 20 GiB by default. */
  readonly maxBytes?: number;
  /** Unpacked to packed, after the first 10 MiB; 1,000 by default. */
  readonly maxRatio?: number;
}

/** Whether the first bytes are those of a zip archive; `openZip` opens it. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** The file, unpacked as it is read where its bytes are gzip; any other file as it is. */
export function expandFile(file: SourceFile, limits: ExpandLimits = {}): SourceFile {
  throw new Error(`not written yet: ${file.name} ${typeof limits}`);
}

/** Unpacks gzip as it arrives. */
export function gunzip(
  bytes: AsyncIterable<Uint8Array>,
  options: ExpandLimits & { readonly file: string },
): AsyncIterable<Uint8Array> {
  throw new Error(`not written yet: ${options.file} ${typeof bytes}`);
}

/**
 * The files inside a zip archive, each of which can be opened again and again. The one function of this
 * folder that touches the disk: a zip archive has its list of contents at the end.
 */
export function openZip(path: string, limits: ExpandLimits = {}): Promise<SourceFile[]> {
  throw new Error(`not written yet: ${path} ${typeof limits}`);
}
