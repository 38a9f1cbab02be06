import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kyero } from '../../adapters/kyero/index.ts';
import { SourceError } from '../../src/model/errors.ts';
import { countTexts, readTexts } from '../support/read-text.ts';

const read = (text: string) => readTexts(kyero, text);

const feed = (inside: string, version = '3'): string =>
  `<root><kyero><feed_version>${version}</feed_version></kyero>${inside}</root>`;

const property = async (inside: string) =>
  (await read(feed(`<property><id>1</id>${inside}</property>`))).records[0]?.fields;

const codes = async (text: string): Promise<readonly string[]> =>
  (await read(text)).issues.map(({ code }) => code);

describe('the document', () => {
  it.each([
    ['3', []],
    ['3.8', []],
    ['2_1', []],
    ['2.1', []],
    [' 3 ', []],
    ['', ['DOCUMENT_VERSION_MISSING']],
    ['4', ['DOCUMENT_VERSION_UNKNOWN']],
  ])('of version "%s" gives %j', async (version, expected) => {
    expect(await codes(feed('<property><id>1</id></property>', version))).toEqual(expected);
  });

  it('may have no kyero element, or be one', async () => {
    const bare = '<root><property><id>1</id></property></root>';
    expect(await codes(bare)).toEqual(['DOCUMENT_VERSION_MISSING']);
    const wrongRoot =
      '<kyero><feed_version>3</feed_version><property><id>1</id></property></kyero>';
    expect(await read(wrongRoot)).toMatchObject({ records: [{ sourceId: '1' }], issues: [] });
    expect(await countTexts(kyero, wrongRoot)).toMatchObject({ property: { active: 1 } });
  });

  it('must be a feed, and hold a property', async () => {
    await expect(read(feed(''))).rejects.toThrow('the feed holds no property');
    await expect(read('<root><agent><id>1</id></agent></root>')).rejects.toThrow(SourceError);
    await expect(read('<properties/>')).rejects.toThrow(/line 1: not a Kyero feed/);
  });

  it('may hold other elements, which are told once', async () => {
    const { issues } = await read(feed('<news/><property><id>1</id></property><news><x/></news>'));
    expect(issues).toMatchObject([{ code: 'UNKNOWN_COLLECTION', entity: 'news', line: 1 }]);
  });

  it('is read in the encoding that it declares', async () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${feed('<property><id>1</id><type>Ático</type></property>')}`;
    const files = [
      {
        name: 'latin',
        async *open() {
          yield await Promise.resolve(Buffer.from(text, 'latin1'));
        },
      },
    ];
    const found = [];
    for await (const event of kyero.read({ files }, {}, new AbortController().signal)) {
      if (event.kind === 'record') found.push(event.record.fields['type']);
    }
    expect(found).toEqual(['Ático']);
  });
});

describe('identity', () => {
  it('is the id, else the reference, else the content with an error', async () => {
    const { records, issues } = await read(
      feed(
        '<property><id> A1 </id><ref>R1</ref></property>' +
          '<property><id></id><ref>R2</ref></property>' +
          '<property><price>1</price></property>',
      ),
    );
    expect(records.map(({ sourceId }) => sourceId)).toEqual([
      'A1',
      'R2',
      expect.stringMatching(/^sha256:/),
    ]);
    expect(issues).toMatchObject([{ code: 'RECORD_WITHOUT_ID', line: 1 }]);
  });

  it('of an agent is its id, else its name, else its content, and no error', async () => {
    const one = '<property><id>1</id></property>';
    const agents = await read(
      feed(
        `<agent><id>7</id><name>N</name></agent><agent><name>N</name></agent><agent><tel>1</tel></agent>${one}`,
      ),
    );
    expect(agents.records.map(({ sourceId }) => sourceId)).toEqual([
      '7',
      'N',
      expect.stringMatching(/^sha256:/),
      '1',
    ]);
    expect(agents.issues).toEqual([]);
    const nobody = '<agent/><agent><name> </name><!-- N --><tel><![CDATA[]]></tel></agent>';
    expect((await read(feed(nobody + one))).records).toMatchObject([{ entity: 'property' }]);
    expect(await countTexts(kyero, feed(nobody))).toEqual({});
  });

  it('of the agent stands in the properties after it', async () => {
    const one = '<property><id>1</id></property>';
    const { records } = await read(feed(`${one}<agent><name>N</name></agent>${one}`));
    expect(records.map(({ fields }) => fields['agent_id'])).toEqual([undefined, undefined, 'N']);
  });
});

describe('a property', () => {
  it('of version 2.1 is brought to the shape of 3', async () => {
    expect(
      await property(
        '<price_freq>new_build</price_freq><type><es>casa</es><en>house</en></type><url>http://x.example.com</url>' +
          '<images><image id="1"><url>u</url><primary>1</primary><title><en>t</en></title></image></images>',
      ),
    ).toEqual({
      id: '1',
      price_freq: 'sale',
      new_build: '1',
      type: 'house',
      type_names: { es: 'casa' },
      url: { en: 'http://x.example.com' },
      images: [{ id: '1', url: 'u', primary: '1', title: { en: 't' } }],
    });
  });

  it.each([
    ['<feature>a</feature><feature></feature>', { features: ['a', ''] }],
    ['<feature><en>a</en></feature><feature><en>b</en></feature>', { features: ['a', 'b'] }],
    [
      '<feature><es>A</es><en>a</en></feature>',
      { features: ['a'], features_by_language: { es: ['A'] } },
    ],
    [
      '<en><feature>a</feature></en><es><feature>A</feature></es>',
      { features: ['a'], features_by_language: { es: ['A'] } },
    ],
    ['<es><feature>A</feature></es>', { features: ['A'] }],
    ['<pool>1</pool><lift>0</lift>', { features: [], features_named: { pool: '1', lift: '0' } }],
    ['', { features: [] }],
    ['a, b', { features: ['a, b'] }],
  ])('has the features of %s', async (inside, expected) => {
    expect(await property(`<features>${inside}</features>`)).toEqual({ id: '1', ...expected });
  });

  it.each([
    ['<image id="1"><url>a</url></image>', [{ id: '1', url: 'a' }]],
    ['<image><url>a</url><url>b</url></image>', [{ url: 'a' }, { url: 'b' }]],
    ['<image><url><url>a</url></url></image>', [{ url: 'a' }]],
    ['<image>a</image>', [{ url: 'a' }]],
    ['<image><url/><tags/></image>', [{ url: '', tags: [] }]],
    [
      '<image><url>a</url><tags><tag>floorplan</tag></tags></image>',
      [{ url: 'a', tags: ['floorplan'] }],
    ],
    ['', []],
  ])('has the images of %s', async (inside, images) => {
    expect(await property(`<images>${inside}</images>`)).toEqual({ id: '1', images });
  });

  it('has groups even where its containers are empty or hold layout', async () => {
    expect(
      await property(
        '<location/><energy_rating>\n </energy_rating><url/><desc> <en> a </en>\n</desc>',
      ),
    ).toEqual({ id: '1', location: {}, energy_rating: {}, url: {}, desc: { en: ' a ' } });
  });

  it('takes the names of other dialects', async () => {
    expect(
      await property(
        '<cadastralRef>C</cadastralRef><surface_area><built_m2>1</built_m2></surface_area><title>T</title><desc>D</desc>',
      ),
    ).toEqual({
      id: '1',
      catastral: 'C',
      surface_area: { built: '1' },
      title: { und: 'T' },
      desc: { und: 'D' },
    });
  });

  it('keeps what nobody knows: texts, groups, lists, attributes', async () => {
    expect(
      await property(
        '<a>1</a><b><c>2</c>t</b><d/><d>3</d><e x="4">5</e><price cur="EUR">6</price><f y="7"/>',
      ),
    ).toEqual({
      id: '1',
      a: '1',
      b: { c: '2', '#text': 't' },
      d: ['', '3'],
      e: { '@x': '4', '#text': '5' },
      price: '6',
      'price@cur': 'EUR',
      f: { '@y': '7' },
    });
  });

  it('keeps blanks in texts, and takes CDATA for text', async () => {
    expect(await property('<beds> 3 </beds><type><![CDATA[a < b]]>&amp;&#233;</type>')).toEqual({
      id: '1',
      beds: ' 3 ',
      type: 'a < b&é',
    });
  });

  it('cannot be named so as to touch what objects have by themselves', async () => {
    const fields = await property('<__proto__>1</__proto__><constructor>2</constructor>');
    expect(Object.entries(fields ?? {})).toEqual([
      ['id', '1'],
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

describe('the baseline', () => {
  it('splits by the type and the price of the property itself', async () => {
    const text = feed(
      '<property><commission><type>percent</type></commission><type><![CDATA[B&B]]></type><price_freq>sale</price_freq><date>2024-02-01 10:00:00</date></property>' +
        '<property><type><en>B&amp;B</en></type></property><agent><name>N</name></agent>',
    );
    expect(await countTexts(kyero, text)).toEqual({
      property: {
        active: 2,
        deleted: 0,
        by: {
          type: { 'B&B': { active: 2, deleted: 0 } },
          price_freq: { sale: { active: 1, deleted: 0 } },
          year: { '2024': { active: 1, deleted: 0 } },
        },
      },
      agent: { active: 1, deleted: 0, by: {} },
    });
  });
});

describe('recognising', () => {
  const detect = (text: string) => kyero.detect(new TextEncoder().encode(text), 'x.xml');
  it.each([
    '<properties><propiedad id="1"/></properties>',
    '<?xml version="1.0"?><inmoweb version="1.0"/>',
    '<propiedades><propiedad><ref>1</ref></propiedad></propiedades>',
    '<resalesonline><feed_version>1</feed_version><property><ref>1</ref></property></resalesonline>',
    '<root><agent/><property><unique_id>1</unique_id><agent_ref>1</agent_ref></property></root>',
    '{"root":"<root><kyero>"}',
    '',
  ])('leaves %s to others', (text) => {
    expect(detect(text)).toBeUndefined();
  });

  it.each([
    '\ufeff<?xml version="1.0"?>\n<!-- <x> --> <root>\n<kyero/></root>',
    '<kyero><property/></kyero>',
    '<!DOCTYPE root><root><feed_version>3</feed_version></root>',
    '<root><property><ref>1</ref></property></root>',
  ])('knows %s', (text) => {
    expect(detect(text)?.confidence).toBeGreaterThan(0.5);
  });
});

const folder = new URL('../../../shared/data/kyero/', import.meta.url);
const missing = existsSync(folder) ? '' : ' (skipped: ../shared/data/kyero is not there)';

describe.skipIf(missing !== '')(`the files of OpenEstate-IO${missing}`, () => {
  it.each([
    ['kyero.xml', 1, 33],
    ['kyero-3-upgrade.xml', 4, 0],
    ['kyero-3-downgrade.xml', 4, 0],
  ])('%s', async (name, properties, languages) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const { records } = await read(text);
    const found = records.filter(({ entity }) => entity === 'property');
    expect(found).toHaveLength(properties);
    if (languages > 0) {
      expect(Object.keys(found[0]?.fields['desc'] ?? {})).toHaveLength(languages);
      expect(Object.keys(found[0]?.fields['url'] ?? {})).toHaveLength(languages);
    }
    const { property: counted } = await countTexts(kyero, text);
    expect(counted?.active).toBe(properties);
  });
});
