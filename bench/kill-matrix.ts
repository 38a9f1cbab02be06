// Kills imports at many places and goes on with them: node dist/bench/kill-matrix.js [CASES] [SEED] [embedded|server]
// Each must end as if nothing had happened: same CRM, id map, ledger, issues, rejects and document, byte for byte.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { casesOf, embeddedStable, KillMatrix, serverStable, type Stable } from './kill/matrix.ts';
import { startServer } from './server.ts';

const [count = '60', seed = '1', only] = process.argv.slice(2);

async function checkAll(stable: Stable): Promise<number> {
  const matrix = new KillMatrix(stable);
  let wrong = 0;
  try {
    const scenarios = await matrix.prepare();
    const cases = casesOf(scenarios, Number(count), Number(seed));
    for (const [index, one] of cases.entries()) {
      const scenario = scenarios.find(({ name }) => name === one.scenario);
      if (scenario === undefined) continue;
      const found = await matrix.check(scenario, one);
      if (found.length > 0) wrong++;
      const points = one.kills.map(
        ({ event, moment, delay }) => `${moment} ${String(event)}+${String(delay)}`,
      );
      console.log(
        `${stable.kind} ${String(index + 1)}/${count} ${one.scenario} ${one.phase} (${points.join(', then ')}): ${found.length === 0 ? 'same' : `NOT THE SAME\n${found.join('\n')}`}`,
      );
    }
    console.log(
      `${stable.kind}: ${String(cases.length)} interruptions, ${String(wrong)} of them not as if nothing had happened`,
    );
  } finally {
    await matrix.close();
  }
  return wrong;
}

let wrong = 0;
if (only !== 'server') {
  const directory = mkdtempSync(join(tmpdir(), 'tesoro-kill-embedded-'));
  wrong += await checkAll(embeddedStable(directory));
  rmSync(directory, { recursive: true, force: true });
}
if (only !== 'embedded') {
  const server = await startServer();
  try {
    wrong += await checkAll(serverStable(server.url));
  } finally {
    await server.stop();
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
