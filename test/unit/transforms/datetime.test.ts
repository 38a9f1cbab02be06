import { describe, expect, it } from 'vitest';
import { datetime } from '../../../src/mapping/transforms/datetime.ts';
import { applied } from '../../support/transform.ts';
import { DateTime } from 'luxon';
describe('datetime', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['2024-05-31 17:05:00', '2024-05-31T15:05:00Z', []],
    ['2024-01-31 17:05:00', '2024-01-31T16:05:00Z', []],
    ['2024-01-31T17:05', '2024-01-31T16:05:00Z', []],
    ['2024-01-31', '2024-01-30T23:00:00Z', []],
    ['2024-05-31T17:05:00Z', '2024-05-31T17:05:00Z', []],
    ['2024-05-31T17:05:00.1200+02:00', '2024-05-31T15:05:00.12Z', []],
    ['2024-12-31 24:00:00', '2024-12-31T23:00:00Z', []],
    ['0000-00-00 00:00:00', null, []],
    ['2024-10-27 02:30:00', '2024-10-27T00:30:00Z', ['LOCAL_TIME_DOUBLED']],
    ['2024-03-31 02:30:00', '2024-03-31T01:30:00Z', ['LOCAL_TIME_MISSING']],
    ['2024-03-31 01:59:59', '2024-03-31T00:59:59Z', []],
    ['2024-03-31 03:00:00', '2024-03-31T01:00:00Z', []],
    ['2024-10-27 03:00:00', '2024-10-27T02:00:00Z', []],
    ['2024-05-31 25:00:00', null, ['VALUE_NOT_A_DATE']],
    ['2024-05-31 17:60:00', null, ['VALUE_NOT_A_DATE']],
    ['18/09/26 10:00', null, ['VALUE_AMBIGUOUS_DATE']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(datetime, input)).toMatchObject({ value, issues });
  });

  it('reads the zone of the source before that of the account', () => {
    const timezone = 'Atlantic/Canary';
    expect(applied(datetime, '2024-05-31 17:05:00', { timezone }).value).toBe(
      '2024-05-31T16:05:00Z',
    );
  });

  it('falls back to the zone of the account where the source names none that exists', () => {
    const timezone = 'Mars/Olympus';
    expect(applied(datetime, '2024-05-31 17:05:00', { timezone }).value).toBe(
      '2024-05-31T15:05:00Z',
    );
  });

  it('reads times in the zone that the mapping names, but not the days', () => {
    const options = { zone: 'UTC' };
    const timezone = 'Atlantic/Canary';
    expect(applied(datetime, '2024-05-31 17:05:00', { options, timezone }).value).toBe(
      '2024-05-31T17:05:00Z',
    );
    expect(applied(datetime, '2024-05-31', { options }).value).toBe('2024-05-30T22:00:00Z');
    expect(datetime.options.safeParse({ zone: 'Mars/Olympus' }).success).toBe(false);
  });

  it('reads times with the day first', () => {
    const options = { format: 'dmy' };
    expect(applied(datetime, '31/05/2024 17:05', { options }).value).toBe('2024-05-31T15:05:00Z');
  });

  it('agrees with luxon at every hour of a year, on both sides of the equator', () => {
    for (const timezone of [
      'Europe/Madrid',
      'America/Santiago',
      'Africa/Casablanca',
      'Asia/Kolkata',
    ]) {
      for (let hour = 0; hour < 366 * 24; hour += 1) {
        const local = DateTime.fromObject({ year: 2024 }, { zone: 'utc' }).plus({ hours: hour });
        const text = local.toFormat('yyyy-MM-dd HH:mm:ss');
        const { value, issues } = applied(datetime, text, { timezone });
        if (issues.length > 0) continue;
        if (typeof value !== 'string') throw new Error(`${text} has no instant`);
        const there = DateTime.fromISO(value).setZone(timezone);
        expect(there.toFormat('yyyy-MM-dd HH:mm:ss')).toBe(text);
      }
    }
  });
});
