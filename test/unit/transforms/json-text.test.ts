import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../src/mapping/transforms/json-text.ts';
import { applied } from '../../support/transform.ts';

describe('json-text', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    ['{"a": 1.10, "b": [true, null, "x 2"]}', { a: '1.10', b: ['true', null, 'x 2'] }, []],
    ['12345678901234567890', '12345678901234567890', []],
    ['"a \\"1\\" b"', 'a "1" b', []],
    ['{a: 1}', null, ['JSON_IN_TEXT_INVALID']],
    ['[1, 2', null, ['JSON_IN_TEXT_INVALID']],
    ['['.repeat(100_000) + ']'.repeat(100_000), null, ['JSON_IN_TEXT_INVALID']],
    [['a'], ['a'], []],
    [{ a: 'b' }, { a: 'b' }, []],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(jsonText, input)).toMatchObject({ value, issues });
  });
});
