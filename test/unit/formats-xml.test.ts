import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanXmlElements } from '../../src/formats/xml-count.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../../src/formats/xml-element.ts';
import { chooseXmlEncoding, xmlEncoding } from '../../src/formats/xml-encoding.ts';
import { documentTypeOf } from '../../src/formats/xml-prolog.ts';
import { readXml, type XmlOptions } from '../../src/formats/xml.ts';
import { allOf, arriving, cut, widths } from './formats-pieces.ts';

const take = (path: readonly string[]) => path.length === 2 && path[1] === 'property';
const read = (pieces: Iterable<string>, options: Partial<XmlOptions> = {}) =>
  allOf(readXml(arriving(pieces), { file: 'a.xml', take, ...options }));
const scan = (pieces: Iterable<string>) =>
  allOf(scanXmlElements(arriving(pieces), { file: 'a.xml', take }));

const feed = `<?xml version="1.0" encoding="utf-8"?>
<!-- a feed with <!DOCTYPE in a comment -->
<root a="1">
  <kyero><feed_version>3</feed_version></kyero>
  <property id='x > y'>
    <id>12</id><desc><en>A &amp;amp; B &#241;<![CDATA[ <b>&amp;</b>]]></en></desc>
    <image url="a"/><image url="b"/>
  </property>
  <other><property>not by path</property></other>
  <property/>
</root>
`;

describe('readXml', () => {
  it('assembles what it takes by path, and tells of the elements around it', async () => {
    const entered: unknown[] = [];
    const enter: XmlOptions['enter'] = (path, attributes, line) =>
      entered.push([path.join('/'), { ...attributes }, line]);
    const { items, error } = await read([feed], { enter });
    expect(error).toBeUndefined();
    expect(items).toMatchObject([
      {
        path: ['root', 'property'],
        line: 5,
        element: { name: 'property', attributes: { id: 'x > y' } },
      },
      {
        path: ['root', 'property'],
        line: 10,
        element: { name: 'property', children: [], text: '' },
      },
    ]);
    const property = items[0]!.element;
    expect(textOf(property, ['desc', 'en'])).toBe('A &amp; B ñ <b>&amp;</b>');
    expect(textOf(property, ['desc', 'es'])).toBeUndefined();
    expect(childOf(property, 'id')?.text).toBe('12');
    expect(childrenOf(property, 'image').map((image) => image.attributes['url'])).toEqual([
      'a',
      'b',
    ]);
    expect(entered).toEqual([
      ['root', { a: '1' }, 3],
      ['root/kyero', {}, 4],
      ['root/kyero/feed_version', {}, 4],
      ['root/other', {}, 9],
      ['root/other/property', {}, 9],
    ]);
  });

  it('gives the same for any pieces', async () => {
    const whole = await read([feed]);
    await fc.assert(
      fc.asyncProperty(widths, async (pieceWidths) => {
        expect(await read(cut(feed, pieceWidths))).toEqual(whole);
        expect(await scan(cut(feed, pieceWidths))).toEqual(await scan([feed]));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['<root><property/><property/><property><id>', 'unclosed tag: id'],
    ['<root><property/><property/></rot>', 'unexpected close tag'],
    ['<root><property/><property/><property>&nbsp;</property></root>', 'undefined entity'],
    ['<root><property/><property/><property a=1/></root>', 'unquoted attribute value'],
    ['<root><property/><property/></root><root/>', 'documents may contain only one root'],
    ['<root><property/><property/><!DOCTYPE root></root>', 'inappropriately located doctype'],
    ['<root><property/><property/><property a="1" a="2"/></root>', 'duplicate attribute'],
  ])('yields the complete elements of %j, then says what is wrong', async (text, message) => {
    for (const width of [1, 7, 1000]) {
      const { items, error } = await read(cut(text, [width]));
      expect(items).toHaveLength(2);
      expect(error).toMatch(/^SourceError: a\.xml, line 1, column \d+: not well-formed XML: /);
      expect(error).toContain(message);
    }
  });

  it.each(['', '  ', 'no xml', '{"a":1}', '<!-- only -->'])('refuses %j', async (text) => {
    expect((await read([text])).error).toContain('SourceError: a.xml');
  });

  it('refuses a document type before it has ended', async () => {
    for (const pieces of [
      ['<?xml version="1.0"?>\n<!DOCTYPE a [ <!ENTITY'],
      cut('<!-- x --><!doctype html>', [1]),
    ]) {
      expect((await read(pieces)).error).toContain('the document has a document type');
    }
  });

  it('keeps within its limits', async () => {
    const limits = { depth: 4, text: 1000, attributes: 3, record: 5000 };
    const errorOf = async (text: string) => (await read(cut(text, [64]), { limits })).error;
    expect(await errorOf('<root><a><b><c><d/></c></b></a></root>')).toContain('more than 4 levels');
    expect(await errorOf('<root><property><a><b><c/></b></a></property></root>')).toContain(
      'more than 4 levels',
    );
    expect(await errorOf('<root><property a="1" b="2" c="3" d="4"/></root>')).toContain(
      'more than 3 attributes',
    );
    expect(await errorOf(`<root><property>${'x'.repeat(2000)}</property></root>`)).toContain(
      'more than 1000',
    );
    expect(await errorOf(`<root>${'x'.repeat(2000)}`)).toContain('more than 1000');
    expect(await errorOf(`<root><${'x'.repeat(2000)}`)).toContain('more than 1000');
    expect(await errorOf(`<root><!-- ${'x'.repeat(2000)}`)).toContain('more than 1000');
    expect(await errorOf(`<root><a b="${'x'.repeat(2000)}`)).toContain('more than 1000');
    expect(await errorOf(`<root><property>${'<a>x</a>'.repeat(1000)}</property></root>`)).toContain(
      'more than 5000',
    );
    expect(
      await errorOf(`<root>${'<property><a/></property>'.repeat(1000)}</root>`),
    ).toBeUndefined();
  });

  it('takes __proto__ for a name like any other', async () => {
    const { items } = await read(['<root><property __proto__="x"><__proto__/></property></root>']);
    expect(Object.keys(items[0]!.element.attributes)).toEqual(['__proto__']);
    expect(childOf(items[0]!.element, '__proto__')).toBeDefined();
  });
});

describe('scanXmlElements', () => {
  it('cuts out the same elements', async () => {
    const { items, error } = await scan([feed]);
    expect(error).toBeUndefined();
    expect(items.map(({ path, openTag }) => [path, openTag])).toEqual([
      [['root', 'property'], "<property id='x > y'>"],
      [['root', 'property'], '<property/>'],
    ]);
    expect(items[0]!.text.trim()).toMatch(/^<id>12<\/id>.*<image url="b"\/>$/s);
  });

  it('counts as many as the reader reads', async () => {
    const name = fc.constantFrom('property', 'a', 'b');
    const text = fc.constantFrom(
      '',
      'x',
      '&lt;',
      '<!-- <property> -->',
      '<![CDATA[</property>]]>',
      '<?p <property> ?>',
    );
    const wrap = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc
        .tuple(name, text, fc.array(inner, { maxLength: 3 }), text)
        .map(
          ([tag, before, all, after]) =>
            `<${tag} q="/>">${before}${all.join('')}${after}</${tag} >`,
        );
    const element = wrap(wrap(wrap(fc.constant('<property/>'))));
    await fc.assert(
      fc.asyncProperty(fc.array(element), widths, async (elements, pieceWidths) => {
        const document = `<root>${elements.join('\n')}</root>`;
        const [readItems, scanned] = [
          await read(cut(document, pieceWidths)),
          await scan(cut(document, pieceWidths)),
        ];
        expect(readItems.error).toBeUndefined();
        expect(scanned.error).toBeUndefined();
        expect(scanned.items.map(({ path }) => path)).toEqual(
          readItems.items.map(({ path }) => path),
        );
      }),
    );
  });

  it('refuses a document that is cut off', async () => {
    expect(await scan(['<root><property/><property>'])).toEqual({
      items: [{ path: ['root', 'property'], openTag: '<property/>', text: '' }],
      error: 'SourceError: a.xml, in root/property: the document ends before it is complete.',
    });
    expect((await scan(['<!DOCTYPE x>'])).error).toContain('document type');
    expect((await scan(['nothing'])).error).toContain('ends before');
  });
});

describe('chooseXmlEncoding', () => {
  const declared = (encoding: string, body: string, bodyEncoding: BufferEncoding): Uint8Array =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><a>`),
      Buffer.from(body, bodyEncoding),
    ]);

  it.each([
    ['UTF-8', 'año', 'utf8', { encoding: 'utf-8', contradicted: false }],
    ['ISO-8859-1', 'año', 'latin1', { encoding: 'windows-1252', contradicted: false }],
    ['ISO-8859-1', 'ano', 'latin1', { encoding: 'windows-1252', contradicted: false }],
    ['ISO-8859-1', 'año', 'utf8', { encoding: 'utf-8', contradicted: true }],
    ['UTF-8', 'el año del baño', 'latin1', { encoding: 'windows-1252', contradicted: true }],
    ['klingon', 'año', 'utf8', { encoding: 'utf-8', contradicted: true }],
    ['UTF-16', 'ano', 'latin1', { encoding: 'utf-8', contradicted: true }],
  ] as const)(
    'reads a document that says %s and holds %j in %s',
    (says, body, inFact, expected) => {
      expect(chooseXmlEncoding(declared(says, body, inFact))).toEqual({
        ...expected,
        declared: says.toLowerCase(),
      });
    },
  );

  it('reads documents that say nothing, and declarations in UTF-16', () => {
    expect(chooseXmlEncoding(Buffer.from('<a>ñ</a>'))).toEqual({
      encoding: 'utf-8',
      contradicted: false,
    });
    const wide = Buffer.from('\ufeff<?xml version="1.0" encoding="utf-16"?><a/>', 'utf16le');
    expect(xmlEncoding(wide)).toBe('utf-16');
    expect(chooseXmlEncoding(wide)).toEqual({
      encoding: 'utf-16le',
      declared: 'utf-16',
      contradicted: false,
    });
  });
});

describe('textOf', () => {
  it('takes the element itself for the empty path', () => {
    const element: XmlElement = { name: 'a', attributes: {}, children: [], text: 'x' };
    expect(textOf(element, [])).toBe('x');
  });
});

describe('documentTypeOf', () => {
  it.each([
    ['<!DOCTYPE html>\n<html>', 'html'],
    ['<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<!DOCTYPE agency [<!ENTITY a "a">]>', 'agency'],
    ['<?xml version="1.0"?><agency/>', undefined],
    [`${'<!-- - -->'.repeat(5_000)}<agency/>`, undefined],
    ['name;phone\n', undefined],
  ])('of %j is %s', (text, type) => {
    expect(documentTypeOf(text)).toBe(type);
  });
});
