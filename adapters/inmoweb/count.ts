import type { BaselineCounts, SourceInput } from '../../src/adapter/contract.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { createTally } from '../../src/adapter/tally.ts';
import { isList, textAt } from '../../src/adapter/value.ts';
import { scanXmlElements } from '../../src/formats/xml-count.ts';
import type { Fields, ReadRecord, Value } from '../../src/model/record.ts';
import { placeOf } from './document.ts';
import { elementField } from './shape.ts';

/** The elements by whose code, or text where they have none, the records of a section are counted. */
const dimensions: Readonly<Record<string, readonly string[]>> = {
  properties: ['operacion', 'etiqueta'],
  contactos: ['tipo_contacto'],
  demandas: ['operacion', 'estado'],
  operaciones: ['fase'],
  agenda: ['estado'],
};

/** The attributes by which they are counted, where these say something. */
const marks = ['baja', 'canal', 'tipo_persona'];

const yearOf = (date: string): string => /^\s*\d\d?\/\d\d?\/(\d{4})/.exec(date)?.[1] ?? '';

const codeAt = (fields: Fields, name: string): string =>
  textAt(fields, `${name}@id`)?.trim() || (textAt(fields, name)?.trim() ?? '');

function firstLabel({ etiquetas }: Fields): string {
  const label: Value | undefined = isList(etiquetas) ? etiquetas[0] : undefined;
  if (typeof label === 'string') return label.trim();
  return textAt(label, '@id')?.trim() || (textAt(label, 'etiqueta')?.trim() ?? '');
}

/** The values by which a record is counted, from what was read of it. */
export function splits({ entity, fields }: ReadRecord): Readonly<Record<string, string>> {
  const marked = marks.map((name) => [name, textAt(fields, name) ?? ''] as const);
  const coded = (dimensions[entity] ?? []).map(
    (name) => [name, name === 'etiqueta' ? firstLabel(fields) : codeAt(fields, name)] as const,
  );
  return {
    ...(entity === 'agenda' ? { elemento: textAt(fields, elementField) ?? '' } : {}),
    ...Object.fromEntries<string>(
      [...marked, ...coded].filter(([, value]) => value !== '' && value !== '0'),
    ),
    year: yearOf(textAt(fields, 'fecha_alta') ?? ''),
  };
}

/** Counts the records of every section by another path than `read`: a scanner of brackets. */
export async function count(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): Promise<BaselineCounts> {
  const tally = createTally();
  for (const file of input.files) {
    const found = scanXmlElements(await openXml(file, signal), {
      file: file.name,
      take: (path) => placeOf(path) !== undefined,
    });
    for await (const { path, openTag, text } of found) {
      const entity = placeOf(path)?.entity ?? '';
      const deleted = attributeOf(openTag, 'borrado').trim() === '1';
      const split = (name: string, value: string): void => {
        tally.split(entity, name, value, deleted);
      };
      tally.add(entity, deleted);
      if (entity === 'agenda') split('elemento', path.at(-1) ?? '');
      for (const name of marks) {
        const value = attributeOf(openTag, name);
        if (value !== '' && value !== '0') split(name, value);
      }
      const plain = text.replace(/<!--[^]*?-->/g, '');
      for (const name of dimensions[entity] ?? []) {
        // A list of labels may hold one label as its own text.
        const value =
          firstOf(plain, name) || (name === 'etiqueta' ? firstOf(plain, 'etiquetas') : '');
        if (value !== '') split(name, value);
      }
      split('year', yearOf(/<fecha_alta>([^<]*)/.exec(plain)?.[1] ?? ''));
    }
  }
  return tally.counts();
}

function attributeOf(tag: string, name: string): string {
  const [, text = ''] = new RegExp(`\\s${name}\\s*=\\s*("[^"]*"|'[^']*')`).exec(tag) ?? [];
  return text.slice(1, -1);
}

/** The code of the first element of a name, or its text. */
function firstOf(text: string, name: string): string {
  const [, tag = '', own = ''] = new RegExp(`<${name}\\b([^>]*?)(?:/>|>([^<]*))`).exec(text) ?? [];
  return attributeOf(tag, 'id').trim() || own.trim();
}
