// Inputs that mean harm, and inputs that happen: refused in a moment, or imported and verified to the letter.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InternalError, MigrationError, SourceError } from '../../src/model/errors.ts';
import { createUseCases } from '../../src/run/index.ts';
import { root } from '../support/cli.ts';
import { environmentOf, openCrm, type TestCrm } from '../support/use-cases.ts';

// A machine may be busy with other things.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const shared = join(root, '../shared/data');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-hostile-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** What happened, how long it took, and how much more memory is in use after it. */
async function measured(work: () => Promise<unknown>) {
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  const error = await work().then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return {
    error,
    seconds: (performance.now() - started) / 1000,
    megabytes: (process.memoryUsage().heapUsed - before) / 1e6,
  };
}

/** The use cases without a database: what reads only must not open one. */
const reader = () => createUseCases(environmentOf('nobody'));

describe('attacks', () => {
  const attacks = join(shared, 'xml-attacks');
  const entities = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(20)}">`,
    ).join('');
  const own: Record<string, string> = {
    'a billion laughs inside a feed': `<?xml version="1.0"?><!DOCTYPE root [<!ENTITY e0 "ha">${entities(9)}]><root><kyero><feed_version>3</feed_version></kyero><property><id>1</id><ref>&e9;</ref></property></root>`,
    'a file of this machine as an entity': `<?xml version="1.0"?><!DOCTYPE root [<!ENTITY f SYSTEM "file:///etc/passwd">]><root><kyero><feed_version>3</feed_version></kyero><property><id>1</id><ref>&f;</ref></property></root>`,
    'a DTD from the network': `<?xml version="1.0"?><!DOCTYPE root SYSTEM "http://127.0.0.1:9/kyero.dtd"><root><kyero><feed_version>3</feed_version></kyero><property><id>1</id></property></root>`,
    'an entity that nobody declared': `<root><kyero><feed_version>3</feed_version></kyero><property><id>1</id><ref>&nbsp;&boo;</ref></property></root>`,
    'a hundred thousand open elements': `<root><kyero><feed_version>3</feed_version></kyero><property>${'<a>'.repeat(100_000)}`,
    'a hundred thousand nested elements': `<root><kyero><feed_version>3</feed_version></kyero><property>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</property></root>`,
    'a hundred thousand attributes': `<root><kyero><feed_version>3</feed_version></kyero><property ${Array.from({ length: 100_000 }, (_, index) => `a${index}=""`).join(' ')}`,
    'a hundred thousand nested lists': `{"request":{},"response":{"status":"ok","results":{"contacts":{"items":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}}`,
    'a name without an end': `<root><kyero><feed_version>3</feed_version></kyero><${'a'.repeat(5_000_000)}`,
    'an attribute without an end': `<root><kyero><feed_version>3</feed_version></kyero><property id="${'a'.repeat(5_000_000)}`,
  };

  /** Refused in a moment, with a message that a person can read. */
  const expectRefused = async (file: string, source?: string) => {
    const { error, seconds, megabytes } = await measured(() =>
      reader().inspect({ inputs: [file], source }),
    );
    expect(error).toBeInstanceOf(SourceError);
    const { message } = error as SourceError;
    expect(message.length).toBeLessThan(1_000);
    expect(message).not.toMatch(/root:x:|nologin/);
    expect(seconds).toBeLessThan(5);
    expect(megabytes).toBeLessThan(100);
  };

  /** The counter only looks at brackets and may count what the reader refuses; it must come to an end as soon. */
  const expectHarmless = async (file: string, source?: string) => {
    const { error, seconds, megabytes } = await measured(() =>
      reader().baseline({ inputs: [file], source }),
    );
    if (error !== undefined) {
      expect(error).toBeInstanceOf(MigrationError);
      expect(error).not.toBeInstanceOf(InternalError);
      expect((error as MigrationError).message.length).toBeLessThan(1_000);
    }
    expect(seconds).toBeLessThan(5);
    expect(megabytes).toBeLessThan(100);
  };

  const known = existsSync(attacks)
    ? readdirSync(attacks).filter((name) => name.endsWith('.xml'))
    : ['attacks of others'];
  it.for(known)('%s is refused at once, whoever is told to read it', async (name, { skip }) => {
    skip(!existsSync(attacks), `${attacks} is not here`);
    for (const source of [undefined, 'kyero', 'sooprema']) {
      await expectRefused(join(attacks, name), source);
      await expectHarmless(join(attacks, name), source);
    }
  });

  it.for(Object.entries(own))('%s is refused at once', async ([name, content]) => {
    const file = join(directory, `${name}.${content.startsWith('{') ? 'json' : 'xml'}`);
    writeFileSync(file, content);
    await expectRefused(file);
    await expectHarmless(file);
  });

  it('documents that are not JSON are refused, and no crash', async ({ skip }) => {
    const folder = join(shared, 'json-parsing');
    skip(!existsSync(folder), `${folder} is not here`);
    for (const name of readdirSync(folder).filter((one) => one.startsWith('n_'))) {
      for (const source of [undefined, 'sooprema']) {
        await expectRefused(join(folder, name), source);
        await expectHarmless(join(folder, name), source);
      }
    }
  });

  it('documents that are not JSON are refused inside an export, too', async ({ skip }) => {
    const folder = join(shared, 'json-parsing');
    skip(!existsSync(folder), `${folder} is not here`);
    const [head = '', tail = ''] = contactsOf('{"id":1,"notes":HERE}').split('HERE');
    const accepted: string[] = [];
    const file = join(directory, 'inside.json');
    for (const name of readdirSync(folder).filter((one) => one.startsWith('n_'))) {
      const bytes = readFileSync(join(folder, name));
      // Bytes of another encoding are a question of detection; what is left as a whole may be JSON in its new place.
      if (bytes.length > 10_000 || /utf-?8|U\+|BOM|e_acute|continuation/i.test(name)) continue;
      writeFileSync(file, Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]));
      const { error } = await measured(() => reader().inspect({ inputs: [file] }));
      if (!(error instanceof SourceError)) accepted.push(name);
    }
    expect(accepted).toEqual([]);
  });
});

interface Case {
  readonly name: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  /** What is in the CRM then: an SQL query over `crm.…`, `$1` is the account. */
  readonly query: string;
  readonly rows: readonly object[];
  /** Codes of issues with their number. */
  readonly issues?: Readonly<Record<string, number>>;
  /** Whether it is imported a second time, and then nothing may change: where keys are at stake. */
  readonly again?: boolean;
}

const exportOf = (results: string, { status = '"status":"ok"', before = '' } = {}) =>
  `${before}{"request":{"endpoint":"/export"},"response":{${status},"results":{${results}}}}`;
const contactsOf = (...items: readonly string[]) =>
  exportOf(`"contacts":{"items":[${items.join(',')}]}`);
const person = (id: string, rest: string) =>
  `{"id":${id},"firstName":"Ana","lastName":"Sol","email":"a@example.com","phone":"+34600000001","isDeleted":0${rest === '' ? '' : `,${rest}`}}`;
const feedOf = (body: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<root><kyero><feed_version>3</feed_version></kyero>${body}</root>`;
const listing = (id: string, rest: string) =>
  `<property><id>${id}</id><date>2024-01-02 03:04:05</date><ref>R${id}</ref><price>1000</price><type><en>Villa</en></type>${rest}</property>`;

const people =
  'SELECT first_name, last_name, notes FROM crm.people WHERE account_id = $1 ORDER BY last_name, first_name';
const keys = `SELECT m.source_id AS id, p.notes FROM migration.id_map m JOIN crm.people p ON p.id = m.target_id WHERE m.account_id = $1 ORDER BY m.source_id COLLATE "C"`;
// Of characters that no compression shortens.
const long = Array.from({ length: 10_000 }, (_, index) =>
  String.fromCharCode(0x3400 + ((index * index * 7919 + index * 31) % 20_000)),
).join('');
const odd = [
  'a"b',
  "a'b",
  'a\\b',
  'a\tb',
  'a\nb',
  'a#b',
  'a:b',
  '#',
  ':',
  '😀',
  '\\N',
  '{a,b}',
  '%',
  'NULL',
  'é',
  'e\u0301',
  'a b',
  '0',
  '00',
  '-1',
];

const cases: readonly Case[] = [
  {
    name: 'nested a hundred deep',
    file: 'a.json',
    content: contactsOf(person('1', `"extra":${'['.repeat(100)}"x"${']'.repeat(100)}`)),
    query: `SELECT length(custom_fields->>'extra') AS n FROM crm.people WHERE account_id = $1`,
    rows: [{ n: 203 }],
  },
  {
    name: 'a text of a megabyte',
    file: 'a.json',
    content: contactsOf(person('1', `"notes":"${'lorem ipsum\\n'.repeat(100_000)}"`)),
    query: `SELECT length(notes) AS n FROM crm.people WHERE account_id = $1`,
    rows: [{ n: 1199999 }],
  },
  {
    name: 'NUL characters',
    again: true,
    file: 'a.json',
    content: contactsOf(person('1', '"notes":"a\\u0000b"'), person('"x\\u0000y"', '"notes":"k"')),
    query: keys,
    rows: [
      { id: '1', notes: 'a�b' },
      { id: 'x�y', notes: 'k' },
    ],
    issues: { TEXT_CHARACTER_REPLACED: 2 },
  },
  {
    name: 'halves of characters',
    again: true,
    file: 'a.json',
    content: contactsOf(
      person('1', '"notes":"a\\ud83d b \\ude00 c"'),
      person('"\\ud800"', '"no\\ud800tes":"\\udfff"'),
    ),
    query: keys,
    rows: [
      { id: '1', notes: 'a� b � c' },
      { id: '�', notes: null },
    ],
    issues: { TEXT_CHARACTER_REPLACED: 3 },
  },
  {
    name: 'keys that stand twice',
    file: 'a.json',
    content: contactsOf(
      person('1', '"notes":"first","notes":"last"'),
      '{"id":1,"id":2,"lastName":"Two"}',
    ),
    query: people,
    rows: [
      { first_name: 'Ana', last_name: 'Sol', notes: 'last' },
      { first_name: null, last_name: 'Two', notes: null },
    ],
    issues: { DUPLICATE_KEY: 2 },
  },
  {
    name: 'a count that is off',
    file: 'a.json',
    content: exportOf(`"contacts":{"info":{"count":3},"items":[${person('1', '')}]}`),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: null }],
    issues: { DECLARED_COUNT_DIFFERS: 1 },
  },
  {
    name: 'a byte order mark',
    file: 'a.json',
    content: `\ufeff${contactsOf(person('1', '"notes":"ñ"'))}`,
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: 'ñ' }],
  },
  {
    name: 'UTF-16, little-endian',
    file: 'a.json',
    content: iconv.encode(contactsOf(person('1', '"notes":"ñ€😀"')), 'utf-16le', { addBOM: true }),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: 'ñ€😀' }],
  },
  {
    name: 'UTF-16, big-endian',
    file: 'a.xml',
    content: iconv.encode(
      feedOf(listing('1', '<town>Jávea</town>'), '<?xml version="1.0" encoding="UTF-16"?>'),
      'utf-16be',
      { addBOM: true },
    ),
    query: 'SELECT reference, town FROM crm.properties WHERE account_id = $1',
    rows: [{ reference: 'R1', town: 'Jávea' }],
  },
  {
    name: 'windows-1252',
    file: 'a.json',
    content: iconv.encode(
      contactsOf(person('1', '"notes":"Peñón, 100 € “aquí” más allá del río"')),
      'win1252',
    ),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: 'Peñón, 100 € “aquí” más allá del río' }],
  },
  {
    name: 'ISO-8859-1, as it says',
    file: 'a.xml',
    content: iconv.encode(
      feedOf(listing('1', '<town>Jávea</town>'), '<?xml version="1.0" encoding="ISO-8859-1"?>'),
      'latin1',
    ),
    query: 'SELECT reference, town FROM crm.properties WHERE account_id = $1',
    rows: [{ reference: 'R1', town: 'Jávea' }],
  },
  {
    name: 'CRLF and CR',
    file: 'a.json',
    content: contactsOf(person('1', '"notes":"a\\r\\nb\\rc"')).replaceAll(',', ',\r\n'),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: 'a\nb\nc' }],
  },
  {
    name: 'names of the prototype',
    again: true,
    file: 'a.json',
    content: contactsOf(
      person('1', '"__proto__":{"polluted":1},"constructor":"c","toString":"t","hasOwnProperty":1'),
      person('"__proto__"', '"notes":"p"'),
      person('"constructor"', '"notes":"q"'),
    ).replace('"contacts"', '"contacts"'),
    query: `SELECT m.source_id AS id, p.notes, p.custom_fields FROM migration.id_map m JOIN crm.people p ON p.id = m.target_id WHERE m.account_id = $1 ORDER BY m.source_id COLLATE "C"`,
    rows: [
      {
        id: '1',
        notes: null,
        custom_fields: {
          toString: 't',
          constructor: 'c',
          hasOwnProperty: '1',
          '__proto__.polluted': '1',
        },
      },
      { id: '__proto__', notes: 'p', custom_fields: {} },
      { id: 'constructor', notes: 'q', custom_fields: {} },
    ],
  },
  {
    name: 'a collection named like the prototype',
    file: 'a.json',
    content: exportOf(
      `"__proto__":{"items":[{"id":1}]},"constructor":{"items":[{"id":1}]},"contacts":{"items":[${person('1', '')}]}`,
    ),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: null }],
    issues: { ENTITY_NOT_MAPPED: 2, UNKNOWN_COLLECTION: 2 },
  },
  {
    name: 'numbers beyond all bounds',
    file: 'a.json',
    content: exportOf(
      `"properties":{"items":[{"id":1e400,"salesReference":"A","salesPrice":1e400,"bedrooms":99999999999999999999,"buildSize":-1e-400,"buildYear":1e9},{"id":12345678901234567890123,"salesReference":"B","salesPrice":123456789012345678901234567890.12,"bedrooms":2147483648},{"id":2,"salesReference":"C","salesPrice":"NaN","bedrooms":"Infinity","latlng":"1e5,NaN"}]}`,
    ),
    query:
      'SELECT reference, price::text, beds, built_m2::text, year_built FROM crm.properties WHERE account_id = $1 ORDER BY 1',
    rows: [
      { reference: 'A', price: null, beds: null, built_m2: null, year_built: 1000000000 },
      { reference: 'B', price: null, beds: null, built_m2: null, year_built: null },
      { reference: 'C', price: null, beds: null, built_m2: null, year_built: null },
    ],
    issues: { COORDINATES_INVALID: 1, VALUE_NOT_A_NUMBER: 2, VALUE_OUT_OF_RANGE: 5 },
  },
  {
    name: 'a megabyte in one line',
    file: 'a.json',
    content: contactsOf(
      ...Array.from({ length: 4_000 }, (_, index) =>
        person(String(index), `"notes":"${'x'.repeat(150)}"`),
      ),
    ),
    query: 'SELECT count(*)::int AS n FROM crm.people WHERE account_id = $1',
    rows: [{ n: 4000 }],
  },
  {
    name: 'ids of every kind',
    again: true,
    file: 'a.json',
    content: contactsOf(
      ...odd.map((id, index) => person(JSON.stringify(id), `"notes":"${index}"`)),
    ),
    query: keys,
    rows: [
      { id: '#', notes: '7' },
      { id: '%', notes: '12' },
      { id: '-1', notes: '19' },
      { id: '0', notes: '17' },
      { id: '00', notes: '18' },
      { id: ':', notes: '8' },
      { id: 'NULL', notes: '13' },
      { id: '\\N', notes: '10' },
      { id: 'a\tb', notes: '3' },
      { id: 'a\nb', notes: '4' },
      { id: 'a b', notes: '16' },
      { id: 'a"b', notes: '0' },
      { id: 'a#b', notes: '5' },
      { id: "a'b", notes: '1' },
      { id: 'a:b', notes: '6' },
      { id: 'a\\b', notes: '2' },
      { id: 'é', notes: '15' },
      { id: '{a,b}', notes: '11' },
      { id: 'é', notes: '14' },
      { id: '😀', notes: '9' },
    ],
  },
  {
    name: 'links to ids of every kind',
    again: true,
    file: 'a.json',
    content: exportOf(
      `"users":{"items":[${odd.map((id) => `{"id":${JSON.stringify(id)},"lastName":"U"}`).join(',')}]},"contacts":{"items":[${odd.map((id, index) => person(String(index), `"userId":${JSON.stringify(id)}`)).join(',')}]}`,
    ),
    query: `SELECT count(*)::int AS n, count(DISTINCT owner_id)::int AS owners FROM crm.people WHERE account_id = $1`,
    rows: [{ n: 20, owners: 20 }],
  },
  {
    name: 'ids longer than any index takes',
    again: true,
    file: 'a.json',
    content: exportOf(
      `"contacts":{"items":[${person(JSON.stringify(long), '"notes":"long"')},${person('2', `"notes":"two","partnerId":${JSON.stringify(long)}`)}]}`,
    ),
    query: `SELECT p.notes, s.notes AS spouse FROM crm.people p LEFT JOIN crm.people s ON s.id = p.spouse_id WHERE p.account_id = $1 ORDER BY 1`,
    rows: [
      { notes: 'long', spouse: null },
      { notes: 'two', spouse: 'long' },
    ],
  },
  {
    name: 'a reference longer than any index takes',
    file: 'a.json',
    content: exportOf(
      `"properties":{"items":[{"id":1,"salesReference":${JSON.stringify(long)}},{"id":2,"salesReference":"B"}]}`,
    ),
    query: `SELECT length(reference) AS n FROM crm.properties WHERE account_id = $1 ORDER BY 1`,
    rows: [{ n: 1 }],
    issues: { REFUSED_BY_DATABASE: 1 },
  },
  {
    name: 'collections of every name',
    file: 'a.json',
    content: exportOf(
      `${[...odd, long].map((name) => `${JSON.stringify(name)}:{"items":[{"id":1}]}`).join(',')},"contacts":{"items":[${person('1', '')}]}`,
    ),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: null }],
    issues: { ENTITY_NOT_MAPPED: 21, UNKNOWN_COLLECTION: 21 },
  },
  {
    name: 'NUL characters in names',
    again: true,
    file: 'a.json',
    content: exportOf(
      `"con\\u0000tacts":{"items":[{"id":"\\u0000"}]},"contacts":{"items":[{"id":1,"no\\u0000tes":1,"no\\u0000tes":2,"lastName":"Sol"},"\\u0000\\ud800"]}`,
    ),
    query: people,
    rows: [{ first_name: null, last_name: 'Sol', notes: null }],
    issues: {
      DUPLICATE_KEY: 1,
      ENTITY_NOT_MAPPED: 1,
      RECORD_UNREADABLE: 1,
      TEXT_CHARACTER_REPLACED: 1,
      UNKNOWN_COLLECTION: 1,
    },
  },
  {
    name: 'deep in one field',
    file: 'a.json',
    content: contactsOf(person('1', `"extra":${'{"a":'.repeat(150)}"x"${'}'.repeat(150)}`)),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: null }],
  },
  {
    name: 'images with addresses of every kind',
    again: true,
    file: 'a.xml',
    content: feedOf(
      listing(
        '1',
        `<images><image id="1"><url>https://example.com/${'x'.repeat(40_000)}.jpg</url></image><image id="2"><url>https://example.com/😀.jpg</url></image><image id="3"><url>https://example.com/a#b:c"d'e\\f.jpg</url></image></images>`,
      ),
    ),
    query:
      'SELECT left(url, 40) AS url, length(url) AS n FROM crm.property_images WHERE account_id = $1 ORDER BY position',
    rows: [
      { url: 'https://example.com/xxxxxxxxxxxxxxxxxxxx', n: 40024 },
      { url: 'https://example.com/%F0%9F%98%80.jpg', n: 36 },
      { url: "https://example.com/a#b:c%22d'e%5Cf.jpg", n: 39 },
    ],
    issues: { URL_REPAIRED: 2 },
  },
  {
    name: 'texts that mean something to COPY, arrays, JSON, HTML and SQL',
    again: true,
    file: 'a.json',
    content: contactsOf(
      person(
        '1',
        `"notes":${JSON.stringify('\\N \\. \\x41 {"a":1} {a,b} \',$1); DROP TABLE crm.people; -- <script>alert(1)</script> %s\t\u000b\u0085\u2028')},"tags":${JSON.stringify(['a,b', '"q"', '\\', '{}', 'NULL', '', 'é\n'])}`,
      ),
    ),
    query: 'SELECT notes, tags FROM crm.people WHERE account_id = $1',
    rows: [
      {
        notes:
          '\\N \\. \\x41 {"a":1} {a,b} \',$1); DROP TABLE crm.people; -- <script>alert(1)</script> %s\t\u000b',
        tags: ['a,b', '"q"', '\\', '{}', 'NULL', 'é'],
      },
    ],
  },
  {
    name: 'CDATA, comments and processing instructions',
    file: 'a.xml',
    content: feedOf(
      `<!-- c --><?php echo 1 ?>${listing('1', '<desc><en><![CDATA[a <b>b</b> & c ]]]]><![CDATA[> d]]></en><!-- no --><es>uno<!-- x -->dos<?x y?>tres</es></desc><town><![CDATA[]]></town>')}<!-- end -->`,
    ),
    query: 'SELECT reference, town, descriptions FROM crm.properties WHERE account_id = $1',
    rows: [
      { reference: 'R1', town: null, descriptions: { en: 'a b & c ]]> d', es: 'unodostres' } },
    ],
  },
  {
    name: 'character references',
    file: 'a.xml',
    content: feedOf(listing('1', '<town>&#x1F600;&#241;&amp;amp;&lt;b&gt;</town>')),
    query: 'SELECT town FROM crm.properties WHERE account_id = $1',
    rows: [{ town: '😀ñ&amp;<b>' }],
  },
  {
    name: 'namespaces and prefixes',
    file: 'a.xml',
    content: feedOf(
      listing('1', '<x:town xmlns:x="urn:x">Denia</x:town><town xmlns="urn:y">Oliva</town>'),
    ),
    query: 'SELECT town, custom_fields FROM crm.properties WHERE account_id = $1',
    rows: [
      {
        town: 'Oliva',
        custom_fields: {
          'town@xmlns': 'urn:y',
          'x:town.#text': 'Denia',
          'x:town.@xmlns:x': 'urn:x',
        },
      },
    ],
  },
  {
    name: 'listings without an id',
    file: 'a.xml',
    content: feedOf(
      `<property><price>1</price></property><property><id> </id><ref></ref><price>2</price></property>${listing('1', '')}`,
    ),
    query: 'SELECT reference FROM crm.properties WHERE account_id = $1',
    rows: [{ reference: 'R1' }],
    issues: { RECORD_WITHOUT_ID: 2 },
  },
  {
    name: 'records that are none',
    file: 'a.json',
    content: exportOf(`"contacts":{"items":[null,1,"x",[],{},[{"id":1}],${person('1', '')}]}`),
    query: people,
    rows: [{ first_name: 'Ana', last_name: 'Sol', notes: null }],
    issues: { RECORD_UNREADABLE: 5, RECORD_WITHOUT_ID: 1 },
  },
  {
    name: 'the values of a field in every type',
    file: 'a.json',
    content: contactsOf(
      `{"id":1,"firstName":["Ana"],"lastName":{"x":"Sol"},"email":true,"phone":600000001,"roles":"buyer","tags":{"a":1},"birthDate":20240101,"isDeleted":[1],"userId":{"id":3},"created":null,"doNotContact":"maybe"}`,
    ),
    query:
      'SELECT first_name, last_name, email, phone, roles, tags, birthday, is_deleted, custom_fields FROM crm.people WHERE account_id = $1',
    rows: [
      {
        first_name: null,
        last_name: null,
        email: null,
        phone: '+34600000001',
        roles: ['buyer'],
        tags: null,
        birthday: null,
        is_deleted: false,
        custom_fields: {
          tags: { a: '1' },
          email: 'true',
          roles: 'buyer',
          userId: { id: '3' },
          lastName: { x: 'Sol' },
          birthDate: '20240101',
          firstName: ['Ana'],
          doNotContact: 'maybe',
        },
      },
    ],
    issues: {
      EMAIL_INVALID: 1,
      PHONE_WRITTEN_AS_NUMBER: 1,
      VALUE_NOT_A_BOOLEAN: 1,
      VALUE_NOT_A_DATE: 1,
      VALUE_NOT_EXPECTED_SHAPE: 4,
    },
  },
  {
    name: 'very many fields',
    file: 'a.json',
    content: contactsOf(
      person(
        '1',
        Array.from({ length: 5_000 }, (_, index) => `"field ${index}":"v${index}"`).join(','),
      ),
    ),
    query: `SELECT (SELECT count(*)::int FROM jsonb_object_keys(custom_fields)) AS n FROM crm.people WHERE account_id = $1`,
    rows: [{ n: 5000 }],
  },
];

describe('what happens', () => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await openCrm('embedded');
  });
  afterAll(async () => {
    await crm.close();
  });

  it('is not written by an attack', async () => {
    const file = join(directory, 'attack.xml');
    writeFileSync(file, feedOf(`${listing('1', '')}${listing('2', '<town>&boo;</town>')}`));
    const useCases = crm.as('attacked');
    await expect(useCases.import({ inputs: [file] })).rejects.toBeInstanceOf(SourceError);
    expect(await crm.rows(`SELECT 1 FROM crm.properties`)).toEqual([]);
    expect((await useCases.runs({ limit: 1 })).runs).toMatchObject([{ status: 'failed' }]);
  });

  it.for(cases.map((one, index) => [one.name, index] as const))('%s', async ([, index]) => {
    const { file, content, query, rows, issues = {}, again = false } = cases[index]!;
    const path = join(directory, `${index}-${file}`);
    writeFileSync(path, content);
    const account = `case-${index}`;
    const useCases = crm.as(account);
    const imported = await useCases.import({ inputs: [path] });
    expect(imported).toMatchObject({ status: 'complete', balanced: true });
    const ofAccount = `(SELECT id FROM crm.accounts WHERE slug = '${account}')`;
    expect(await crm.rows(query.replaceAll('$1', ofAccount))).toEqual(rows);
    // What is incomplete is another matter.
    const codes = Object.entries(imported.issues.byCode).filter(
      ([code]) => code !== 'RECORD_INCOMPLETE',
    );
    expect(Object.fromEntries(codes)).toEqual(issues);
    const verified = await useCases.verify({ inputs: [path], limit: 5 });
    expect(verified.counts.filter(({ ok }) => !ok)).toEqual([]);
    expect(verified).toMatchObject({
      verdict: 'pass',
      ids: { missing: [] },
      fields: { different: [] },
      links: { broken: [] },
    });
    if (!again) return;
    const { entities } = await useCases.import({ inputs: [path] });
    for (const [table, { fates }] of Object.entries(entities)) {
      expect([table, fates.created, fates.updated, fates.retired]).toEqual([table, 0, 0, 0]);
    }
  });
});
