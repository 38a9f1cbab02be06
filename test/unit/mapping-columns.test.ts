import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../src/crm/column.ts';
import { compileColumn } from '../../src/mapping/column-value.ts';
import type { Value } from '../../src/model/record.ts';

function read(type: ColumnType, value: Value) {
  const issues: string[] = [];
  let kept = false;
  const result = compileColumn('it', type)(value, {
    issue: (code) => {
      issues.push(code);
    },
    keepOriginal: () => {
      kept = true;
    },
  });
  return { result, issues, kept };
}

const misfit = ['VALUE_NOT_FOR_COLUMN'];
const shape = ['VALUE_NOT_EXPECTED_SHAPE'];

describe.each([
  [
    { kind: 'text' },
    [
      [' a\r\nb\rc ', 'a\nb\nc', []],
      ['\u00A0', null, []],
      ['CafÃ©', 'Café', ['TEXT_REPAIRED']],
      ['a\0b', 'a\uFFFDb', ['TEXT_CHARACTER_REPLACED']],
      ['a\uD800b', 'a\uFFFDb', ['TEXT_CHARACTER_REPLACED']],
      ['😀', '😀', []],
      [['a'], null, shape],
      [{ a: 'b' }, null, shape],
    ],
  ],
  [
    { kind: 'text', max: 3 },
    [
      ['abcd', null, ['VALUE_TOO_LONG']],
      ['abc ', 'abc', []],
    ],
  ],
  [
    { kind: 'enum', values: ['a', 'b'] },
    [
      [' a ', 'a', []],
      ['A', null, misfit],
      ['', null, []],
    ],
  ],
  [
    { kind: 'integer' },
    [
      ['007', '7', []],
      ['-1', '-1', []],
      ['2.0', '2', []],
      ['2147483647', '2147483647', []],
      ['-2147483648', '-2147483648', []],
      ['2147483648', null, misfit],
      ['1.5', null, misfit],
      ['1.0000000000000000001', null, misfit],
      ['a', null, misfit],
      [['1'], null, shape],
    ],
  ],
  [
    { kind: 'numeric' },
    [
      ['249500.00', '249500', []],
      ['-0', '0', []],
      ['+1.50', '1.5', []],
      ['.5', null, misfit],
      ['1.5e3', '1500', []],
      ['15e-4', '0.0015', []],
      ['9'.repeat(30), '9'.repeat(30), []],
      ['9'.repeat(31), null, misfit],
      ['1e999', null, misfit],
      ['1,5', null, misfit],
      ['Infinity', null, misfit],
    ],
  ],
  [
    { kind: 'boolean' },
    [
      ['true', 'true', []],
      ['1', null, misfit],
    ],
  ],
  [
    { kind: 'date' },
    [
      ['2024-02-29', '2024-02-29', []],
      ['2023-02-29', null, misfit],
      ['0000-01-01', null, misfit],
      ['2024-2-9', null, misfit],
    ],
  ],
  [
    { kind: 'timestamp' },
    [
      ['2024-05-31T17:05:00Z', '2024-05-31T17:05:00Z', []],
      ['2024-05-31 17:05:00+02:00', '2024-05-31T15:05:00Z', []],
      ['2024-01-01T00:30:00+0100', '2023-12-31T23:30:00Z', []],
      ['2024-05-31T17:05:00.123456789Z', '2024-05-31T17:05:00.123456Z', []],
      ['2024-05-31T24:00:00Z', '2024-06-01T00:00:00Z', []],
      ['2024-05-31T17:05:00', null, misfit],
      ['2024-05-31T17:05:60Z', null, misfit],
    ],
  ],
  [
    { kind: 'texts' },
    [
      [['a', ' b ', '', null, 'a'], ['a', 'b'], []],
      ['a', ['a'], []],
      [[], null, []],
      [['', ' '], null, []],
      [['a', ['b']], null, shape],
      [{ a: 'b' }, null, shape],
    ],
  ],
  [
    { kind: 'json' },
    [
      [
        { es: ' Casa ', en: 'CafÃ©', nl: '', de: null },
        '{"en":"Café","es":"Casa"}',
        ['TEXT_REPAIRED'],
      ],
      ['a', '"a"', []],
      [{ a: '' }, null, []],
      [[['1.10', '']], '[["1.10"]]', []],
    ],
  ],
] satisfies [ColumnType, [Value, Value, string[]][]][])('a column %j', (type, rows) => {
  it.each(rows.map(([value, result, issues]) => ({ value, result, issues })))(
    'takes $value as $result',
    ({ value, result, issues }) => {
      expect(read(type, value)).toMatchObject({ result, issues });
    },
  );

  it('takes nothing as nothing', () => {
    expect(read(type, null)).toEqual({ result: null, issues: [], kept: false });
  });
});

describe('a value that does not fit', () => {
  it('is kept', () => {
    expect(read({ kind: 'integer' }, 'a').kept).toBe(true);
    expect(read({ kind: 'text' }, ['a']).kept).toBe(true);
  });
});
