import { SourceError } from '../model/errors.ts';
import type { Fields } from '../model/record.ts';
import type { CsvEntity } from './csv-system.ts';
import { contentId } from './value.ts';

/** Rows without an id and without a natural key that one run can tell apart: 32 bytes of memory each. */
const mostNameless = 8_000_000;

/**
 * Who the rows of one reading are: by id, else by natural key, else by the hash of the content and the occurrence
 * among equal rows. Never a row's number, so that the same row in another place, or another file, is the same record.
 */
export class CsvIdentities {
  readonly #occurrences = new Occurrences();

  of(cells: Fields, entityName: string, entity: CsvEntity | undefined, file: string): string {
    const own = textOf(cells, entity?.id);
    if (own !== '') return own;
    for (const columns of entity?.keys ?? []) {
      const parts = columns.map((column) => textOf(cells, column));
      if (parts.every((part) => part !== '')) return keyText(parts);
    }
    const hash = contentId({ [entityName]: cells });
    const occurrence = this.#occurrences.next(hash.slice('sha256:'.length), file);
    return occurrence === 1 ? hash : `${hash}:${String(occurrence)}`;
  }
}

const textOf = (cells: Fields, column: string | undefined): string => {
  const cell = column === undefined ? undefined : cells[column];
  return typeof cell === 'string' ? cell.trim() : '';
};

/** One part is the text itself; several are divided by what no part can hold undoubled. */
function keyText(parts: readonly string[]): string {
  const plain = parts.map((part) => part.toLowerCase().replace(/\s+/g, ' '));
  const [only] = plain;
  if (only !== undefined && plain.length === 1) return only;
  return plain.map((part) => part.replace(/[\\|]/g, '\\$&')).join(' | ');
}

/** How often each hash was there: an open table of 60 bits of the hash and a count, far smaller than a Map of texts. */
class Occurrences {
  #hashes = new BigUint64Array(1024);
  #counts = new Uint32Array(1024);
  #size = 0;

  /** The occurrence of this hash, counted from 1. */
  next(hash: string, file: string): number {
    // Never zero, which marks a free place.
    const key = (BigInt(`0x${hash.slice(0, 15)}`) << 4n) | 1n;
    const place = this.#placeOf(key);
    if (this.#hashes[place] === 0n) {
      if (this.#size >= mostNameless) {
        throw new SourceError(
          `${file}: more than ${String(mostNameless)} rows have neither an id nor a key.`,
          {
            hint: 'Export with the column that holds the ids, or divide the file into several runs.',
          },
        );
      }
      this.#hashes[place] = key;
      this.#size++;
      this.#counts[place] = 1;
      if (this.#size * 2 > this.#hashes.length) this.#grow();
      return 1;
    }
    const count = (this.#counts[place] ?? 0) + 1;
    this.#counts[place] = count;
    return count;
  }

  #placeOf(key: bigint): number {
    const mask = this.#hashes.length - 1;
    let place = Number((key >> 4n) & BigInt(mask));
    while (this.#hashes[place] !== 0n && this.#hashes[place] !== key) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [hashes, counts] = [this.#hashes, this.#counts];
    this.#hashes = new BigUint64Array(hashes.length * 2);
    this.#counts = new Uint32Array(hashes.length * 2);
    hashes.forEach((key, index) => {
      if (key === 0n) return;
      const place = this.#placeOf(key);
      this.#hashes[place] = key;
      this.#counts[place] = counts[index] ?? 0;
    });
  }
}
