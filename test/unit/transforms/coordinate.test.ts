import { describe, expect, test } from 'vitest';
import { coordinate } from '../../../src/mapping/transforms/coordinate.ts';
import type { IssueCode } from '../../../src/model/issue.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

describe('coordinate', () => {
  test.each<[string, Value, string | null, string | null, readonly IssueCode[]]>([
    ['nothing', null, null, null, []],
    ['an empty text', '', null, null, []],
    ['an empty pair', ['', null], null, null, []],
    ['a text', '37.98,-0.68', '37.98', '-0.68', []],
    ['a text with spaces', ' 37.9800 , -0.6800 ', '37.9800', '-0.6800', []],
    ['a pair, one with a space before it', ['37.98', ' -0.68'], '37.98', '-0.68', []],
    ['a pair with commas', ['37,98', '-0,68'], '37.98', '-0.68', []],
    ['the equator', '0,9.5', '0', '9.5', []],
    ['half a pair', ['37.98', ''], null, null, ['COORDINATES_INVALID']],
    ['half a text', '37.98,', null, null, ['COORDINATES_INVALID']],
    ['two commas', '37,98,-0', null, null, ['COORDINATES_INVALID']],
    ['words', 'here', null, null, ['COORDINATES_INVALID']],
    ['the start of all degrees', '0,0', null, null, ['COORDINATES_INVALID']],
    ['the same with decimals', ['0.0', '0.000'], null, null, ['COORDINATES_INVALID']],
    ['Miami', '25.68654,-80.431345', null, null, ['COORDINATES_INVALID']],
    ['too far north', '90.1,0.5', null, null, ['COORDINATES_INVALID']],
    ['too far east', ['37.98', '180.5'], null, null, ['COORDINATES_INVALID']],
    ['a group', { latitude: '37.98', longitude: '-0.68' }, '37.98', '-0.68', []],
  ])('of %s', (_what, value, latitude, longitude, issues) => {
    const north = applied(coordinate, value, { options: 'latitude' });
    const east = applied(coordinate, value, { options: 'longitude' });
    expect([north.value, east.value]).toEqual([latitude, longitude]);
    expect([north.issues, east.issues]).toEqual([issues, []]);
    expect([north.kept, east.kept]).toEqual([issues.length > 0, issues.length > 0]);
  });

  test('takes one 0 for not known where the source says so', () => {
    const options = { take: 'latitude', zero: 'unknown' };
    expect(applied(coordinate, ['0', '-0.68'], { options })).toMatchObject({
      value: null,
      issues: ['COORDINATES_INVALID'],
    });
  });

  test.each([
    ['Spain', '37.98,-0.68', '37.98'],
    ['ES', '28.1,-15.4', '28.1'],
    ['Portugal', '32.65,-16.9', '32.65'],
    ['', '48.85,2.35', '48.85'],
    ['Atlantis', '48.85,2.35', '48.85'],
    ['Japan', '48.85,2.35', '48.85'],
    ['Spain', '48.85,2.35', null],
    ['ES', '37.98,-68.1', null],
  ])('in %j: %s', (country, value, latitude) => {
    const options = { take: 'latitude', country: 'country' };
    expect(applied(coordinate, value, { options, fields: { country } })).toEqual({
      value: latitude,
      issues: latitude === null ? ['COORDINATES_FAR_AWAY'] : [],
      kept: latitude === null,
    });
  });
});
