import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const poolSize = 16 * 4_096;

/** Makes UUIDs version 7 by the hundred thousand: randomness is drawn for thousands of them at once. */
export function createIdSource(): () => string {
  const pool = new Uint8Array(poolSize);
  let used = poolSize;
  return () => {
    if (used === poolSize) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.subarray(used, (used += 16));
    return v7({ random });
  };
}
