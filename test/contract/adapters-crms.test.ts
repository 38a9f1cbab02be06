// The contract of adapters, for the three other CRMs.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { adapters } from '../../adapters/index.ts';
import { lessAnnoyingCrm } from '../../adapters/less-annoying-crm/index.ts';
import { salesCrm } from '../../adapters/sales-crm/index.ts';
import { teammatesCrm } from '../../adapters/teammates-crm/index.ts';
import { type Sample, describeAdapter } from '../../src/adapter/contract-suite.ts';
import { root } from '../support/cli.ts';

/** The files of a folder, by name. */
const filesIn = (folder: string, ending: string): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => [name, readFileSync(join(root, folder, name))]),
  );
const sample = (folder: string): Sample => ({
  name: folder,
  files: filesIn(`samples/${folder}`, '.csv'),
});

/** Repeats a row, with its number, until there are so many bytes. */
function* repeat(bytes: number, header: string, row: (id: number) => string): Generator<string> {
  yield `${header}\n`;
  for (let id = 1, written = 0; written < bytes; id += 64) {
    const rows = Array.from({ length: 64 }, (_, index) => `${row(id + index)}\n`).join('');
    yield rows;
    written += rows.length;
  }
}

// With letters beyond ASCII: without any, the adapter reads on for the encoding.
const text = 'Pidió dos dormitorios cerca del mar y llamará otra vez. '.repeat(6);

for (const { adapter, samples, header, row } of [
  {
    adapter: teammatesCrm,
    samples: ['teammates-crm'],
    header: 'id,name,email,niche,estimated_amount,status,notes',
    row: (id: number) => `${id},Ana Demo,a${id}@example.com,Roofs,${id},new,${text}`,
  },
  {
    adapter: salesCrm,
    samples: ['sales-crm', 'sales-crm/import'],
    header: 'lead_number,contact_name,phone,source,status,description',
    row: (id: number) => `L-${id},Ana Demo,+3460000${id},Website,New,${text}`,
  },
  {
    adapter: lessAnnoyingCrm,
    samples: ['less-annoying-crm'],
    header: 'contact_id,is_company,name,email,background_info',
    row: (id: number) => `${id},No,Ana Demo,a${id}@example.com,${text}`,
  },
]) {
  describeAdapter({
    adapter,
    options: {},
    adapters,
    samples: samples.map(sample),
    malformed: {
      text: `${header}\n${row(1)}\n"2"x${row(2).slice(1)}\n${row(3)}\n`,
      code: 'RECORD_MALFORMED',
    },
    wrong: {
      'an empty file': '',
      XML: '<root><kyero/></root>',
      JSON: '{"contacts":[{"id":1}]}',
      'a table of something else': 'colour,size\nred,7\n',
    },
    large: (bytes) => repeat(bytes, header, row),
    divisible: true,
    sharesReader: true,
    sources: Object.fromEntries(
      Object.entries(filesIn(`adapters/${adapter.name}`, '.ts')).map(([name, bytes]) => [
        name,
        bytes.toString(),
      ]),
    ),
  });
}
