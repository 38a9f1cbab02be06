import { describe, expect, it } from 'vitest';
import { onRequest } from '../../../src/mapping/transforms/on-request.ts';
import { applied } from '../../support/transform.ts';

describe('on-request', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['0', 'true', []],
    ['0,00', 'false', []],
    ['x', 'true', []],
    ['Prijs op aanvraag', 'true', []],
    ['249500', 'false', []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(onRequest, input)).toMatchObject({ value, issues });
  });
});
