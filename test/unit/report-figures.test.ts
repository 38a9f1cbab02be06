import { expect, test } from 'vitest';
import {
  count,
  duration,
  excerpt,
  moment,
  number,
  percent,
  quoted,
  size,
} from '../../src/report/figures.ts';

test('numbers have separators, and a unit agrees with its number', () => {
  expect(number(1_234_567)).toBe('1,234,567');
  expect(count(1, 'record')).toBe('1 record');
  expect(count(0, 'record')).toBe('0 records');
  expect(count(2, 'entry', 'entries')).toBe('2 entries');
});

test.each([
  [0, 0, '–'],
  [0, 5, '0 %'],
  [5, 5, '100 %'],
  [1, 100_000, '< 0.1 %'],
  [99_999, 100_000, '> 99.9 %'],
  [1, 3, '33.3 %'],
])('%i of %i is %s', (part, whole, text) => {
  expect(percent(part, whole)).toBe(text);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 KB'],
  [397_568, '397.6 KB'],
  [18_349_201, '18.3 MB'],
  [5e15, '5,000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test.each([
  [0.04, '0 s'],
  [1.94, '1.9 s'],
  [59.96, '1 min 0 s'],
  [95.6, '1 min 36 s'],
  [3600, '1 h 0 min'],
  [7325, '2 h 2 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('a time is a date that a person reads, and what is no time stays as it is', () => {
  expect(moment('2026-07-29T14:03:10.000Z')).toBe('29 July 2026 at 14:03 UTC');
  expect(moment('yesterday')).toBe('yesterday');
});

test('an excerpt is one line, cut between characters', () => {
  expect(excerpt('a\r\nb\tc')).toBe('a b c');
  expect(excerpt('🏠🏠🏠🏠', 3)).toBe('🏠🏠…');
  expect(quoted('   ')).toBe('“ ”');
});
