import { describe, expect, it } from 'vitest';
import { ranked } from '../../../src/mapping/transforms/ranked.ts';
import { applied } from '../../support/transform.ts';

describe('ranked', () => {
  it.each([
    [null, null],
    ['', null],
    [['', null], null],
    ['8001', [{ value: '8001', position: '1' }]],
    [
      ['8001', ' ', null, '8002'],
      [
        { value: '8001', position: '1' },
        { value: '8002', position: '2' },
      ],
    ],
  ])('of %j is %j', (input, value) => {
    expect(applied(ranked, input)).toMatchObject({ value, issues: [] });
  });
});
