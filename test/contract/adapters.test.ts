import { readFileSync, readdirSync } from 'node:fs';
import { csv } from '../../adapters/csv/index.ts';
import { adapters } from '../../adapters/index.ts';
import { inmoweb } from '../../adapters/inmoweb/index.ts';
import { kyero } from '../../adapters/kyero/index.ts';
import { sooprema } from '../../adapters/sooprema/index.ts';
import { leadTemplate } from '../../adapters/tesoro/fields.ts';
import { tesoro } from '../../adapters/tesoro/index.ts';
import { describeAdapter } from '../../src/adapter/contract-suite.ts';
import type { Sample } from '../../src/adapter/contract-suite.ts';

const root = new URL('../../', import.meta.url);

function sample(
  name: string,
  files: readonly string[],
  undeclared: readonly string[] = [],
): Sample {
  return {
    name,
    files: Object.fromEntries(
      files.map((file) => [file, readFileSync(new URL(`samples/${file}`, root))]),
    ),
    undeclared,
  };
}

function sampleOf(
  name: string,
  files: Readonly<Record<string, string>>,
  undeclared: readonly string[] = [],
): Sample {
  const encoder = new TextEncoder();
  return {
    name,
    files: Object.fromEntries(
      Object.entries(files).map(([file, content]) => [file, encoder.encode(content)]),
    ),
    undeclared,
  };
}

/** A table of one row that has something in each column. */
const everyColumn = (columns: readonly string[]): string =>
  `${columns.join(',')}\n${columns.map((column) => (column === 'type' ? 'lead' : `${column} of it`)).join(',')}\n`;

function sourcesOf(adapter: string): Readonly<Record<string, string>> {
  const folder = new URL(`adapters/${adapter}/`, root);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
  );
}

/** Repeats a record, with its number, until there are so many bytes. */
function* repeat(
  bytes: number,
  [before, record, after]: readonly [string, (id: number) => string, string],
): Generator<string> {
  yield before;
  let written = 0;
  for (let id = 1; written < bytes; id += 64) {
    const records = Array.from({ length: 64 }, (_, i) => record(id + i)).join('');
    yield records;
    written += records.length;
  }
  yield after;
}

const text = 'Luminosa, con buena orientación y cerca de todos los servicios. '.repeat(6);

describeAdapter({
  adapter: sooprema,
  options: {},
  adapters,
  samples: [
    sample('agency', ['sooprema/agency.json']),
    sample('agency a week later', ['sooprema/agency-next.json']),
    sample(
      'oddities',
      ['sooprema/oddities.json'],
      [
        'contacts.extra',
        'contacts.loyaltyLevel',
        'contacts.value',
        'properties.salesContentXx',
        'properties.touristRegistry',
        'properties.value',
        'valuations',
      ],
    ),
    sample('pages', [
      'sooprema/pages/users-1.json',
      'sooprema/pages/contacts-1.json',
      'sooprema/pages/contacts-2.json',
    ]),
    sample('bare list', ['sooprema/properties.json']),
  ],
  malformed: {
    text: '{"request":{"endpoint":"/contacts"},"response":{"status":"ok","results":{"items":[\n"x",\n{"id":1}]}}}',
    code: 'RECORD_UNREADABLE',
  },
  wrong: {
    'an empty file': '',
    'a file of blanks': ' \n ',
    XML: '<root><kyero/></root>',
    'another JSON object': '{"contacts":[{"id":1}]}',
    'a JSON list of something else': '[{"id":1,"name":"x"}]',
    'a text': '"text"',
    'an answer that is an error': '{"response":{"status":"error","reason":"Wrong key"}}',
    'an answer without a status': '{"response":{"results":{"items":[{"id":1}]}}}',
    'an answer without results': '{"response":{"status":"ok"}}',
  },
  large: (bytes) =>
    repeat(bytes, [
      '{"request":{"endpoint":"/export"},"response":{"status":"ok","results":{"info":{},"properties":{"items":[\n',
      (id) =>
        `{"id":${id},"salesReference":"R-${id}","salesPrice":${id}000,"salesContentEs":"${text}","images":[]},\n`,
      '{"id":"last"}]}}}}',
    ]),
  sources: sourcesOf('sooprema'),
});

describeAdapter({
  adapter: inmoweb,
  options: {},
  adapters,
  samples: [
    sample('agency', ['inmoweb/agency.xml']),
    sample('feed', ['inmoweb/feed.xml']),
    sample('sections', [
      'inmoweb/sections/agentes.xml',
      'inmoweb/sections/propietarios.xml',
      'inmoweb/sections/contactos.xml',
    ]),
    sample(
      'oddities',
      ['inmoweb/oddities.xml'],
      [
        'contactos.etiqueta',
        'contactos/proveedor',
        'properties.caracteristicas.domotica',
        'properties.caracteristicas.und',
        'properties.estado',
        'properties.novedad',
        'properties.suministros',
        'valoraciones',
      ],
    ),
  ],
  malformed: {
    text: '<properties>\n<propiedad><precio>1</precio></propiedad><propiedad id="1"/></properties>',
    code: 'RECORD_WITHOUT_ID',
  },
  wrong: {
    'an empty file': '',
    'a file of blanks': ' \n ',
    JSON: '{"response":{"status":"ok"}}',
    'a feed of Kyero': '<root><kyero/><property><id>1</id></property></root>',
    'a root of something else': '<propiedades><propiedad id="1"/></propiedades>',
    'a feed without a property': '<properties></properties>',
    'an export without a record': '<inmoweb version="1.0"><agentes total="0"/></inmoweb>',
    'an entity bomb': '<!DOCTYPE properties [<!ENTITY a "aa">]><properties>&a;</properties>',
    'an undefined entity': '<properties><propiedad id="1">&nbsp;</propiedad></properties>',
    'crossed tags': '<properties><propiedad id="1"></properties></propiedad>',
  },
  large: (bytes) =>
    repeat(bytes, [
      '<inmoweb version="1.0"><properties>\n',
      (id) =>
        `<propiedad id="${id}"><referencia>R${id}</referencia><precio divisa="EUR">${id}</precio><descripciones><descripcion idioma="es"><descripcion>${text}</descripcion></descripcion></descripciones></propiedad>\n`,
      '</properties></inmoweb>',
    ]),
  sources: sourcesOf('inmoweb'),
});

describeAdapter({
  adapter: kyero,
  options: {},
  adapters,
  samples: [
    sample('feed', ['kyero/feed.xml']),
    sample('feed of version 2.1', ['kyero/feed-v2_1.xml'], ['property.custom']),
    sample(
      'quirks',
      ['kyero/quirks.xml'],
      [
        'agent.custom',
        'agent.location_id',
        'property.address',
        'property.beds@xmlns:xsi',
        'property.beds@xsi:nil',
        'property.category',
        'property.commission',
        'property.custom',
        'property.delivery_date',
        'property.development_company',
        'property.development_name',
        'property.distances',
        'property.district',
        'property.floor',
        'property.key_date',
        'property.key_ready',
        'property.off_plan',
        'property.plans',
        'property.price@currency',
        'property.status',
        'property.subtype',
        'property.surface_area.solarium',
        'property.tags',
        'property.town@id',
        'property.units',
        'property.views',
        'property.virtual_visits',
        'property.zone',
      ],
    ),
  ],
  malformed: {
    text: '<root><kyero><feed_version>3</feed_version></kyero>\n<property><price>1</price></property><property><id>1</id></property></root>',
    code: 'RECORD_WITHOUT_ID',
  },
  wrong: {
    'an empty file': '',
    'a file of blanks': ' \n ',
    JSON: '{"response":{"status":"ok"}}',
    'a feed of Inmoweb': '<properties><propiedad id="1"/></properties>',
    'a root of something else': '<root><item/></root>',
    'an entity bomb': '<!DOCTYPE root [<!ENTITY a "aa">]><root><kyero>&a;</kyero></root>',
    'an undefined entity': '<root><kyero>&nbsp;</kyero></root>',
    'crossed tags': '<root><kyero></root></kyero>',
  },
  large: (bytes) =>
    repeat(bytes, [
      '<root><kyero><feed_version>3</feed_version></kyero>\n',
      (id) =>
        `<property><id>${id}</id><ref>R-${id}</ref><price>${id}</price><desc><es>${text}</es></desc></property>\n`,
      '</root>',
    ]),
  sources: sourcesOf('kyero'),
});

/** What is no table at all. */
const noTables = {
  'an empty file': '',
  'a file of blanks': ' \n ',
  JSON: '{"response":{"status":"ok"}}',
  XML: '<root><kyero/></root>',
  'a binary file': '\u0000\u0001\u0002,\u0003\n\u0000,\u0001\n',
};

describeAdapter({
  adapter: tesoro,
  options: {},
  adapters,
  divisible: true,
  samples: [
    sample('leads', ['tesoro/leads.csv']),
    sample('owners', ['tesoro/owners.csv']),
    sample('contacts', ['tesoro/contacts.csv']),
    sample('relations', ['tesoro/relations.csv']),
    sample('several files', ['tesoro/relations.csv', 'tesoro/contacts.csv']),
    sample(
      'dirty',
      ['csv/dirty.csv'],
      [
        'leads.Phone (2)',
        'leads.column 12',
        'leads.column 14',
        'leads.column 15',
        'leads.unreadable row',
      ],
    ),
    sampleOf('every column', {
      'leads-all.csv': everyColumn([...leadTemplate, 'type', 'status']),
      'owners-all.csv': everyColumn(Object.keys(tesoro.entities['owners']?.fields ?? {})),
      'relations-all.csv': everyColumn(Object.keys(tesoro.entities['relations']?.fields ?? {})),
    }),
  ],
  malformed: {
    text: 'name,owner_email,note\n"A"b,a@example.com,x\nC,c@example.com,y\n',
    code: 'RECORD_MALFORMED',
  },
  wrong: { ...noTables, 'a table of something else': 'name,price\nA,1\n' },
  large: (bytes) =>
    repeat(bytes, [
      'first_name,last_name,email,owner_email,note\n',
      (id) => `Ana,Prueba ${id},${id}@example.com,agent@example.com,"${text}"\n`,
      '',
    ]),
  sources: sourcesOf('tesoro'),
});

describeAdapter({
  adapter: csv,
  options: {},
  adapters,
  divisible: true,
  samples: [
    sampleOf(
      'a table',
      {
        'Visitas 2025.csv':
          'Fecha;Inmueble;Visitante\n03/04/2025;CD-0007;Ana Prueba\n03/04/2025;CD-0007;Ana Prueba\n04/04/2025;007;"Bob; and Co"\n',
      },
      ['visitas-2025'],
    ),
  ],
  malformed: { text: 'a,b\n"x"y,1\nz,2\n', code: 'RECORD_MALFORMED' },
  wrong: noTables,
  large: (bytes) => repeat(bytes, ['id,note\n', (id) => `${id},"${text}"\n`, '']),
  sources: sourcesOf('csv'),
});
