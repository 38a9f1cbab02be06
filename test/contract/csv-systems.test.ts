// The contract of adapters, for every system that is made of a declaration (docs/decisions/0012-csv-systems.md).
import { readFileSync, readdirSync } from 'node:fs';
import { adapters } from '../../adapters/index.ts';
import { describeAdapter, type Sample } from '../../src/adapter/contract-suite.ts';
import { detectEncoding, decodeHead } from '../../src/formats/text.ts';

const root = new URL('../../', import.meta.url);

/** The tables in a folder of samples, each as UTF-8: the contract changes their texts. */
function sample(folder: string, undeclared: readonly string[] = []): Sample {
  const place = new URL(`samples/${folder}/`, root);
  const files = readdirSync(place).filter((name) => name.endsWith('.csv'));
  return {
    name: folder,
    files: Object.fromEntries(
      files.map((name) => {
        const bytes = readFileSync(new URL(name, place));
        const text = decodeHead(bytes, detectEncoding(bytes, name).encoding).replace(/^\ufeff/, '');
        return [name, new TextEncoder().encode(text)];
      }),
    ),
    undeclared,
  };
}

function sourcesOf(adapter: string): Readonly<Record<string, string>> {
  const folder = new URL(`adapters/${adapter}/`, root);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
  );
}

const text = 'Luminosa, con buena orientación y cerca de todos los servicios. '.repeat(12);

/** Rows of so many bytes, each with its number and a long text at the end, under a header. */
function* table(header: string, bytes: number): Generator<string> {
  yield `${header},Remarks\n`;
  const names = header.split(',');
  let written = 0;
  for (let id = 1; written < bytes; id += 64) {
    const rows = Array.from(
      { length: 64 },
      (_, i) => `${names.map((name) => `${name} ${String(id + i)}`).join(',')},"${text}"\n`,
    ).join('');
    yield rows;
    written += rows.length;
  }
}

interface System {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** A header by which one kind of its rows is known. */
  readonly header: string;
}

const systems: readonly System[] = [
  {
    name: 'hubspot',
    samples: [sample('hubspot')],
    header: 'Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Message',
  },
  {
    name: 'pipedrive',
    samples: [sample('pipedrive'), sample('pipedrive/by-name')],
    header: 'Person - ID,Person - Name,Person - Email,Person - Owner,Person - Notes',
  },
  {
    name: 'zoho',
    samples: [sample('zoho')],
    header: 'Record Id,Last Name,Company,Lead Status,Lead Owner,Description',
  },
  {
    name: 'salesforce',
    samples: [sample('salesforce'), sample('salesforce/reports', ['Opportunity.Probability (%)'])],
    header: 'Id,IsDeleted,LastName,AccountId,Email,Description',
  },
  {
    name: 'google-contacts',
    samples: [sample('google-contacts', ['contacts.Hobby', 'contacts.Priority'])],
    header: 'First Name,Last Name,Name Prefix,Labels,E-mail 1 - Value,Notes',
  },
  {
    name: 'outlook',
    samples: [
      sample(
        'outlook',
        [
          'Anniversary',
          'E-mail Display Name',
          'E-mail Type',
          'Gender',
          'Priority',
          'Private',
          'Spouse',
          'Título',
          'User 1',
        ].map((column) => `contacts.${column}`),
      ),
    ],
    header: 'First Name,Last Name,E-mail Address,Business Phone,Job Title,Notes',
  },
  {
    name: 'thunderbird',
    samples: [sample('thunderbird')],
    header: 'Display Name,Primary Email,Secondary Email,Mobile Number,Notes',
  },
  {
    name: 'facebook-leads',
    samples: [sample('facebook-leads', ['leads.¿qué_buscas?'])],
    header: 'id,created_time,form_id,platform,full_name,email',
  },
];

for (const { name, samples, header } of systems) {
  const adapter = adapters.find((candidate) => candidate.name === name);
  if (adapter === undefined) throw new Error(`There is no adapter ${name}.`);
  const row = header.replace(/[^,]+/g, 'x');
  describeAdapter({
    adapter,
    options: {},
    adapters,
    samples,
    divisible: true,
    sharesReader: true,
    malformed: { text: `${header}\n"x" y,${row}\n${row}\n`, code: 'RECORD_MALFORMED' },
    wrong: {
      'an empty file': '',
      XML: '<root><kyero/></root>',
      JSON: '{"response":{"status":"ok"}}',
      'another table': 'colour,size\nred,1\nblue,2\n',
    },
    large: (bytes) => table(header, bytes),
    sources: sourcesOf(name),
  });
}
