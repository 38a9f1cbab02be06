import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';
const enough = 4 * 1024 ** 3;

/** Where the databases of tests are: in memory where Linux has room for them there, for they need not outlive the tests. */
export const scratch = hasRoom() ? inMemory : tmpdir();

function hasRoom(): boolean {
  if (!existsSync(inMemory)) return false;
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize > enough;
}
