import { describe, expect, it } from 'vitest';
import { headerKey, isMisspelt, wordsOf } from '../../../src/mapping/headers/words.ts';

describe('the words of a header', () => {
  it.each([
    ['E-Mail-Adresse', ['e', 'mail', 'adresse']],
    ['Teléfono1', ['telefono', '1']],
    ['Nº habitaciones', ['n', 'habitaciones']],
    ['Straße', ['strasse']],
    ['M² construidos', ['m2', 'construidos']],
    ['E-mail 1 - Value', ['e', 'mail', '1', 'value']],
    ['Last name *', ['last', 'name']],
    ['¿?', []],
  ])('of %j are %j', (header, words) => {
    expect(wordsOf(header)).toEqual(words);
  });

  it('make one key, however they are divided', () => {
    expect(
      new Set(['First Name', 'first_name', 'FirstName', 'FIRST-NAME'].map(headerKey)).size,
    ).toBe(1);
  });
});

describe('a misspelt word', () => {
  it.each([
    ['telefno', 'telefono', true],
    ['adress', 'address', true],
    ['adresse', 'address', false],
    ['apelidos', 'apellidos', true],
    ['apellidso', 'apellidos', true],
    ['dateofbrith', 'dateofbirth', true],
    // Short words are other words.
    ['age', 'name', false],
    ['mane', 'name', false],
    ['plaat', 'plaats', false],
    ['telefono', 'telefono', false],
    ['belefono', 'telefono', false],
  ])('%j of %j: %j', (text, of, expected) => {
    expect(isMisspelt(text, of)).toBe(expected);
    expect(isMisspelt(of, text)).toBe(expected);
  });
});
