import { describe, expect, it } from 'vitest';
import { boolean } from '../../../src/mapping/transforms/boolean.ts';
import { applied } from '../../support/transform.ts';

describe('boolean', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['1', 'true', []],
    ['0', 'false', []],
    ['TRUE', 'true', []],
    ['false', 'false', []],
    [' Yes ', 'true', []],
    ['no', 'false', []],
    ['si', 'true', []],
    ['SÍ', 'true', []],
    ['ja', 'true', []],
    ['Nee', 'false', []],
    ['nein', 'false', []],
    ['oui', 'true', []],
    ['Non', 'false', []],
    ['-', null, []],
    ['n/a', null, []],
    ['x', null, ['VALUE_NOT_A_BOOLEAN']],
    ['2', null, ['VALUE_NOT_A_BOOLEAN']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(boolean, input)).toMatchObject({ value, issues });
  });
});
