import { describe, expect, it } from 'vitest';
import { inmoweb } from '../../adapters/inmoweb/index.ts';
import { SourceError } from '../../src/model/errors.ts';
import { countTexts, readTexts } from '../support/read-text.ts';

const read = (...texts: string[]) => readTexts(inmoweb, ...texts);

const feed = (inside: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><properties>${inside}</properties>`;
const whole = (inside: string): string => `<inmoweb version="1.0">${inside}</inmoweb>`;
const one = '<propiedad id="1"/>';

/** The fields of a property that holds just this. */
const property = async (inside: string) =>
  (await read(feed(`<propiedad id="1">${inside}</propiedad>`))).records[0]?.fields;

const codes = async (...texts: string[]): Promise<readonly string[]> =>
  (await read(...texts)).issues.map(({ code }) => code);

describe('the document', () => {
  it('is a feed, an export, or one section', async () => {
    const entities = async (text: string) =>
      (await read(text)).records.map(({ entity, sourceId }) => `${entity} ${sourceId}`);
    expect(await entities(feed(one))).toEqual(['properties 1']);
    expect(
      await entities(
        whole('<agentes><agente id="1"/></agentes><properties><propiedad id="1"/></properties>'),
      ),
    ).toEqual(['agentes 1', 'properties 1']);
    expect(await entities('<notas><nota id="1"/></notas>')).toEqual(['notas 1']);
  });

  it('says its version where it is an export', async () => {
    expect(await codes(whole('<notas><nota id="1"/></notas>'))).toEqual([]);
    expect(await codes('<inmoweb><notas><nota id="1"/></notas></inmoweb>')).toEqual([
      'DOCUMENT_VERSION_MISSING',
    ]);
    expect(await codes('<inmoweb version="2"><notas><nota id="1"/></notas></inmoweb>')).toEqual([
      'DOCUMENT_VERSION_UNKNOWN',
    ]);
    expect(await codes(feed(one))).toEqual([]);
  });

  it('must hold something, but for a section that says that it is empty', async () => {
    await expect(read(feed(''))).rejects.toThrow('the feed holds no property');
    await expect(read(whole('<agentes total="0"/>'))).rejects.toThrow('the export holds no record');
    await expect(read('<otros/>')).rejects.toThrow(/line 1: not of Inmoweb/);
    await expect(read('<properties>')).rejects.toThrow(SourceError);
    expect((await read('<properties total="0"/>')).records).toEqual([]);
  });

  it('has as many records in a section as it declares', async () => {
    const agents = (total: string, count: number) =>
      whole(`<agentes total="${total}">${'<agente id="1"/>'.repeat(count)}</agentes>`);
    expect(await codes(agents('2', 2))).toEqual([]);
    expect(await codes(agents('', 2), agents('many', 1))).toEqual([]);
    const { issues } = await read(agents('3', 2), '<notas total="0"><nota id="1"/></notas>');
    expect(issues).toMatchObject([
      { code: 'DECLARED_COUNT_DIFFERS', entity: 'agentes', args: { declared: '3', found: '2' } },
      { code: 'DECLARED_COUNT_DIFFERS', entity: 'notas', args: { declared: '0', found: '1' } },
    ]);
    const twice = '<notas total="1"><nota id="1"/></notas><notas total="1"><nota id="2"/></notas>';
    expect(await codes(whole(twice))).toEqual([]);
  });

  it('may hold sections and elements that nobody knows: they are kept and told once', async () => {
    const { records, issues } = await read(
      whole(
        '<agentes><agente id="1"/><otro id="2"/><otro id="3"/></agentes>' +
          '<visados total="2"><visado id="4" borrado="1"><a>1</a></visado></visados>',
      ),
    );
    expect(records).toMatchObject([
      { entity: 'agentes', sourceId: '1' },
      { entity: 'agentes/otro', sourceId: '2' },
      { entity: 'agentes/otro', sourceId: '3' },
      { entity: 'visados', sourceId: '4', deleted: true, fields: { elemento: 'visado', a: '1' } },
    ]);
    expect(issues).toMatchObject([
      { code: 'UNKNOWN_COLLECTION', entity: 'agentes/otro' },
      { code: 'UNKNOWN_COLLECTION', entity: 'visados' },
      { code: 'DECLARED_COUNT_DIFFERS', entity: 'visados' },
    ]);
  });
});

describe('a record', () => {
  it('is known by its id, a property else by its reference, else by its content with an error', async () => {
    const { records, issues } = await read(
      feed(
        '<propiedad id=" 007 "><referencia>R1</referencia></propiedad>' +
          '<propiedad id=""><referencia> R2 </referencia></propiedad>' +
          '<propiedad><precio>1</precio></propiedad>',
      ),
    );
    expect(records.map(({ sourceId }) => sourceId)).toEqual([
      '007',
      'R2',
      expect.stringMatching(/^sha256:/),
    ]);
    expect(issues).toMatchObject([{ code: 'RECORD_WITHOUT_ID', line: 1 }]);
    expect(await codes('<notas><nota><referencia>R</referencia></nota></notas>')).toEqual([
      'RECORD_WITHOUT_ID',
    ]);
  });

  it.each([
    ['baja="0" borrado="0"', false, {}],
    ['baja="1"', false, { baja: '1' }],
    ["borrado='1'", true, { borrado: '1' }],
    ['borrado="2"', false, { borrado: '2' }],
  ])('with %s is deleted: %s', async (marks, deleted, fields) => {
    const { records } = await read(`<notas><nota id="1" ${marks}/></notas>`);
    expect(records).toEqual([
      { entity: 'notas', sourceId: '1', deleted, line: 1, fields: { id: '1', ...fields } },
    ]);
  });

  it('of the diary is called after its element', async () => {
    const { records } = await read(
      '<agenda><visita id="1"/><tarea id="2"/><curso id="3"/></agenda>',
    );
    expect(records.map(({ entity, fields }) => [entity, fields['elemento']])).toEqual([
      ['agenda', 'visita'],
      ['agenda', 'tarea'],
      ['agenda', 'curso'],
    ]);
  });
});

describe('the elements', () => {
  it.each([
    ['<precio divisa="EUR">249500</precio>', { precio: '249500', 'precio@divisa': 'EUR' }],
    ['<precio divisa="EUR"/>', { 'precio@divisa': 'EUR' }],
    ['<precio/>', { precio: '' }],
    ['<estado id="SM"/>', { 'estado@id': 'SM' }],
    ['<aseos>0</aseos>', { aseos: '0' }],
    [
      '<localizacion><poblacion id="1">Demo</poblacion><cp>03000</cp><zona></zona></localizacion>',
      { localizacion: { poblacion: 'Demo', 'poblacion@id': '1', cp: '03000', zona: '' } },
    ],
    [
      '<caracteristicas><caracteristica id="aa">0</caracteristica><caracteristica id="sotano"/></caracteristicas>',
      { caracteristicas: { aa: '0', sotano: '' } },
    ],
    [
      '<caracteristicas><caracteristica id="a">1</caracteristica><caracteristica id="a">2</caracteristica><caracteristica>3</caracteristica></caracteristicas>',
      { caracteristicas: { a: ['1', '2'], und: '3' } },
    ],
    ['<etiquetas/>', { etiquetas: [] }],
    ['<etiquetas><etiqueta>Vendido</etiqueta></etiquetas>', { etiquetas: ['Vendido'] }],
    [
      '<etiquetas><etiqueta>Vendido</etiqueta><etiqueta>Exclusiva</etiqueta></etiquetas>',
      { etiquetas: ['Vendido', 'Exclusiva'] },
    ],
    ['<etiquetas>Vendido</etiquetas>', { etiquetas: ['Vendido'] }],
    [
      '<descripciones><descripcion idioma="gb"><titulo>T</titulo><descripcion>D</descripcion></descripcion></descripciones>',
      { descripciones: { gb: { titulo: 'T', descripcion: 'D' } } },
    ],
    [
      '<descripciones><descripcion idioma="es">D</descripcion><descripcion><titulo>T</titulo></descripcion></descripciones>',
      { descripciones: { es: { descripcion: 'D' }, und: { titulo: 'T' } } },
    ],
    [
      '<imagenes><imagen url="a" principal="1"/><imagen url="b"/></imagenes>',
      { imagenes: [{ url: 'a', principal: '1' }, { url: 'b' }] },
    ],
    [
      '<imagenes><imagen url="a"/></imagenes><imagenes><imagen url="b" alt="x"/></imagenes>',
      { imagenes: [{ url: 'a' }, { url: 'b', '@alt': 'x' }] },
    ],
    [
      '<enlaces><enlace idioma="cat">u</enlace><enlace idioma="se">u</enlace></enlaces>',
      { enlaces: { cat: 'u', se: 'u' } },
    ],
    [
      '<privado><propietarios><propietario id="12" porcentaje="100"/></propietarios><agente id="7"/></privado>',
      { privado: { propietarios: [{ id: '12', porcentaje: '100' }], 'agente@id': '7' } },
    ],
    ['<nuevo a="1"><b>2</b>t</nuevo>', { nuevo: { '@a': '1', b: '2', '#text': 't' } }],
    ['<x>1</x><x y="2">3</x>', { x: ['1', '3'], 'x@y': '2' }],
    ['<titulo><![CDATA[a < b]]>&amp;&#233;</titulo>', { titulo: 'a < b&é' }],
  ])('%s', async (inside, expected) => {
    expect(await property(inside)).toEqual({ id: '1', ...expected });
  });

  it('keep the line ends that they name, and their blanks', async () => {
    const text =
      '<descripciones><descripcion idioma="es"><descripcion> a&#13;\n  b &amp;#13; [IW]</descripcion></descripcion></descripciones>';
    expect(await property(text)).toEqual({
      id: '1',
      descripciones: { es: { descripcion: ' a\r\n  b &#13; [IW]' } },
    });
  });

  it('of people are lists even where there is one', async () => {
    const { records } = await read(
      '<propietarios><propietario id="1" contacto="2"><telefonos><telefono tipo="movil" prefijo="34" principal="1">600</telefono></telefonos><emails><email>a@example.com</email></emails></propietario></propietarios>',
    );
    expect(records[0]?.fields).toEqual({
      id: '1',
      contacto: '2',
      telefonos: [{ tipo: 'movil', prefijo: '34', principal: '1', telefono: '600' }],
      emails: [{ email: 'a@example.com' }],
    });
  });

  it('cannot be named so as to touch what objects have by themselves', async () => {
    const fields = await property('<__proto__>1</__proto__><constructor>2</constructor>');
    expect(Object.entries(fields ?? {})).toEqual([
      ['id', '1'],
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

describe('the baseline', () => {
  it('counts by marks, codes, labels, elements and years', async () => {
    const active = { active: 1, deleted: 0 };
    const deleted = { active: 0, deleted: 1 };
    const text = whole(
      '<properties><propiedad id="1" baja="1"><fecha_alta>03/02/2024 11:30</fecha_alta><operacion id="1">Venta</operacion><etiquetas><etiqueta>Vendido</etiqueta></etiquetas></propiedad>' +
        "<propiedad id='2' borrado='1'><!-- <operacion id=\"9\"/> --><operacion>Alquiler</operacion></propiedad></properties>" +
        '<agenda><visita id="1"><estado id="RE"/></visita><tarea id="2"/></agenda>',
    );
    expect(await countTexts(inmoweb, text)).toEqual({
      properties: {
        active: 1,
        deleted: 1,
        by: {
          baja: { '1': active },
          operacion: { '1': active, Alquiler: deleted },
          etiqueta: { Vendido: active },
          year: { '2024': active, '': deleted },
        },
      },
      agenda: {
        active: 2,
        deleted: 0,
        by: {
          elemento: { visita: active, tarea: active },
          estado: { RE: active },
          year: { '': { active: 2, deleted: 0 } },
        },
      },
    });
  });
});

describe('recognising', () => {
  const detect = (text: string) => inmoweb.detect(new TextEncoder().encode(text), 'x.xml');
  it.each([
    '<root><kyero/></root>',
    '<propiedades><propiedad><ref>1</ref></propiedad></propiedades>',
    '<a><inmoweb/></a>',
    '{"properties":[]}',
    '',
  ])('leaves %s to others', (text) => {
    expect(detect(text)).toBeUndefined();
  });

  it.each([
    [
      '\ufeff<?xml version="1.0"?>\n<!-- <x> --> <properties>\n<propiedad id="1"/></properties>',
      0.9,
    ],
    ['<inmoweb version="1.0"/>', 0.95],
    ['<agenda total="1"><tarea id="1"/></agenda>', 0.9],
    ['<properties/>', 0.3],
  ])('knows %s', (text, confidence) => {
    expect(detect(text)?.confidence).toBe(confidence);
  });
});
