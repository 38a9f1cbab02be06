import { describe, expect, test } from 'vitest';
import { lookupAll } from '../../../src/mapping/transforms/lookup-all.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

const tables = { roles: { client: 'buyer', cliente: 'buyer', owner: 'seller', none: '' } };

describe('lookup-all', () => {
  test.each<[string, Value, Value]>([
    ['nothing', null, null],
    ['an empty list', [], null],
    ['blanks', ['', ' ', null], null],
    ['each once', ['client', 'owner', 'cliente'], ['buyer', 'seller']],
    ['one text as a list of one', 'owner', ['seller']],
    ['a word that says nothing', ['none', 'owner'], ['seller']],
  ])('gives %s', (_what, value, expected) => {
    expect(applied(lookupAll, value, { options: 'roles', tables })).toEqual({
      value: expected,
      issues: [],
      kept: false,
    });
  });

  test('leaves out what the table does not know, and says so', () => {
    expect(applied(lookupAll, ['owner', 'astronaut'], { options: 'roles', tables })).toMatchObject({
      value: ['seller'],
      issues: ['VALUE_NOT_IN_TABLE'],
    });
  });

  test('keeps what an open list does not know, and says so', () => {
    const options = { table: 'roles', unknown: 'keep' };
    expect(applied(lookupAll, [' Astronaut ', 'owner'], { options, tables })).toMatchObject({
      value: ['Astronaut', 'seller'],
      issues: ['VALUE_NOT_IN_TABLE'],
    });
  });

  test('reports a group among the texts', () => {
    expect(applied(lookupAll, [{ a: 'b' }, 'owner'], { options: 'roles', tables })).toMatchObject({
      value: ['seller'],
      issues: ['VALUE_NOT_EXPECTED_SHAPE'],
    });
  });
});
