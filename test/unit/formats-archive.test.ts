import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandFile, gunzip, isZip, openZip } from '../../src/formats/archive.ts';
import { SourceError } from '../../src/model/errors.ts';
import { allOf, arriving, cut } from './formats-pieces.ts';

const text = 'id,name\n1,Ana\n'.repeat(1000);
const bytesOf = async (source: AsyncIterable<Uint8Array>) => {
  const { items, error } = await allOf(source);
  return { text: Buffer.concat(items).toString('utf8'), error };
};

describe('gunzip', () => {
  const unpack = (bytes: Uint8Array, options = {}) =>
    bytesOf(gunzip(arriving(cut(bytes, [100])), { file: 'a.gz', ...options }));

  it('unpacks as the bytes arrive', async () => {
    expect(await unpack(gzipSync(text))).toEqual({ text, error: undefined });
    const twoMembers = Buffer.concat([gzipSync('a'), gzipSync('b')]);
    expect(await unpack(twoMembers)).toEqual({ text: 'ab', error: undefined });
  });

  it('refuses an archive that is cut off or damaged', async () => {
    const packed = gzipSync(text);
    expect((await unpack(packed.subarray(0, packed.length - 20))).error).toBe(
      'SourceError: a.gz: cannot be unpacked: unexpected end of file.',
    );
    expect((await unpack(Buffer.from('no gzip'))).error).toContain(
      'SourceError: a.gz: cannot be unpacked',
    );
  });

  it('refuses what unpacks beyond its bounds', async () => {
    const bomb = gzipSync(Buffer.alloc(12 * 1024 ** 2));
    expect((await unpack(bomb)).error).toContain('more than 1000 times its size');
    expect((await unpack(gzipSync(text), { maxBytes: 1000 })).error).toContain(
      'more than 1000 bytes',
    );
  });

  it('hands on an error of its input in its own words', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(gzipSync(text).subarray(0, 10));
      throw new SourceError('the disk is gone');
    }
    expect((await bytesOf(gunzip(failing(), { file: 'a.gz' }))).error).toBe(
      'SourceError: the disk is gone',
    );
  });

  it('can be left early', async () => {
    for await (const chunk of gunzip(arriving(cut(gzipSync(text), [50])), { file: 'a.gz' })) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe('expandFile', () => {
  it('unpacks gzip by its bytes, again and again, and leaves other files alone', async () => {
    const packed = expandFile({ name: 'a.csv.gz', open: () => arriving(cut(gzipSync(text), [1])) });
    expect(packed.name).toBe('a.csv');
    expect((await bytesOf(packed.open())).text).toBe(text);
    expect((await bytesOf(packed.open())).text).toBe(text);
    const plain = expandFile({ name: 'b.csv', open: () => arriving([Buffer.from('x')]) });
    expect(await bytesOf(plain.open())).toEqual({ text: 'x', error: undefined });
    expect(await bytesOf(expandFile({ name: 'c', open: () => arriving([]) }).open())).toEqual({
      text: '',
      error: undefined,
    });
  });
});

describe('openZip', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tesoro-zip-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const saved = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };

  it('gives the files of the user under harmless names, to be opened again and again', async () => {
    const path = await saved(
      'a.zip',
      zip([
        { name: 'data/' },
        { name: 'data/people.csv', content: text },
        { name: '__MACOSX/data/._people.csv', content: 'x' },
        { name: 'data/.DS_Store', content: 'x' },
        { name: '../../etc/pisos.csv', content: 'p' },
        { name: 'C:\\fotos\\uno.csv', content: 'u' },
      ]),
    );
    const files = await openZip(path);
    expect(files.map((file) => file.name)).toEqual([
      'data/people.csv',
      'etc/pisos.csv',
      'fotos/uno.csv',
    ]);
    expect(await bytesOf(files[0]!.open())).toEqual({ text, error: undefined });
    expect(await bytesOf(files[0]!.open())).toEqual({ text, error: undefined });
    expect((await bytesOf(files[1]!.open())).text).toBe('p');
    for await (const chunk of files[0]!.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  it('refuses encrypted, damaged and excessive archives', async () => {
    const encrypted = await saved('e.zip', zip([{ name: 'a.csv', content: 'x', flags: 1 }]));
    await expect(openZip(encrypted)).rejects.toThrow('a.csv is encrypted');
    const whole = zip([{ name: 'a.csv', content: text }]);
    await expect(openZip(await saved('t.zip', whole.subarray(0, 60)))).rejects.toThrow(SourceError);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 40, 60);
    const [broken] = await openZip(await saved('d.zip', damaged));
    expect((await bytesOf(broken!.open())).error).toContain('SourceError');
    const [large] = await openZip(await saved('l.zip', whole), { maxBytes: 100 });
    expect((await bytesOf(large!.open())).error).toContain('more than 100 bytes');
    await expect(openZip(join(folder, 'absent.zip'))).rejects.toThrow(SourceError);
  });

  it('is recognised by its first bytes', () => {
    expect(isZip(zip([{ name: 'a', content: 'b' }]))).toBe(true);
    expect(isZip(gzipSync('a'))).toBe(false);
  });
});

interface Entry {
  readonly name: string;
  readonly content?: string;
  readonly flags?: number;
}

/** A zip archive, the long way: so that names and flags can be wrong. */
function zip(entries: readonly Entry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', flags = 0 } of entries) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32Of(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(content), 18);
    common.writeUInt16LE(name.length, 22);
    const header = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    local.push(header);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        Buffer.from([20, 0]),
        common,
        rest,
        Buffer.from(name),
      ]),
    );
    offset += header.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}

/** Node 20 has no crc32 of its own; the last eight bytes of gzip begin with it. */
function crc32Of(content: string): number {
  const packed = gzipSync(content);
  return packed.readUInt32LE(packed.length - 8);
}
