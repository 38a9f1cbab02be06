import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { soopremaFiles } from './files.ts';
import { inmowebSamples } from './inmoweb.ts';
import { kyeroSamples } from './kyero.ts';
import { soopremaSamples } from './sooprema.ts';
import { savedTables, tesoroSamples } from './tesoro.ts';

// Writes the generated samples anew: npm run build && node dist/bench/samples/write.js
const samples = {
  ...soopremaSamples(),
  ...soopremaFiles(),
  ...inmowebSamples(),
  ...kyeroSamples(),
  ...tesoroSamples(),
  ...savedTables(),
};
for (const [name, text] of Object.entries(samples)) {
  const path = `samples/${name}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${path} ${text.length}`);
}
