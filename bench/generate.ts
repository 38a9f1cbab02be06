import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportPieces, recordCount } from './agency.ts';

// Writes a Sooprema export of any size: node dist/bench/generate.js COPIES FILE (322 records and 220 KB a copy)
const [copies = '100', file = 'agency.json'] = process.argv.slice(2);
await pipeline(Readable.from(exportPieces(Number(copies))), createWriteStream(file));
console.log(`${file}: ${recordCount(Number(copies))} records`);
