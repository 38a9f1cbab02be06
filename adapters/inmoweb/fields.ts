import type { SourceEntity, SourceField } from '../../src/adapter/contract.ts';

const text: SourceField = {};
const texts: SourceField = { list: true };
const agent: SourceField = { refersTo: 'agentes' };
const owner: SourceField = { refersTo: 'propietarios' };
const contact: SourceField = { refersTo: 'contactos' };
const demand: SourceField = { refersTo: 'demandas' };
const property: SourceField = { refersTo: 'properties' };
const operation: SourceField = { refersTo: 'operaciones' };

/** What every record has; `propiedad` and `nota` have no `fecha_baja`. */
const common = {
  id: text,
  baja: { about: '1: retired' },
  borrado: { about: '1: deleted' },
  fecha_alta: { about: 'dd/mm/yyyy HH:MM, local' },
  fecha_modificacion: text,
  fecha_baja: text,
};

const about = {
  'entidad@tipo': {
    about: 'propiedad, propietario, contacto, demanda, operacion or visita',
  },
  'entidad@id': { about: 'Id of the record that entidad@tipo names' },
};

const price = (name: string) => ({ [name]: text, [`${name}@divisa`]: text });

const address: SourceField = {
  of: {
    via: text,
    numero: text,
    planta: text,
    puerta: text,
    escalera: text,
    cp: text,
    poblacion: text,
    'poblacion@id': text,
    provincia: text,
    pais: text,
  },
};

const period: SourceField = { of: { desde: text, hasta: text } };

/** The 31 keyed values of the feed in file order, then those of 2026 (formats.md §3.3). */
const traits: SourceField = {
  about: "Values by id; 1 is yes, 0 is no, '' is not stated",
  of: Object.fromEntries(
    [
      'ano_construccion',
      'amueblado',
      'terraza',
      'reformado',
      'ano_reforma',
      'orientacion',
      'vistas',
      'piscina',
      'calefaccion',
      'tipo_calefaccion',
      'combustible_agua',
      'tipo_cocina',
      'jardin',
      'garaje',
      'parking',
      'contraventanas',
      'tipo_suelo',
      'certificacion_energetica',
      'trastero',
      'puerta_blindada',
      'aa',
      'chimenea',
      'ascensor',
      'amarre',
      'num_planta',
      'de_entidad_financiera',
      'primera_linea',
      'sotano',
      'lavanderia',
      'solarium',
      'armarios_empotrados',
      'doble_acristalamiento',
      'certificacion_energetica_letra',
      'certificacion_energetica_valor',
      'certificacion_emisiones_letra',
      'certificacion_emisiones_valor',
    ].map((name) => [name, text]),
  ),
};

const share: SourceField = { list: true, of: { id: owner, porcentaje: text } };
const listed: SourceField = { list: true, of: { id: text } };

/** What the people of both sections have. */
const person = {
  tipo_persona: { about: 'fisica or juridica' },
  nombre: text,
  apellidos: text,
  empresa: text,
  documento: text,
  'documento@tipo': { about: 'DNI, NIE, CIF or PAS' },
  telefonos: {
    list: true,
    of: { telefono: text, tipo: text, prefijo: text, principal: text },
  },
  emails: { list: true, of: { email: text, principal: text } },
  direccion: address,
  idioma: text,
  nacionalidad: text,
  fecha_nacimiento: { about: 'dd/mm/yyyy' },
  estado_civil: text,
  conyuge: { of: { nombre: text, apellidos: text, documento: text, email: text, telefono: text } },
  procedencia: text,
  'procedencia@id': text,
  'agente@id': agent,
  'rgpd@aceptado': text,
  'rgpd@fecha': text,
  no_contactar: text,
  observaciones: text,
} satisfies Readonly<Record<string, SourceField>>;

/**
 * Sections of an export and their elements (formats.md §3.2 and §3.6). An attribute stands beside its element as
 * `element@attribute`, or under its own name where the element is a record or an item of a list.
 */
export const entities: Readonly<Record<string, SourceEntity>> = {
  agentes: {
    id: 'id',
    title: 'Agents',
    fields: {
      ...common,
      usuario: text,
      nombre: text,
      apellidos: text,
      email: text,
      telefono: text,
      movil: text,
      idiomas: { about: 'Codes with commas between: es,gb' },
      rol: { about: 'administrador, agente or asistente' },
      'oficina@id': text,
    },
  },
  propietarios: {
    id: 'id',
    title: 'Owners',
    fields: {
      ...common,
      contacto: { refersTo: 'contactos', about: 'The same person among the contacts' },
      ...person,
      inmuebles: { list: true, of: { id: property, porcentaje: text } },
    },
  },
  contactos: {
    id: 'id',
    title: 'Contacts and companies',
    fields: {
      ...common,
      ...person,
      tipo_contacto: text,
      'tipo_contacto@id': { about: 'CO, IN, AR, AB, NO, GE, BA, PR, CN, AG or OT' },
      'empresa_ref@id': { refersTo: 'contactos', about: 'The company of the person' },
      web: text,
      estado: text,
      'estado@id': { about: 'AC or IN' },
    },
  },
  demandas: {
    id: 'id',
    title: 'Search profiles of contacts',
    fields: {
      ...common,
      'contacto@id': contact,
      'agente@id': agent,
      operacion: text,
      'operacion@id': text,
      familias: { list: true, of: { id: text, familia: text } },
      poblaciones: { list: true, of: { id: text, poblacion: text } },
      zonas: texts,
      ...price('precio_min'),
      ...price('precio_max'),
      dormitorios_min: text,
      banos_min: text,
      superficie_min: text,
      superficie_max: text,
      parcela_min: text,
      caracteristicas: { about: traits.about ?? '' },
      estado: text,
      'estado@id': { about: 'NU, CT, CU, CV or PE' },
      temperatura: text,
      procedencia: text,
      'procedencia@id': text,
      plazo: period,
      'inmueble@id': property,
      mensaje: text,
      motivo_perdida: text,
    },
  },
  properties: {
    id: 'id',
    title: 'Properties',
    fields: {
      id: text,
      baja: common.baja,
      borrado: common.borrado,
      fecha_alta: common.fecha_alta,
      fecha_modificacion: text,
      referencia: text,
      familia: text,
      'familia@id': text,
      operacion: text,
      'operacion@id': { about: '1 Venta … 6 Alquiler vacacional' },
      'estado@id': { about: 'ON new build, SM second hand; the text is empty' },
      dormitorios: text,
      banos: text,
      aseos: text,
      localizacion: {
        of: {
          provincia: text,
          poblacion: text,
          'poblacion@id': text,
          latitud: text,
          longitud: text,
          cp: text,
          zona: text,
          pais: text,
        },
      },
      superficies: {
        of: {
          habitable: text,
          construida: text,
          parcela: text,
          cocina: text,
          salon: text,
          jardin: text,
          terraza: text,
        },
      },
      precio: { about: 'Whole number; empty or absent is on request' },
      'precio@divisa': text,
      caracteristicas: traits,
      etiquetas: { list: true, about: 'The only place for the status: Vendido, Reservado …' },
      descripciones: {
        about:
          'By language: groups of titulo and descripcion; und where the feed names no language',
      },
      imagenes: { list: true, of: { url: text, principal: text } },
      documentos: listed,
      enlaces: { about: 'Addresses by language' },
      videos: texts,
      privado: {
        of: {
          'agente@id': agent,
          propietarios: share,
          direccion: address,
          referencia_catastral: text,
          ...price('precio_propietario'),
          comision: text,
          'comision@tipo': { about: 'porcentaje or importe' },
          exclusiva: period,
          llaves: { of: { numero: text, persona: text } },
          gastos_comunidad: text,
          ibi: text,
          licencia_turistica: text,
          motivo_baja: text,
          notas: text,
        },
      },
    },
  },
  operaciones: {
    id: 'id',
    title: 'Transactions',
    fields: {
      ...common,
      tipo: text,
      'tipo@id': { about: 'The codes of operacion' },
      'inmueble@id': property,
      'demanda@id': demand,
      'agente@id': agent,
      compradores: { list: true, of: { id: contact, rol: text } },
      vendedores: { list: true, of: { id: owner } },
      colaboradores: { list: true, of: { id: contact, rol: text } },
      fase: { about: 'interesado … ganada, perdida' },
      ...price('precio'),
      ...price('precio_oferta'),
      comision: text,
      'comision@tipo': text,
      fecha_reserva: text,
      fecha_arras: text,
      fecha_escritura: text,
      fecha_cierre: text,
      motivo_perdida: text,
    },
  },
  agenda: {
    id: 'id',
    title: 'Diary: visits, meetings, calls and tasks',
    fields: {
      ...common,
      elemento: { about: 'The element of the record: visita, cita, llamada or tarea' },
      fecha_inicio: text,
      fecha_fin: text,
      asunto: text,
      descripcion: text,
      'agente@id': agent,
      'contacto@id': contact,
      'propietario@id': owner,
      'inmueble@id': property,
      'demanda@id': demand,
      'operacion@id': operation,
      estado: text,
      'estado@id': { about: 'PT, RE or CA' },
      resultado: text,
      valoracion: text,
    },
  },
  notas: {
    id: 'id',
    title: 'Notes',
    fields: {
      id: text,
      baja: common.baja,
      borrado: common.borrado,
      fecha_alta: common.fecha_alta,
      'agente@id': agent,
      ...about,
      texto: text,
      privada: text,
    },
  },
  comunicaciones: {
    id: 'id',
    title: 'Messages and calls',
    fields: {
      ...common,
      canal: { about: 'email, llamada, whatsapp or sms' },
      sentido: { about: 'entrada or salida' },
      fecha: text,
      asunto: text,
      texto: text,
      'texto@formato': text,
      de: text,
      para: text,
      'agente@id': agent,
      'contacto@id': contact,
      'propietario@id': owner,
      'inmueble@id': property,
      duracion: { about: 'Seconds' },
    },
  },
  documentos: {
    id: 'id',
    title: 'Documents',
    fields: {
      ...common,
      nombre: text,
      fichero: { about: 'Place of the file in the export' },
      mime: text,
      tamano: { about: 'Bytes' },
      url: text,
      categoria: text,
      idioma: text,
      privado: text,
      ...about,
    },
  },
};
