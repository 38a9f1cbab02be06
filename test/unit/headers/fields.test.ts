import { describe, expect, it } from 'vitest';
import { importFields, targetKinds } from '../../../src/mapping/headers/fields.ts';
import { knowledge, vocabularyFiles } from '../../support/headers.ts';
import { compileVocabulary } from '../../../src/mapping/headers/vocabulary.ts';

describe('the import fields', () => {
  it('have a name of their own each', () => {
    const names = importFields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('look values up in tables that there are', () => {
    const tables = importFields.flatMap(({ table }) => table ?? []);
    expect(tables.filter((name) => !knowledge.tables.has(name))).toEqual([]);
  });
});

describe('the vocabulary', () => {
  it('is in five languages', () => {
    expect(vocabularyFiles).toHaveLength(5);
  });

  it('knows every field in some language, and every kind by name', () => {
    const unknown = importFields.filter(
      ({ name }) =>
        !vocabularyFiles.some(({ text }) =>
          new RegExp(`^  ${name.replace('.', '\\.')}:`, 'm').test(text),
        ),
    );
    expect(unknown.map(({ name }) => name)).toEqual([]);
    expect(
      targetKinds.filter((kind) => !knowledge.vocabulary.kindsOf(kind).includes(kind)),
    ).toEqual([]);
  });

  it('refuses a field that there is not, with its place', () => {
    const text = 'language: it\nfields:\n  nome: Nome\n';
    expect(() => compileVocabulary([{ name: 'it.yaml', text }])).toThrow(
      'it.yaml:3 fields.nome: there is no import field "nome"',
    );
  });

  it('takes a further language as a further file', () => {
    const text = 'language: it\nfields:\n  first_name: nome, nome di battesimo\n';
    const vocabulary = compileVocabulary([...vocabularyFiles, { name: 'it.yaml', text }]);
    expect(vocabulary.sensesOf('nomedibattesimo')).toEqual([
      { field: 'first_name', languages: new Set(['it']), own: false },
    ]);
  });
});
