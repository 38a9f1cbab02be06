import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, type JsonSelect } from '../../src/formats/json.ts';
import { allOf, arriving, cut, widths } from './formats-pieces.ts';

const takeItems: JsonSelect = (path) => (path.at(-1) === '[]' ? 'take' : 'enter');
const takeAll: JsonSelect = () => 'take';
const read = (pieces: Iterable<string>, select = takeItems) =>
  allOf(readJson(arriving(pieces), { file: 'a.json', select }));

describe('readJson', () => {
  it('yields the items of collections with their path and line, and keeps literals as text', async () => {
    const text =
      '{\n "leads": [\n  {"id": 12345678901234567890, "price": 1.10, "ok": true, "none": null}\n ],\n "total": 1\n}';
    expect(await read([text])).toEqual({
      items: [
        {
          kind: 'item',
          path: ['leads', '[]'],
          value: { id: '12345678901234567890', price: '1.10', ok: 'true', none: null },
          line: 3,
          duplicateKeys: [],
        },
        { kind: 'item', path: ['total'], value: '1', line: 5, duplicateKeys: [] },
      ],
      error: undefined,
    });
  });

  it('passes over what is not selected, however deep', async () => {
    const { items } = await read(['{"a":{"b":[{"c":[1,{}]}]},"d":[7]}'], (path) =>
      path[0] === 'a' ? 'skip' : takeItems(path),
    );
    expect(items).toMatchObject([{ path: ['d', '[]'], value: '7' }]);
  });

  it('takes the last of two values of one key and says so', async () => {
    const { items } = await read(['[{"a":1,"b":{"c":1,"c":2},"a":3,"l":[{"x":1,"x":2}]}]']);
    expect(items).toMatchObject([
      { value: { a: '3', b: { c: '2' } }, duplicateKeys: ['b.c', 'a', 'l.x'] },
    ]);
  });

  it('treats __proto__ as a name like any other', async () => {
    const { items } = await read(['{"__proto__":{"admin":"yes"}}'], takeAll);
    const item = items[0];
    if (item?.kind !== 'item') throw new Error('no item');
    expect(Object.entries(item.value ?? {})).toEqual([['__proto__', { admin: 'yes' }]]);
    expect(JSON.stringify(item.value)).toBe('{"__proto__":{"admin":"yes"}}');
    expect(Object.getPrototypeOf(item.value)).toBe(Object.prototype);
  });

  it.each([
    [
      '[{"a":1},{"a":2},{"a"',
      'a.json, line 1, column 22: the document ends before it is complete.',
    ],
    [
      '[{"a":1},\n{"a":2},\n{"a":"b',
      'a.json, line 3, column 8: the document ends before it is complete.',
    ],
    [
      '[{"a":1},{"a":2}\n,\n  oops, {"a":3}]',
      'a.json, line 3, column 3: not JSON: expected a value.',
    ],
    ['[{"a":1},{"a":2}]\n}', 'a.json, line 2, column 1: not JSON: unexpected characters.'],
    ['[{"a":1},{"a":2},{"a":3]', "a.json, line 1, column 24: not JSON: expected '}'."],
  ])('yields the complete items of %j, then says where it broke', async (text, message) => {
    for (const width of [1, 3, 1000]) {
      const { items, error } = await read(cut(text, [width]));
      expect(items).toHaveLength(2);
      expect(error).toBe(`SourceError: ${message}`);
    }
  });

  it('refuses a document that is too deep', async () => {
    const { error } = await read(['['.repeat(100_000)], takeAll);
    expect(error).toBe('SourceError: a.json, line 1: the document is more than 200 levels deep.');
  });

  it('refuses a text without end', async () => {
    async function* endless(): AsyncGenerator<string> {
      yield await Promise.resolve('[1,\n "');
      for (;;) yield 'x'.repeat(1024 * 1024);
    }
    const { items, error } = await allOf(
      readJson(endless(), { file: 'a.json', select: takeItems }),
    );
    expect(items).toHaveLength(1);
    expect(error).toBe(
      'SourceError: a.json, line 2: a text of more than 64 million characters begins here.',
    );
  });

  it('refuses an empty document', async () => {
    expect((await read([])).error).toContain('ends before it is complete');
    expect((await read([' \n '])).error).toContain('ends before it is complete');
  });

  it('reads one value a line and goes on after a line that is not JSON', async () => {
    const text = '\n{"a":1}\r\n\n{"a":oops}\n{"a":2\n{"a":3}';
    expect(await read([text])).toEqual({
      items: [
        { kind: 'item', path: ['[]'], value: { a: '1' }, line: 2, duplicateKeys: [] },
        { kind: 'malformed', line: 4, text: '{"a":oops}', reason: 'expected a value' },
        {
          kind: 'malformed',
          line: 5,
          text: '{"a":2',
          reason: 'the line ends before its value does',
        },
        { kind: 'item', path: ['[]'], value: { a: '3' }, line: 6, duplicateKeys: [] },
      ],
      error: undefined,
    });
  });

  it('does not take a torn last line for a short file', async () => {
    const { items, error } = await read(['{"a":1}\n{"a":2}\n{"a":tr']);
    expect(items).toHaveLength(2);
    expect(error).toBe('SourceError: a.json, line 3: the last line ends before its value does.');
  });

  it('reads values that JSON.parse reads alike, in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(4), widths, async (json, indent, pieceWidths) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const whole = await read([text], takeAll);
        expect(whole.error).toBeUndefined();
        expect(whole.items).toMatchObject([{ value: asText(JSON.parse(text)) }]);
        expect(await read(cut(text, pieceWidths), takeAll)).toEqual(whole);
      }),
    );
  });

  it('gives the same events for broken text in any pieces', async () => {
    const broken = fc
      .tuple(
        fc.array(fc.json({ maxDepth: 2 }), { maxLength: 5 }),
        fc.nat(60),
        fc.constantFrom('', '}', '"', ',', '\\', '\n', 'x'),
      )
      .map(([values, at, noise]) => {
        const text = `[${values.join(',\n')}]`;
        return text.slice(0, at) + noise + text.slice(at);
      });
    await fc.assert(
      fc.asyncProperty(broken, widths, async (text, pieceWidths) => {
        expect(await read(cut(text, pieceWidths))).toEqual(await read([text]));
      }),
    );
  });
});

/** A value of JSON.parse with its scalars as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
  }
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}
