// How the elements of Inmoweb become fields, and which of them are attributes. Read and written by the same tables.

/** Elements that hold a list; the item's attributes are fields of the item, its own text is called as the item is. */
export interface ListShape {
  readonly item: string;
  /** Fields of an item that are attributes. */
  readonly attributes: readonly string[];
  /** Whether an item is a text and nothing more. */
  readonly texts?: boolean;
}

/** Elements whose children are told apart by an attribute: a group by its values, `und` where it is missing. */
export interface KeyedShape {
  readonly item: string;
  readonly key: string;
  /** Whether each has fields of its own. */
  readonly groups?: boolean;
}

/** What a child that lacks its key is called. */
export const keyless = 'und';

const reference = ['id'];
const share = ['id', 'porcentaje'];
const role = ['id', 'rol'];

/** Lists by the element that holds them, wherever in a record it stands. */
export const lists: ReadonlyMap<string, ListShape> = new Map<string, ListShape>([
  ['etiquetas', { item: 'etiqueta', attributes: [], texts: true }],
  ['zonas', { item: 'zona', attributes: [], texts: true }],
  ['videos', { item: 'video', attributes: [], texts: true }],
  ['imagenes', { item: 'imagen', attributes: ['url', 'principal'] }],
  ['documentos', { item: 'documento', attributes: reference }],
  ['telefonos', { item: 'telefono', attributes: ['tipo', 'prefijo', 'principal'] }],
  ['emails', { item: 'email', attributes: ['principal'] }],
  ['inmuebles', { item: 'inmueble', attributes: share }],
  ['familias', { item: 'familia', attributes: reference }],
  ['poblaciones', { item: 'poblacion', attributes: reference }],
  ['propietarios', { item: 'propietario', attributes: share }],
  ['compradores', { item: 'contacto', attributes: role }],
  ['vendedores', { item: 'propietario', attributes: reference }],
  ['colaboradores', { item: 'contacto', attributes: role }],
]);

/** Groups by an attribute of their children. `descripcion` holds another `descripcion`: paths decide, not names. */
export const keyed: ReadonlyMap<string, KeyedShape> = new Map<string, KeyedShape>([
  ['caracteristicas', { item: 'caracteristica', key: 'id' }],
  ['enlaces', { item: 'enlace', key: 'idioma' }],
  ['descripciones', { item: 'descripcion', key: 'idioma', groups: true }],
]);

/** A section of an export: its records, and which of their fields are attributes. */
export interface Section {
  readonly records: readonly string[];
  readonly attributes: readonly string[];
}

const common = ['id', 'baja', 'borrado'];

/** The sections of an export in their order (formats.md §3.6). A public feed is `properties` alone. */
export const sections: ReadonlyMap<string, Section> = new Map([
  ['agentes', { records: ['agente'], attributes: common }],
  [
    'propietarios',
    { records: ['propietario'], attributes: [...common, 'contacto', 'tipo_persona'] },
  ],
  ['contactos', { records: ['contacto'], attributes: [...common, 'tipo_persona'] }],
  ['demandas', { records: ['demanda'], attributes: common }],
  ['properties', { records: ['propiedad'], attributes: common }],
  ['operaciones', { records: ['operacion'], attributes: common }],
  ['agenda', { records: ['visita', 'cita', 'llamada', 'tarea'], attributes: common }],
  ['notas', { records: ['nota'], attributes: common }],
  ['comunicaciones', { records: ['comunicacion'], attributes: [...common, 'canal', 'sentido'] }],
  ['documentos', { records: ['documento'], attributes: common }],
]);

/** The attributes of the records of an entity. */
export const attributesOf = (entity: string): readonly string[] =>
  sections.get(entity)?.attributes ?? common;

/** The field with the name of a record's element, where a section has records of several. */
export const elementField = 'elemento';
