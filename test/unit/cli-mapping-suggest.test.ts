import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { MappingSuggestionDocument } from '../../src/run/contract.ts';
import { say } from '../support/command-line.ts';

const directory = mkdtempSync(join(tmpdir(), 'suggest-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const suggestion: MappingSuggestionDocument = {
  adapter: 'csv',
  file: 'clientes.csv',
  from: 'contacts',
  rows: 4,
  kind: {
    kind: 'contacts',
    confidence: 0.65,
    level: 'medium',
    reason: 'the columns are those of people',
    others: ['leads'],
  },
  columns: [
    {
      column: 'Correo',
      rows: 4,
      filled: 4,
      examples: ['ana@example.com'],
      match: {
        field: 'email',
        title: 'E-mail',
        confidence: 0.98,
        level: 'high',
        reason: 'a name of it in Spanish',
        rank: 101,
      },
      kept: null,
      alternatives: [],
    },
    {
      column: 'Color',
      rows: 4,
      filled: 2,
      examples: ['azul'],
      match: null,
      kept: 'neither its name nor what it holds says what it is',
      alternatives: [],
    },
  ],
  mapping: 'mapping: 1\n',
};
const given = { mappingSuggest: () => Promise.resolve(suggestion) };

test('a suggestion is the mapping itself where no file is named', async () => {
  const said = await say('mapping suggest clientes.csv', given);
  expect(said).toMatchObject({ exitCode: 0, stdout: 'mapping: 1\n' });
});

test('a suggestion in a file is shown column by column', async () => {
  const file = join(directory, 'contacts.yaml');
  const said = await say(`mapping suggest clientes.csv -o ${file}`, given);
  expect(said.exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('mapping: 1\n');
  expect(said.stdout).toMatch(
    /Correo +100 % +E-mail +98 % +a name of it in Spanish +ana@example\.com/,
  );
  expect(said.stdout).toMatch(/Color +50 % +kept +neither its name/);
  expect(said.stdout).toContain('2 columns: 1 sure, 0 to check, 1 kept in custom_fields');
  expect(said.stdout).toContain('say --as contacts, or --as leads');
});

test('a suggestion as JSON has each column with its confidence, reason and examples', async () => {
  const said = await say('mapping suggest clientes.csv --json', given);
  expect(JSON.parse(said.stdout)).toEqual(suggestion);
});

test('what is said about dates and numbers goes along', async () => {
  let request: unknown;
  await say('preview clientes.csv --as deals --dates mdy --decimal comma', {
    preview: (asked) => {
      request = asked;
      return Promise.reject(new Error('enough'));
    },
  });
  expect(request).toMatchObject({ as: 'deals', dates: 'mdy', decimal: 'comma' });
});
