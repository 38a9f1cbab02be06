import { describe, expect, it } from 'vitest';
import { guessKind } from '../../../src/mapping/headers/kind.ts';
import { column, knowledge, readHeaderSets, readSampleTables } from '../../support/headers.ts';

const guess = (headers: readonly string[], file = 'export.csv') =>
  guessKind(
    headers.map((name) => column(name)),
    file,
    knowledge.vocabulary,
    knowledge.tables,
  );

describe('the kind of the rows of a table', () => {
  it.each([
    ['leads', ['Name', 'Email', 'Budget from', 'Budget to', 'Bedrooms']],
    ['owners', ['Propietario', 'Teléfono', 'Dirección inmueble', 'Población inmueble']],
    ['relations', ['Firma', 'PLZ', 'Ort', 'Webseite', 'USt-ID']],
    ['properties', ['Referencia', 'Tipo', 'Precio', 'Habitaciones', 'Baños']],
    ['deals', ['Deal Name', 'Stage', 'Amount', 'Closing Date']],
    ['activities', ['Subject', 'Due date', 'Done', 'Note']],
  ])('is %s for %j', (kind, headers) => {
    expect(guess(headers)).toMatchObject({ kind, level: 'high' });
  });

  it('is not sure of people of whom nothing else is known', () => {
    const found = guess(['Nombre', 'Apellidos', 'Email', 'Teléfono']);
    expect(found).toMatchObject({ kind: 'contacts', level: 'medium' });
    expect(found.others).toContain('leads');
  });

  it('takes the name of the file for a word', () => {
    const headers = ['Nombre', 'Apellidos', 'Email', 'Teléfono'];
    expect(guess(headers, 'exports/Propietarios 2024.csv')).toMatchObject({
      kind: 'owners',
      level: 'high',
    });
    expect(guess(headers, 'clientes.csv')).toMatchObject({ kind: 'contacts', level: 'high' });
    // A single name may be a company's; the file says that it is not.
    expect(guess(['Nombre', 'Email', 'Teléfono'], 'clientes.csv')).toMatchObject({
      kind: 'contacts',
      level: 'high',
    });
    expect(guess(['Nombre', 'Email', 'Teléfono'])).not.toMatchObject({ level: 'high' });
  });

  it('says why', () => {
    expect(guess(['Referencia', 'Precio', 'Baños']).reason).toBe(
      'properties have “Referencia”, “Precio”, “Baños”',
    );
  });

  it('is never wrong and sure of the known headers', () => {
    const wrong = readHeaderSets().flatMap(({ system, kind, columns }) => {
      const profiles = Object.entries(columns).map(([name, { values }]) => column(name, values));
      const found = guessKind(profiles, '', knowledge.vocabulary, knowledge.tables);
      return found.kind !== kind && found.level === 'high'
        ? [`${system} ${kind}: ${found.kind}`]
        : [];
    });
    expect(wrong).toEqual([]);
  });

  it('is never wrong and sure of the samples of other systems, with or without the name of the file', async () => {
    const wrong = (await readSampleTables()).flatMap(({ file, kind, profiles }) =>
      ['', file].flatMap((name) => {
        const found = guessKind(profiles, name, knowledge.vocabulary, knowledge.tables);
        return found.kind !== kind && found.level === 'high' ? [`${file}: ${found.kind}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });
});
