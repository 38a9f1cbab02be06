import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../src/formats/json-count.ts';
import { readJson, type JsonSelect } from '../../src/formats/json.ts';
import { allOf, arriving, cut, widths } from './formats-pieces.ts';

const collections: JsonSelect = (path) => {
  if (path.at(-1) === '[]') return 'take';
  return path[0] === 'skipped' ? 'skip' : 'enter';
};
const scan = (pieces: Iterable<string>, select = collections) =>
  allOf(scanJson(arriving(pieces), { file: 'a.json', select }));

describe('scanJson', () => {
  it('takes the values that readJson takes', async () => {
    const text = '{"a":[{"x":"]}\\""},[1],2],"skipped":[3],"b":{"c":[],"d":"e"},"\\u0066":null}';
    expect(await scan([text])).toEqual({
      items: [
        { path: ['a', '[]'], value: { x: ']}"' } },
        { path: ['a', '[]'], value: [1] },
        { path: ['a', '[]'], value: 2 },
        { path: ['b', 'd'], value: 'e' },
        { path: ['f'], value: null },
      ],
      error: undefined,
    });
  });

  it('agrees with readJson on any document, in any pieces', async () => {
    const key = fc.constantFrom('a', 'skipped', 'b"', '[');
    const select: JsonSelect = (path) =>
      path.at(-1) === 'skipped' ? 'skip' : path.length > 2 ? 'take' : 'enter';
    const document = fc.oneof(
      fc.dictionary(key, fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }))),
      fc.jsonValue({ maxDepth: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(document, fc.nat(2), widths, async (value, indent, pieceWidths) => {
        const text = JSON.stringify(value, null, indent);
        const read = await allOf(readJson(arriving([text]), { file: 'a.json', select }));
        const scanned = await scan(cut(text, pieceWidths), select);
        expect(scanned.error).toBeUndefined();
        expect(scanned.items.map(({ path }) => path)).toEqual(
          read.items.map((item) => (item.kind === 'item' ? item.path : [])),
        );
      }),
    );
  });

  it('yields undefined for a line that is not JSON', async () => {
    expect(await scan(['{"id":1}\n{"id":}\n\n{"id":2}\n'])).toEqual({
      items: [
        { path: ['[]'], value: { id: 1 } },
        { path: ['[]'], value: undefined },
        { path: ['[]'], value: { id: 2 } },
      ],
      error: undefined,
    });
    expect((await scan(['{"id":1}\n{"id":2}\n{"id"'])).error).toContain(
      'ends before it is complete',
    );
  });

  it.each(['', '[1,2', '{"a":"b', '[1]]', '[1] [2]', '{"a":[1}'])('refuses %j', async (text) => {
    const { error } = await scan([text], (path) => (path.length > 1 ? 'take' : 'enter'));
    expect(error).toMatch(/^SourceError: a\.json/);
  });
});
