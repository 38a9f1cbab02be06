import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText, detectEncoding } from '../../src/formats/text.ts';
import { allOf, arriving, cut, widths } from './formats-pieces.ts';

const spanish =
  'Piso céntrico con balcón y orientación sur. Baño reformado, cocina equipada; año 1998. ¿Quién da más?';
const bytes = (text: string, encoding: string): Uint8Array => iconv.encode(text, encoding);
const decode = async (pieces: Iterable<Uint8Array>, encoding?: string) => {
  const { items, error } = await allOf(decodeText(arriving(pieces), { file: 'a.txt', encoding }));
  return { text: items.join(''), error };
};

describe('detectEncoding', () => {
  it.each([
    ['utf-8', bytes(spanish, 'utf-8'), { encoding: 'utf-8', certain: true, bom: false }],
    ['ASCII', bytes('a,b', 'utf-8'), { encoding: 'utf-8', certain: true, bom: false }],
    ['nothing', new Uint8Array(0), { encoding: 'utf-8', certain: true, bom: false }],
    ['a UTF-8 mark', bytes('\ufeffa', 'utf-8'), { encoding: 'utf-8', certain: true, bom: true }],
    [
      'a UTF-16 mark',
      bytes('\ufeffa', 'utf-16le'),
      { encoding: 'utf-16le', certain: true, bom: true },
    ],
    [
      'a big-endian mark',
      bytes('\ufeffa', 'utf-16be'),
      { encoding: 'utf-16be', certain: true, bom: true },
    ],
    ['UTF-16', bytes(spanish, 'utf-16le'), { encoding: 'utf-16le', certain: true, bom: false }],
    [
      'big-endian UTF-16',
      bytes(spanish, 'utf-16be'),
      { encoding: 'utf-16be', certain: true, bom: false },
    ],
    [
      'windows-1252',
      bytes(`${spanish} 100 €`, 'windows-1252'),
      { encoding: 'windows-1252', certain: false, bom: false },
    ],
    [
      'UTF-8 cut inside a letter',
      bytes(spanish, 'utf-8').subarray(0, 8),
      { encoding: 'utf-8', certain: true, bom: false },
    ],
  ])('recognises %s', (_, head, expected) => {
    expect(detectEncoding(head)).toEqual(expected);
  });

  it('refuses UTF-32', () => {
    expect(() => detectEncoding(bytes('\ufeffa', 'utf-32le'), 'a.csv')).toThrow(
      'a.csv: the text is in UTF-32.',
    );
  });
});

describe('decodeText', () => {
  it('decodes alike in any pieces, without the byte order mark', async () => {
    const encodings = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be');
    const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
    await fc.assert(
      fc.asyncProperty(
        text,
        encodings,
        fc.boolean(),
        widths,
        async (value, encoding, mark, pieceWidths) => {
          const whole = bytes((mark ? '\ufeff' : '') + value, encoding);
          const expected = value.startsWith('\ufeff') && !mark ? value.slice(1) : value;
          expect(await decode(cut(whole, pieceWidths), encoding)).toEqual({
            text: expected,
            error: undefined,
          });
        },
      ),
    );
  });

  it('detects the encoding itself', async () => {
    expect(await decode([bytes(spanish, 'windows-1252')])).toEqual({
      text: spanish,
      error: undefined,
    });
    expect(await decode(cut(bytes(`\ufeff${spanish}`, 'utf-16le'), [3]))).toMatchObject({
      text: spanish,
    });
    const long = spanish.repeat(2000);
    expect(await decode(cut(bytes(long, 'utf-8'), [1000]))).toEqual({
      text: long,
      error: undefined,
    });
    expect(await decode([])).toEqual({ text: '', error: undefined });
  });

  it('gives the text before a byte that is not UTF-8, then says where it is', async () => {
    const whole = new Uint8Array([...bytes('año ', 'utf-8'), 0xf1, ...bytes('o', 'utf-8')]);
    for (const width of [1, 2, 100]) {
      expect(await decode(cut(whole, [width]), 'utf-8')).toEqual({
        text: 'año ',
        error: 'SourceError: a.txt, byte 5: not valid utf-8 text.',
      });
    }
  });

  it('refuses text that ends inside a character', async () => {
    const { error } = await decode([bytes('añ', 'utf-8').subarray(0, 2)], 'utf-8');
    expect(error).toBe('SourceError: a.txt, byte 1: not valid utf-8 text.');
  });

  it('refuses an encoding that does not exist', async () => {
    expect((await decode([], 'klingon')).error).toBe('UsageError: There is no encoding "klingon".');
  });
});
