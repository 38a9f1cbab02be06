import { describe, expect, it } from 'vitest';
import { repairMojibake } from '../../src/mapping/mojibake.ts';

/** UTF-8 read as Windows-1252, and as Latin-1 where that has no character: what broken exports hold. */
function broken(text: string): string {
  const table = '€_‚ƒ„…†‡ˆ‰Š‹Œ_Ž__‘’“”•–—˜™š›œ_žŸ';
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = byte >= 0x80 && byte < 0xa0 ? table[byte - 0x80] : undefined;
    return character === undefined || character === '_' ? String.fromCharCode(byte) : character;
  }).join('');
}

describe('text that was decoded twice', () => {
  it.each(['José', 'Ático a 5 min', 'piñón ‘á’', '250 €', 'à', '“Í”', 'Übergröße', '😀 casa'])(
    'gets to be %j again',
    (text) => {
      expect(broken(text)).not.toBe(text);
      expect(repairMojibake(broken(text))).toBe(text);
    },
  );

  it.each(['José', 'QUÉ…', '«Él»', 'Ã', 'Â', 'â', 'NÃO', 'Ã© y José', 'Ã©中', 'plain', ''])(
    'is not what %j is',
    (text) => {
      expect(repairMojibake(text)).toBeUndefined();
    },
  );
});
