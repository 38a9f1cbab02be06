import { describe, expect, it } from 'vitest';
import type { SourceAdapter } from '../../src/adapter/contract.ts';
import { detectAdapter } from '../../src/adapter/detect.ts';
import { headText } from '../../src/adapter/head.ts';
import { seal } from '../../src/adapter/seal.ts';
import { createTally } from '../../src/adapter/tally.ts';
import { contentId, textAt } from '../../src/adapter/value.ts';
import { adapters } from '../../adapters/index.ts';

describe('a sealed record', () => {
  const record = seal(
    {
      kind: 'record',
      file: 'a.json',
      record: {
        entity: 'contacts',
        sourceId: '41',
        deleted: false,
        line: 3,
        fields: { tags: ['a'], source: { url: 'u' } },
        timezone: 'Europe/Madrid',
      },
      issues: [],
    },
    7,
  );

  it('has its place in the run', () => {
    expect(record).toMatchObject({
      file: 'a.json',
      ordinal: 7,
      timezone: 'Europe/Madrid',
      line: 3,
    });
  });
});

describe('the adapter of an input', () => {
  const sure = (name: string, confidence: number): SourceAdapter => ({
    ...adapters[0]!,
    name,
    detect: (_head, file) => (file === 'data' ? { confidence, reason: name } : undefined),
  });
  const heads = [
    { file: 'README.txt', bytes: new Uint8Array() },
    { file: 'data', bytes: new Uint8Array() },
  ];

  it('is the most confident one, over all files', () => {
    const found = detectAdapter([sure('low', 0.4), sure('high', 0.9), sure('same', 0.9)], heads);
    expect(found).toMatchObject({ adapter: { name: 'high' }, file: 'data', confidence: 0.9 });
  });

  it('is nobody where nobody knows it', () => {
    expect(detectAdapter([sure('none', 0)], heads)).toBeUndefined();
    expect(detectAdapter(adapters, heads)).toBeUndefined();
  });
});

describe('values', () => {
  it('are found by path, if they are texts', () => {
    const value = { a: { b: 'c' }, list: ['x'] };
    expect(textAt(value, 'a', 'b')).toBe('c');
    expect(textAt(value, 'a')).toBeUndefined();
    expect(textAt(value, 'list', '0')).toBeUndefined();
    expect(textAt(value, 'toString')).toBeUndefined();
    expect(textAt(null, 'a')).toBeUndefined();
  });

  it('have the same content id in any order of names, and another for another list', () => {
    expect(contentId({ a: { c: '1', d: '2' }, b: null })).toBe(
      contentId({ b: null, a: { d: '2', c: '1' } }),
    );
    expect(contentId(['1', '2'])).not.toBe(contentId(['2', '1']));
    expect(contentId('1')).not.toBe(contentId(['1']));
  });

  it('of a dimension may have any name', () => {
    const tally = createTally();
    tally.add('constructor', false);
    tally.split('constructor', 'type', '__proto__', false);
    expect(JSON.stringify(tally.counts())).toBe(
      '{"constructor":{"active":1,"deleted":0,"by":{"type":{"__proto__":{"active":1,"deleted":0}}}}}',
    );
  });
});

describe('the head of a file as text', () => {
  it.each(['utf-8', 'utf16le'] as const)('is read in %s without its mark', (encoding) => {
    expect(headText(Buffer.from('\ufeffAño', encoding))).toBe('Año');
  });

  it('may end in the middle of a character', () => {
    expect(headText(Buffer.from('añ', 'utf8').subarray(0, 2))).toBe('a\ufffd');
  });
});
