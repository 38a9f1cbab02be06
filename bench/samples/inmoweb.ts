import type { Item } from './agency.ts';
import { agency, generated } from './agency.ts';

/**
 * Costa Demo as Inmoweb would write it: the public feed of its listings, and the export of the whole agency. The people,
 * listings and dates are those of `agency.ts`; what Inmoweb tells apart is told apart here (owners, contacts, companies
 * among the contacts), and what it has no word for is left out.
 */

type Attributes = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const escaped = (value: unknown): string =>
  textOf(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** An element with its content as written; without any it closes itself, as Inmoweb writes it. */
function element(name: string, content = '', attributes: Attributes = {}): string {
  const own = Object.entries(attributes)
    .filter(([, value]) => textOf(value) !== '')
    .map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
    .join('');
  return content === '' ? `<${name}${own}/>` : `<${name}${own}>${content}</${name}>`;
}

const tag = (name: string, value: unknown, attributes?: Attributes): string =>
  element(name, escaped(value), attributes);

/** A reference; nothing where there is none. */
const to = (name: string, id: unknown, attributes: Attributes = {}): string =>
  textOf(id) === '' ? '' : element(name, '', { id, ...attributes });

const isItems = (value: unknown): value is readonly Item[] => Array.isArray(value);
const itemsOf = (value: unknown): readonly Item[] => (isItems(value) ? value : []);
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);
const collection = (name: string): readonly Item[] => agency[name] ?? [];

/** `2025-06-14 18:22:05` as Inmoweb writes it, without the seconds; a date without a time likewise. */
function local(value: unknown): string {
  const [, year, month, day, time = ''] = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d))?/.exec(textOf(value)) ?? [];
  return year === undefined ? '' : `${day ?? ''}/${month ?? ''}/${year} ${time}`.trim();
}

/** What every record begins with. */
function record(
  name: string,
  item: Item,
  content: readonly string[],
  { retired = false, ...attributes }: Attributes & { readonly retired?: boolean } = {},
): string {
  const dates =
    tag('fecha_alta', local(item['created'])) +
    (name === 'nota' ? '' : tag('fecha_modificacion', local(item['modified']))) +
    (name === 'propiedad' || name === 'nota' ? '' : tag('fecha_baja', local(item['deleted'])));
  const marks = { baja: retired ? 1 : 0, borrado: item['isDeleted'] };
  return `  ${element(name, dates + content.join(''), { id: item['id'], ...attributes, ...marks })}`;
}

const languages: Readonly<Record<string, string>> = { en: 'gb', ca: 'cat', sv: 'se' };
const languageOf = (code: unknown): string => languages[textOf(code)] ?? textOf(code);

const users = collection('users').map((user) =>
  record(
    'agente',
    user,
    [
      tag('usuario', user['username']),
      tag('nombre', user['firstName']),
      tag('apellidos', user['lastName']),
      tag('email', user['email']),
      tag('telefono', user['phone']),
      tag('movil', user['mobile']),
      tag('idiomas', textOf(user['languages']).split(',').map(languageOf).join(',')),
      tag('rol', { admin: 'administrador', assistant: 'asistente' }[textOf(user['roleName'])] ?? 'agente'),
      to('oficina', 1),
    ],
    { retired: user['isActive'] === 0 },
  ),
);

/** A number with its prefix beside it, as the panel keeps them apart. */
function phone(number: unknown, tipo: string, principal: boolean): string {
  const [, prefijo = '', rest = ''] = /^\+(\d+) (.*)$/.exec(textOf(number)) ?? [];
  return rest === '' ? '' : tag('telefono', rest, { tipo, prefijo, principal: principal ? 1 : 0 });
}

/** A street with its number: the last word, where it is one. */
function street(address: unknown): readonly [via: string, numero: string] {
  const [, via = '', numero = ''] = /^(.*?)(?: (\d+))?$/.exec(textOf(address)) ?? [];
  return [via, numero];
}

const towns = ['Demo del Mar', 'Puerto Muestra', 'Villa Ejemplo', 'Playa Ficticia'];
const town = (name: unknown): string =>
  tag('poblacion', name, { id: textOf(name) === '' ? '' : towns.indexOf(textOf(name)) + 1 });

function address(item: Item): string {
  const [via, numero] = street(item['address']);
  return element(
    'direccion',
    [
      tag('via', via),
      tag('numero', numero),
      tag('planta', ''),
      tag('puerta', ''),
      tag('escalera', ''),
      tag('cp', item['postalCode']),
      town(item['cityName']),
      tag('provincia', item['provinceName']),
      tag('pais', item['countryCode']),
    ].join(''),
  );
}

const sources = ['Website', 'Portals', 'Referral', 'By Person', 'Incoming Call'];
const sourceNames = ['Web', 'Portal inmobiliario', 'Recomendado', 'Visita a oficina', 'Llamada'];
function source(name: unknown): string {
  const place = sources.indexOf(textOf(name));
  return place < 0 ? '' : tag('procedencia', sourceNames[place], { id: place + 1 });
}

/** What owners and contacts have alike. */
function person(contact: Item): readonly string[] {
  const mobile = textOf(contact['mobile']);
  const phones = [phone(mobile, 'movil', true), phone(contact['phone'], 'fijo', mobile === '')].join('');
  const emails = [contact['email'], contact['email2']]
    .filter((email) => textOf(email) !== '')
    .map((email, place) => tag('email', email, { principal: place === 0 ? 1 : 0 }));
  return [
    tag('nombre', contact['firstName']),
    tag('apellidos', contact['lastName']),
    tag('empresa', ''),
    tag('documento', contact['nif'], {
      tipo: textOf(contact['nif']).startsWith('X') ? 'NIE' : textOf(contact['nif']) === '' ? '' : 'DNI',
    }),
    element('telefonos', phones),
    element('emails', emails.join('')),
    address(contact),
    tag('idioma', languageOf(contact['language'])),
    tag('nacionalidad', contact['nationality']),
    tag('fecha_nacimiento', local(contact['birthDate'])),
    tag('estado_civil', textOf(contact['partnerName']) === '' ? '' : 'casado'),
    textOf(contact['partnerName']) === '' ? '' : spouse(contact),
    source(contact['sourceName']),
    to('agente', contact['userId']),
    element('rgpd', '', { aceptado: contact['gdprAccepted'], fecha: local(contact['gdprDate']) }),
    tag('no_contactar', contact['doNotContact'] === 1 ? 1 : ''),
    tag('observaciones', contact['notes']),
  ];
}

function spouse(contact: Item): string {
  const [nombre, ...apellidos] = textOf(contact['partnerName']).split(' ');
  return element(
    'conyuge',
    [
      tag('nombre', nombre),
      tag('apellidos', apellidos.join(' ')),
      tag('documento', contact['partnerNif']),
      tag('email', contact['partnerEmail']),
      tag('telefono', contact['partnerPhone']),
    ].join(''),
  );
}

const rolesOf = (contact: Item): readonly string[] => textsOf(contact['roles']);
const isOwner = (contact: Item): boolean => rolesOf(contact).includes('owner');
/** Some owners are clients, too: they have two cards. */
const isClient = (contact: Item): boolean => rolesOf(contact).some((role) => role !== 'owner');

/** Owners have numbers of their own. */
const ownerIdOf = (contactId: unknown): number => 500 + Number(contactId);

const owners = collection('contacts')
  .filter(isOwner)
  .map((contact) => {
    const owned = collection('properties').flatMap((property) =>
      itemsOf(property['owners'])
        .filter(({ contactId }) => contactId === contact['id'])
        .map(({ percent }) => element('inmueble', '', { id: property['id'], porcentaje: percent })),
    );
    return record(
      'propietario',
      { ...contact, id: ownerIdOf(contact['id']) },
      [...person(contact), element('inmuebles', owned.join(''))],
      { contacto: isClient(contact) ? contact['id'] : '', tipo_persona: 'fisica' },
    );
  });

const kinds: Readonly<Record<string, readonly [code: string, name: string]>> = {
  client: ['CO', 'Comprador'],
  tenant: ['IN', 'Inquilino'],
  landlord: ['AR', 'Arrendador'],
  lawyer: ['AB', 'Abogado'],
  notary: ['NO', 'Notario'],
  agent: ['AG', 'Agencia'],
  bank: ['BA', 'Banco'],
  builder: ['CN', 'Constructora'],
  developer: ['PR', 'Promotora'],
  agency: ['AG', 'Agencia'],
};

function kind(role: string): string {
  const [id, name] = kinds[role] ?? ['OT', 'Otro'];
  return tag('tipo_contacto', name, { id });
}

const state = (item: Item): string => element('estado', '', { id: item['isDeleted'] === 1 ? 'IN' : 'AC' });

const clients = collection('contacts')
  .filter(isClient)
  .map((contact) => {
    const company = textOf(contact['companyId']);
    return record(
      'contacto',
      contact,
      [
        ...person(contact),
        kind(rolesOf(contact).find((role) => role !== 'owner') ?? ''),
        to('empresa_ref', company === '' ? '' : companyIdOf(company)),
        state(contact),
      ],
      { tipo_persona: 'fisica' },
    );
  });

/** Companies are contacts, too, with numbers that no person has. */
function companyIdOf(id: unknown): number {
  return 200 + Number(id);
}

const companies = collection('companies').map((company) =>
  record(
    'contacto',
    { ...company, id: companyIdOf(company['id']) },
    [
      tag('nombre', ''),
      tag('apellidos', ''),
      tag('empresa', company['name']),
      tag('documento', company['cif'], { tipo: 'CIF' }),
      element('telefonos', phone(company['phone'], 'fijo', true)),
      element('emails', tag('email', company['email'], { principal: 1 })),
      address(company),
      to('agente', company['userId']),
      tag('observaciones', company['notes']),
      kind(textOf(company['typeName'])),
      tag('web', company['website']),
      state(company),
    ],
    { tipo_persona: 'juridica' },
  ),
);

/** Somebody who asked and whom the agency did not know has a card since. */
const enquiries = collection('leads');
const strangers = enquiries
  .filter(({ contactId }) => contactId === '')
  .map((lead) =>
    record(
      'contacto',
      { ...lead, id: strangerIdOf(lead['id']) },
      [
        tag('nombre', lead['firstName']),
        tag('apellidos', lead['lastName']),
        element('telefonos', phone(lead['phone'], 'movil', true)),
        element('emails', tag('email', lead['email'], { principal: 1 })),
        tag('idioma', languageOf(lead['language'])),
        source(lead['sourceName']),
        to('agente', lead['userId']),
        kind('client'),
        state(lead),
      ],
      { tipo_persona: 'fisica' },
    ),
  );

function strangerIdOf(leadId: unknown): number {
  return 300 + Number(leadId);
}

const families: Readonly<Record<string, readonly [id: number | '', name: string]>> = {
  apartment: [1, 'Apartamento'],
  penthouse: [18, 'Ático'],
  villa: [6, 'Villa de Lujo'],
  townhouse: [21, 'Casa adosada'],
  bungalow: [2, 'Bungalow'],
  country_house: ['', 'Casa de campo'],
};

const statusCodes: Readonly<Record<string, readonly [code: string, name: string]>> = {
  new: ['NU', 'Nueva'],
  contacted: ['CT', 'Contactada'],
  qualified: ['CU', 'Cualificada'],
  converted: ['CV', 'Convertida'],
  lost: ['PE', 'Perdida'],
};

function leadStatus(status: unknown): string {
  const [id, name] = statusCodes[textOf(status)] ?? ['', ''];
  return tag('estado', name, { id });
}

const temperatures: Readonly<Record<string, string>> = {
  hot: 'caliente',
  neutral: 'templada',
  cold: 'fria',
};

const operation = (rent: boolean): string => tag('operacion', rent ? 'Alquiler' : 'Venta', { id: rent ? 2 : 1 });
const euros = (name: string, value: unknown): string => tag(name, value, { divisa: 'EUR' });

/** A contact's number; owners who look for something have a card among the contacts. */
const demands = collection('demands').map((demand) => {
  const features: unknown = JSON.parse(textOf(demand['features']));
  const wanted = Object.keys(features ?? {}).map((id) => element('caracteristica', '', { id }));
  return record('demanda', demand, [
    to('contacto', demand['contactId']),
    to('agente', demand['userId']),
    operation(demand['operation'] !== 'sales'),
    element(
      'familias',
      textsOf(demand['typeNames'])
        .map((name) => families[name] ?? ['', name])
        .map(([id, name]) => tag('familia', id === '' ? name : '', { id }))
        .join(''),
    ),
    element('poblaciones', textsOf(demand['cityNames']).map(town).join('')),
    element('zonas', textsOf(demand['areaNames']).map((area) => tag('zona', area)).join('')),
    euros('precio_min', demand['salesPriceMin']),
    euros('precio_max', demand['salesPriceMax']),
    tag('dormitorios_min', demand['bedroomsMin']),
    tag('banos_min', demand['bathroomsMin']),
    tag('superficie_min', demand['buildSizeMin']),
    tag('superficie_max', demand['buildSizeMax']),
    tag('parcela_min', demand['plotSizeMin']),
    element('caracteristicas', wanted.join('')),
    leadStatus(demand['status']),
    tag('temperatura', temperatures[textOf(demand['stage'])]),
    source(demand['sourceName']),
    element('plazo', tag('desde', local(demand['timingFrom'])) + tag('hasta', local(demand['timingTo']))),
    to('inmueble', demand['propertyId']),
    tag('mensaje', demand['message']),
    tag('motivo_perdida', demand['lostReason']),
  ]);
});

const enquiryIdOf = (leadId: unknown): number => 100 + Number(leadId);

const asked = enquiries.map((lead) =>
  record('demanda', { ...lead, id: enquiryIdOf(lead['id']) }, [
    to('contacto', lead['contactId'] === '' ? strangerIdOf(lead['id']) : lead['contactId']),
    to('agente', lead['userId']),
    leadStatus(lead['status']),
    source(lead['sourceName']),
    to('inmueble', lead['propertyId']),
    tag('mensaje', lead['message']),
  ]),
);

/** The 31 ids that every property lists, most of them empty. */
const traitIds = (
  'ano_construccion amueblado terraza reformado ano_reforma orientacion vistas piscina calefaccion tipo_calefaccion ' +
  'combustible_agua tipo_cocina jardin garaje parking contraventanas tipo_suelo certificacion_energetica trastero ' +
  'puerta_blindada aa chimenea ascensor amarre num_planta de_entidad_financiera primera_linea sotano lavanderia ' +
  'solarium armarios_empotrados doble_acristalamiento'
).split(' ');

const flags = ['trastero', 'puerta_blindada', 'aa', 'chimenea', 'ascensor', 'amarre', 'de_entidad_financiera'];

function traits(property: Item): string {
  const features: unknown = JSON.parse(textOf(property['features']));
  const has = (name: string): boolean => Object.entries(features ?? {}).some(([key, value]) => key === name && value === 1);
  const views = Array.isArray(property['viewIds']) ? property['viewIds'] : [];
  const isPlot = property['typeName'] === 'Parcela';
  const said: Readonly<Record<string, unknown>> = {
    ano_construccion: property['buildYear'],
    amueblado: Number(property['id']) % 3 === 0 ? 'semi amueblado' : '',
    terraza: has('terraza') ? 'no acristalada' : '',
    ano_reforma: property['renovationYear'],
    reformado: property['renovationYear'] === '' ? '' : 'si',
    orientacion: 'Sur',
    vistas: views.includes(2) ? 'mar' : '',
    piscina: has('piscina') ? 'Privada' : has('piscina comunitaria') ? 'Comunitaria' : '',
    garaje: has('garaje') ? 'si' : '',
    certificacion_energetica: property['energyCertificate'],
    num_planta: property['floorNumber'],
    solarium: property['typeName'] === 'Ático' ? 1 : '',
    aa: has('aire acondicionado') ? 1 : 0,
  };
  // Half of all properties do not say where they look to.
  const listed = traitIds.filter((id) => id !== 'orientacion' || Number(property['id']) % 2 === 0);
  return listed
    .map((id) => tag('caracteristica', said[id] ?? (flags.includes(id) && !isPlot ? 0 : ''), { id }))
    .join('');
}

const labels: Readonly<Record<string, string>> = {
  sold: 'Vendido',
  rentend: 'Alquilado',
  reserved: 'Reservado',
};

/** Wrapped as Inmoweb wraps its texts: a reference for each line end, indentation, and its mark at the end. */
const wrapped = (text: unknown): string =>
  `${escaped(text).replaceAll('\n', '&#13;\n        ')}[IW]`;

function descriptions(property: Item): string {
  return [
    ['gb', 'En'],
    ['es', 'Es'],
    ['de', 'De'],
    ['nl', 'Nl'],
  ]
    .filter(([, code]) => textOf(property[`salesContent${code ?? ''}`]) !== '')
    .map(([idioma, code]) =>
      element(
        'descripcion',
        tag('titulo', property[`salesTitle${code ?? ''}`]) +
          element('descripcion', wrapped(property[`salesContent${code ?? ''}`])),
        { idioma },
      ),
    )
    .join('');
}

const linkLanguages = 'cat da de gb es fi fr it nl no ru se'.split(' ');

const rents = (property: Item): boolean => property['rentalsPrice'] !== '';
const urlOf = (image: Item): string => {
  const { source: found } = image;
  return typeof found === 'object' && found !== null && 'url' in found ? textOf(found.url) : '';
};

/** The elements of the public feed, in the order of the feed. */
function listing(property: Item): readonly string[] {
  const id = textOf(property['id']);
  const [latitude, longitude] = textOf(property['latlng']).split(',');
  // Inmoweb shows the place of every second property.
  const place = Number(id) % 2 === 0 ? tag('latitud', latitude) + tag('longitud', longitude) : '';
  const family = { Villa: 'Villa de Lujo', Finca: 'Finca rústica' }[textOf(property['typeName'])];
  const name = family ?? textOf(property['typeName']);
  const familyId = Object.values(families).find(([, known]) => known === name)?.[0] ?? (name === 'Parcela' ? 5 : '');
  const status = textOf(property['raw_status']);
  const ownLabels = [labels[status], textsOf(property['labelIds']).includes('12') ? 'Exclusiva' : undefined];
  return [
    tag('referencia', textOf(property['salesReference']).replace('-', '')),
    tag('familia', name, { id: familyId }),
    operation(rents(property)),
    element('estado', '', { id: id === '900003' ? 'ON' : 'SM' }),
    tag('dormitorios', property['bedrooms']),
    tag('banos', property['bathrooms']),
    tag('aseos', property['toilets']),
    element(
      'localizacion',
      tag('provincia', property['provinceName']) +
        town(property['cityName']) +
        place +
        tag('cp', property['postalCode']) +
        tag('zona', property['areaName']) +
        tag('pais', property['countryCode']),
    ),
    element(
      'superficies',
      tag('habitable', property['usefulSize']) +
        tag('construida', property['buildSize']) +
        tag('parcela', property['plotSize']) +
        tag('cocina', '') +
        tag('salon', property['buildSize'] === '' ? '' : Math.round(Number(property['buildSize']) / 4)) +
        tag('jardin', property['gardenSize']) +
        tag('terraza', property['terraceSize']),
    ),
    euros('precio', rents(property) ? property['rentalsPrice'] : property['salesPrice']),
    `\n    ${element('caracteristicas', traits(property))}\n    `,
    element('etiquetas', ownLabels.flatMap((label) => (label === undefined ? [] : [tag('etiqueta', label)])).join('')),
    `\n    ${element('descripciones', descriptions(property))}\n    `,
    element(
      'imagenes',
      itemsOf(property['images'])
        .map((image) => element('imagen', '', { url: urlOf(image), principal: image['isMain'] }))
        .join(''),
    ),
    '<documentos/>',
    element(
      'enlaces',
      linkLanguages
        .map((idioma) => tag('enlace', `https://costa-demo.example.com/details-${id}.html`, { idioma }))
        .join(''),
    ),
  ];
}

/** What only the export has of a property. */
function privatePart(property: Item): string {
  const owned = itemsOf(property['owners']).map(({ contactId, percent }) =>
    to('propietario', ownerIdOf(contactId), { porcentaje: percent }),
  );
  const documents = textOf(property['keyHolder']);
  return element(
    'privado',
    [
      to('agente', property['userId']),
      element('propietarios', owned.join('')),
      element(
        'direccion',
        [
          tag('via', property['street']),
          tag('numero', property['streetNumber']),
          tag('planta', property['floor']),
          tag('puerta', property['door']),
          tag('cp', property['postalCode']),
          town(property['cityName']),
          tag('provincia', property['provinceName']),
          tag('pais', property['countryCode']),
        ].join(''),
      ),
      tag('referencia_catastral', property['cadastralReference']),
      euros('precio_propietario', property['netPrice']),
      tag('comision', property['commissionPercent'], {
        tipo: textOf(property['commissionPercent']) === '' ? '' : 'porcentaje',
      }),
      element('exclusiva', tag('desde', local(property['exclusiveFrom'])) + tag('hasta', local(property['exclusiveTo']))),
      element('llaves', tag('numero', property['keyNumber']) + tag('persona', documents)),
      tag('gastos_comunidad', property['communityFees']),
      tag('ibi', property['ibi']),
      tag('licencia_turistica', property['touristLicence']),
      tag('motivo_baja', isRetired(property) ? 'El propietario no vende' : ''),
      tag('notas', property['officeDescription']),
    ].join(''),
  );
}

const isRetired = (property: Item): boolean => ['prospect', 'inactive'].includes(textOf(property['raw_status']));

const properties = collection('properties').map((property) =>
  record('propiedad', property, [...listing(property), `\n    ${privatePart(property)}`], {
    retired: isRetired(property),
  }),
);

const phases: Readonly<Record<string, string>> = {
  interested: 'interesado',
  firstVisit: 'primera_visita',
  multipleVisits: 'varias_visitas',
  offer: 'oferta',
  reservation: 'reserva',
  depositContract: 'arras',
  deed: 'escritura',
  won: 'ganada',
  lost: 'perdida',
};

const collaboratorRoles: Readonly<Record<string, string>> = { lawyer: 'abogado', notary: 'notario' };

const deals = collection('deals').map((deal) => {
  const rent = deal['side'] === 'rent' || deal['side'] === 'rentOut';
  const people = itemsOf(deal['contacts']);
  const inRole = (name: string, roles: readonly string[], make: (one: Item) => string): string =>
    element(name, people.filter(({ role }) => roles.includes(textOf(role))).map(make).join(''));
  const percent = textOf(deal['commissionPercent']);
  return record('operacion', deal, [
    tag('tipo', rent ? 'Alquiler' : 'Venta', { id: rent ? 2 : 1 }),
    to('inmueble', deal['propertyId']),
    to('demanda', deal['demandId']),
    to('agente', deal['userId']),
    inRole('compradores', ['main', 'co'], ({ contactId, role }) =>
      to('contacto', contactId, { rol: role === 'main' ? 'principal' : 'secundario' }),
    ),
    inRole('vendedores', ['owner'], ({ contactId }) => to('propietario', ownerIdOf(contactId))),
    inRole('colaboradores', ['lawyer', 'notary'], ({ contactId, role }) =>
      to('contacto', contactId, { rol: collaboratorRoles[textOf(role)] }),
    ),
    tag('fase', phases[textOf(deal['stage'])]),
    euros('precio', deal['price']),
    euros('precio_oferta', deal['offerPrice']),
    percent === ''
      ? tag('comision', deal['commission'], { tipo: 'importe' })
      : tag('comision', percent, { tipo: 'porcentaje' }),
    tag('fecha_reserva', local(deal['reservationDate'])),
    tag('fecha_arras', local(deal['contractDate'])),
    tag('fecha_escritura', local(deal['deedDate'])),
    tag('fecha_cierre', local(deal['closingDate'])),
    tag('motivo_perdida', deal['lostReason']),
  ]);
});

/** The card of a person of the export by the contact's number: of an owner, or of a contact. */
function personRef(contactId: unknown): string {
  const contact = collection('contacts').find(({ id }) => id === contactId);
  if (contact === undefined) return '';
  return isClient(contact) ? to('contacto', contactId) : to('propietario', ownerIdOf(contactId));
}

const entryNames: Readonly<Record<string, string>> = { visit: 'visita', meeting: 'cita', call: 'llamada' };
const entryStates: Readonly<Record<string, string>> = { planned: 'PT', done: 'RE', cancelled: 'CA' };

const appointments = collection('appointments').map((entry) =>
  record(entryNames[textOf(entry['kind'])] ?? 'cita', entry, [
    tag('fecha_inicio', local(entry['start'])),
    tag('fecha_fin', local(entry['end'])),
    tag('asunto', entry['title']),
    tag('descripcion', entry['description']),
    to('agente', entry['userId']),
    personRef(Array.isArray(entry['contactIds']) ? entry['contactIds'][0] : undefined),
    to('inmueble', entry['propertyId']),
    to('demanda', entry['demandId']),
    to('operacion', entry['dealId']),
    element('estado', '', { id: entryStates[textOf(entry['status'])] }),
    tag('resultado', entry['feedback']),
    tag('valoracion', entry['rating']),
  ]),
);

/** Numbers are unique within the section, and the tasks come after the appointments. */
const taskIdOf = (id: unknown): number => 100 + Number(id);

const tasks = collection('tasks').map((task) =>
  record('tarea', { ...task, id: taskIdOf(task['id']) }, [
    tag('fecha_inicio', ''),
    tag('fecha_fin', local(task['due'])),
    tag('asunto', task['title']),
    tag('descripcion', task['description']),
    to('agente', task['userId']),
    personRef(task['contactId']),
    to('inmueble', task['propertyId']),
    to('operacion', task['dealId']),
    element('estado', '', { id: task['isDone'] === 1 ? 'RE' : 'PT' }),
  ]),
);

/** What a note or a document is about, in Inmoweb's words. */
function subject({ entityType, entityId }: Item): string {
  const about = (tipo: string, id: unknown): string => element('entidad', '', { tipo, id });
  switch (entityType) {
    case 'property':
      return about('propiedad', entityId);
    case 'company':
      return about('contacto', companyIdOf(entityId));
    case 'lead':
      return about('demanda', enquiryIdOf(entityId));
    case 'demand':
      return about('demanda', entityId);
    case 'deal':
      return about('operacion', entityId);
    case 'appointment':
      return about('visita', entityId);
    default: {
      const contact = collection('contacts').find(({ id }) => id === entityId);
      return contact !== undefined && isClient(contact)
        ? about('contacto', entityId)
        : about('propietario', ownerIdOf(entityId));
    }
  }
}

const notes = collection('notes').map((note) =>
  record('nota', note, [
    to('agente', note['userId']),
    subject(note),
    tag('texto', note['text']),
    tag('privada', note['isPrivate'] === 1 ? 1 : ''),
  ]),
);

const messages = collection('communications').map((message) =>
  record(
    'comunicacion',
    message,
    [
      tag('fecha', local(message['sent'])),
      tag('asunto', message['subject']),
      tag('texto', message['body'], {
        formato: textOf(message['body']) === '' ? '' : message['bodyFormat'] === 'html' ? 'html' : 'texto',
      }),
      tag('de', message['from']),
      tag('para', textsOf(message['to'])[0]),
      to('agente', message['userId']),
      personRef(message['contactId']),
      to('inmueble', message['propertyId']),
      tag('duracion', message['durationSeconds']),
    ],
    {
      canal: message['channel'] === 'call' ? 'llamada' : message['channel'],
      sentido: message['direction'] === 'in' ? 'entrada' : 'salida',
    },
  ),
);

const categories: Readonly<Record<string, string>> = {
  contract: 'contrato',
  landRegistry: 'nota_simple',
  identity: 'dni',
  certificate: 'certificado',
  plan: 'plano',
};

const documents = collection('documents').map((document) =>
  record('documento', document, [
    tag('nombre', document['name']),
    tag('fichero', document['filename']),
    tag('mime', document['mimeType']),
    tag('tamano', document['size']),
    tag('url', document['url']),
    tag('categoria', categories[textOf(document['category'])] ?? 'otro'),
    tag('idioma', languageOf(document['language'])),
    tag('privado', document['isPrivate'] === 1 ? 1 : ''),
    subject(document),
  ]),
);

const sections: Readonly<Record<string, readonly string[]>> = {
  agentes: users,
  propietarios: owners,
  contactos: [...clients, ...companies, ...strangers],
  demandas: [...demands, ...asked],
  properties,
  operaciones: deals,
  agenda: [...appointments, ...tasks],
  notas: notes,
  comunicaciones: messages,
  documentos: documents,
};

const prolog = '<?xml version="1.0" encoding="utf-8"?>\n';

const sectionText = (name: string): string =>
  `<${name} total="${String(sections[name]?.length ?? 0)}">\n${(sections[name] ?? []).join('\n')}\n</${name}>`;

/** What the agency shows on its site: on offer or just gone, neither retired nor deleted. */
const shown = collection('properties').filter(
  (property) => property['isDeleted'] === 0 && !isRetired(property),
);

const feedText = (): string =>
  `${prolog}<properties>\n${shown
    .map((property) => {
      const dates =
        tag('fecha_alta', local(property['created'])) +
        tag('fecha_modificacion', local(property['modified']));
      return `  ${element('propiedad', dates + listing(property).join(''), { id: property['id'] })}`;
    })
    .join('\n')}\n</properties>\n`;

/** The texts of the generated Inmoweb samples, by file name: the same agency once more. */
export function inmowebSamples(): Readonly<Record<string, string>> {
  const alone = ['agentes', 'propietarios', 'contactos'];
  return {
    'inmoweb/agency.xml': `${prolog}<inmoweb version="1.0" generado="${local(generated)}" agencia="costa-demo">\n${Object.keys(sections).map(sectionText).join('\n')}\n</inmoweb>\n`,
    'inmoweb/feed.xml': feedText(),
    ...Object.fromEntries(
      alone.map((name) => [`inmoweb/sections/${name}.xml`, `${prolog}${sectionText(name)}\n`]),
    ),
  };
}
