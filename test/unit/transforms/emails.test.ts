import { describe, expect, it } from 'vitest';
import { emails } from '../../../src/mapping/transforms/emails.ts';
import { applied } from '../../support/transform.ts';

describe('emails', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['Ana@Example.COM', ['ana@example.com'], []],
    ['a@b.es; c@d.es,a@b.es  e@f.es', ['a@b.es', 'c@d.es', 'e@f.es'], []],
    [['a@b.es', null, 'c@d.es'], ['a@b.es', 'c@d.es'], []],
    ['<a@b.es>', ['a@b.es'], []],
    ['mailto:a@b.es', ['a@b.es'], []],
    ['a@b', null, ['EMAIL_INVALID']],
    ['n/a', null, ['EMAIL_INVALID']],
    ['a@b.es none', ['a@b.es'], ['EMAIL_INVALID']],
    ['a@@b.es', null, ['EMAIL_INVALID']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(emails, input)).toMatchObject({ value, issues });
  });
});
