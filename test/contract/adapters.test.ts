import { readFileSync, readdirSync } from 'node:fs';
import { adapters } from '../../adapters/index.ts';
import { inmoweb } from '../../adapters/inmoweb/index.ts';
import { kyero } from '../../adapters/kyero/index.ts';
import { sooprema } from '../../adapters/sooprema/index.ts';
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
