import type { Detection, SourceAdapter } from './contract.ts';

/** The first 64 KiB of a file. */
export interface FileHead {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The adapter that is surest of an input, and of which of its files. */
export interface DetectedAdapter extends Detection {
  readonly adapter: SourceAdapter;
  readonly file: string;
}

/** Picks the most confident adapter over all files; of equals the one listed first. */
export function detectAdapter(
  adapters: readonly SourceAdapter[],
  heads: readonly FileHead[],
): DetectedAdapter | undefined {
  let best: DetectedAdapter | undefined;
  for (const adapter of adapters) {
    for (const { file, bytes } of heads) {
      const detection = adapter.detect(bytes, file);
      if (detection && detection.confidence > (best?.confidence ?? 0)) {
        best = { adapter, file, ...detection };
      }
    }
  }
  return best;
}
