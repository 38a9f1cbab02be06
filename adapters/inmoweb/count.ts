import type { BaselineCounts, SourceInput } from '../../src/adapter/contract.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { createTally } from '../../src/adapter/tally.ts';
import { scanXmlElements } from '../../src/formats/xml-count.ts';
import { placeOf } from './document.ts';

/** The elements by whose code, or text where they have none, the records of a section are counted. */
const dimensions: Readonly<Record<string, readonly string[]>> = {
  properties: ['operacion', 'etiqueta'],
  contactos: ['tipo_contacto'],
  demandas: ['operacion', 'estado'],
  operaciones: ['fase'],
  agenda: ['estado'],
};

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
      tally.add(entity, attributeOf(openTag, 'borrado').trim() === '1');
      if (entity === 'agenda') tally.split(entity, 'elemento', path.at(-1) ?? '');
      for (const name of ['baja', 'canal', 'tipo_persona']) {
        const value = attributeOf(openTag, name);
        if (value !== '') tally.split(entity, name, value);
      }
      const plain = text.replace(/<!--[^]*?-->/g, '');
      for (const name of dimensions[entity] ?? []) {
        const value = firstOf(plain, name);
        if (value !== '') tally.split(entity, name, value);
      }
      tally.split(entity, 'year', /<fecha_alta>\s*\d\d?\/\d\d?\/(\d{4})/.exec(plain)?.[1] ?? '');
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
