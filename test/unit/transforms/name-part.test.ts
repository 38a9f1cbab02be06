import { describe, expect, it } from 'vitest';
import { namePart } from '../../../src/mapping/transforms/name-part.ts';
import { applied } from '../../support/transform.ts';

const part = (name: string, options: 'first' | 'last') => applied(namePart, name, { options });

describe('name-part', () => {
  it.each([
    ['Ana García López', 'Ana', 'García López'],
    ['García López, Ana', 'Ana', 'García López'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Dr. José Luis Ruiz', 'José Luis', 'Ruiz'],
    ['Jean Pierre Dupont', 'Jean Pierre', 'Dupont'],
    ['María del Carmen Ruiz Gil', 'María del Carmen', 'Ruiz Gil'],
    ['María de los Ángeles Gil', 'María de los Ángeles', 'Gil'],
    ['Juan de la Cruz', 'Juan', 'de la Cruz'],
    ['Maria de Armas', 'Maria', 'de Armas'],
    ['John & Mary Smith', 'John & Mary', 'Smith'],
    ['José Luis', 'José', 'Luis'],
    ['Mr Smith', null, 'Smith'],
    ['Mr John  Smith', 'John', 'Smith'],
    ['Cher', 'Cher', null],
    ['Smith,', 'Smith', null],
  ])('of %j are %j and %j', (name, first, last) => {
    expect(part(name, 'first').value).toBe(first);
    expect(part(name, 'last').value).toBe(last);
  });

  it('keeps the whole, for no rule divides every name rightly', () => {
    expect(part('Ana García', 'last')).toEqual({ value: 'García', issues: [], kept: true });
    expect(applied(namePart, ' ', { options: 'first' })).toMatchObject({
      value: null,
      kept: false,
    });
  });

  it('loses no word but a title', () => {
    const name = 'Sra. Ana María Belén Ruiz';
    expect([part(name, 'first').value, part(name, 'last').value]).toEqual([
      'Ana María',
      'Belén Ruiz',
    ]);
  });
});
