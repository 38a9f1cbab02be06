import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { issueCodes } from '../../src/model/issue-codes.ts';
import { issue, type IssueCode } from '../../src/model/issue.ts';
import { adviceOf, issueCodeReference, messageOf, titleOf } from '../../src/report/messages.ts';

const codes = Object.keys(issueCodes) as IssueCode[];
const reference = new URL('../../docs/issue-codes.md', import.meta.url);

describe('the wording of findings', () => {
  test.each(codes)('%s reads as sentences, with and without details', (code) => {
    const bare = messageOf(issue(code));
    const full = messageOf(
      issue(code, {
        entity: 'contacts',
        sourceId: '41',
        file: 'contacts.json',
        line: 12,
        field: 'mobile',
        value: 'call late',
      }),
    );
    expect(bare).toMatch(/^[\p{Lu}“\d].*\.$/u);
    expect(full).toMatch(/^contacts 41, mobile \(contacts\.json, line 12\): .*\.$/);
    expect(`${bare} ${full}`).not.toMatch(/undefined|null|\(\)|\.\.|  /);
  });

  test('says what, about what, and what to do', () => {
    const found = issue('VALUE_NOT_IN_TABLE', {
      entity: 'properties',
      sourceId: '10233',
      field: 'typeName',
      value: 'Casa cueva',
      args: { table: 'property-types' },
    });
    expect(messageOf(found)).toBe(
      'properties 10233, typeName: “Casa cueva” is not in the value table “property-types”. ' +
        'The original is kept with the record. Add the value to the table and import again.',
    );
  });

  test('an error says that the record is not imported, whatever its code does as a warning', () => {
    expect(adviceOf('PARENT_MISSING', 'warning')).not.toContain('not imported');
    expect(messageOf(issue('PARENT_MISSING', { severity: 'error' }))).toContain(
      'The record is not imported.',
    );
  });

  test('a value cannot take over the line it stands in', () => {
    const found = issue('EMAIL_INVALID', { value: `a\u001b[2J\nb\u202e${'x'.repeat(500)}` });
    expect(messageOf(found)).not.toMatch(/[\u001b\n\u202e]/);
    expect(messageOf(found).length).toBeLessThan(300);
  });

  test('findings about different rules have different titles', () => {
    expect(titleOf({ code: 'RULE_BROKEN', rule: 'a deal has a contact' })).toBe(
      'A rule of the source does not hold: a deal has a contact.',
    );
    expect(titleOf({ code: 'RULE_BROKEN' })).toMatch(/^The source breaks a rule/);
  });

  test('a code of another version stands for itself', () => {
    expect(titleOf({ code: 'FROM_THE_FUTURE' })).toBe('FROM_THE_FUTURE');
    expect(adviceOf('FROM_THE_FUTURE', 'error')).toBe('');
  });
});

test('docs/issue-codes.md is what the codes and their wording say', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(reference, issueCodeReference());
  expect(readFileSync(reference, 'utf8')).toBe(issueCodeReference());
});
