/**
 * Costa Demo, an agency that does not exist: its whole export as Sooprema would write it.
 * Seeded, so that every run gives the same agency. All people, places and numbers are invented.
 */

import { seeded } from '../seeded.ts';

/** One item of a collection. */
export type Item = Readonly<Record<string, unknown>>;

/** The collections of an export, by name, in the order of the file. */
export type Agency = Readonly<Record<string, readonly Item[]>>;

/** When the export was made; every date of the agency lies before it. */
export const generated = '2025-06-15 09:30:00';

const random = seeded(20_250_615);
const below = (limit: number): number => Math.floor(random() * limit);
const between = (least: number, most: number): number => least + below(most - least + 1);
const chance = (share: number): boolean => random() < share;

function pick<T>(list: readonly T[]): T {
  return at(list, below(list.length));
}

/** The item at a place, beginning again at the end of the list. */
function at<T>(list: readonly T[], place: number): T {
  const item = list[place % list.length];
  if (item === undefined) throw new RangeError('An empty list has no items.');
  return item;
}

const two = (number: number): string => String(number).padStart(2, '0');
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** A working hour so many days before the export. */
function time(daysBefore: number, hour = between(9, 19), minute = 5 * below(12)): string {
  const day = new Date(Date.UTC(2025, 5, 15) - daysBefore * 86_400_000).toISOString().slice(0, 10);
  return `${day} ${two(hour)}:${two(minute)}:00`;
}

const day = (daysBefore: number): string => time(daysBefore, 0, 0).slice(0, 10);

/** The five keys that every item begins with. */
function common(id: number, createdBefore: number, deleted = false): Item {
  const modifiedBefore = below(createdBefore);
  const modified = time(modifiedBefore);
  return {
    id,
    created: time(createdBefore),
    modified,
    isDeleted: deleted ? 1 : 0,
    deleted: deleted ? modified : '',
  };
}

const towns = [
  { name: 'Demo del Mar', postcode: '03991', latitude: 37.981, longitude: -0.675 },
  { name: 'Puerto Muestra', postcode: '03992', latitude: 38.041, longitude: -0.656 },
  { name: 'Villa Ejemplo', postcode: '03993', latitude: 38.087, longitude: -0.732 },
  { name: 'Playa Ficticia', postcode: '03994', latitude: 37.932, longitude: -0.731 },
];
const areas = ['Urb. Las Palmeras', 'Casco Antiguo', 'Los Almendros', 'Playa Norte', ''];
const streets = ['Calle del Ensayo', 'Avenida del Modelo', 'Calle Inventada', 'Paseo de la Prueba'];
const agents = [2, 3, 4];

const people = [
  ['Luis', 'Prueba Demo', 'es', 'ES'],
  ['Eva', 'Muestra Gil', 'es', 'ES'],
  ['Harry', 'Sample', 'en', 'GB'],
  ['Rose', 'Sample', 'en', 'GB'],
  ['Pieter', 'van Voorbeeld', 'nl', 'NL'],
  ['Marijke', 'de Proef', 'nl', 'NL'],
  ['Jürgen', 'Mustermann', 'de', 'DE'],
  ['Sabine', 'Beispiel', 'de', 'DE'],
  ['Åke', 'Exempelsson', 'sv', 'SE'],
  ['Camille', 'Dupont-Exemple', 'fr', 'FR'],
  ['Íñigo', 'Ensayo Núñez', 'es', 'ES'],
  ['María José', 'Modelo Peña', 'es', 'ES'],
  ['Oliver', 'Testwood', 'en', 'GB'],
  ['Siobhán', "O'Example", 'en', 'IE'],
  ['Lars', 'Prøvesen', 'no', 'NO'],
  ['Elena', 'Ficticia Soler', 'es', 'ES'],
  ['Antonio', 'Inventado Ruiz', 'es', 'ES'],
  ['Greta', 'Probst', 'de', 'DE'],
  ['Tomasz', 'Przykładowski', 'pl', 'PL'],
  ['Núria', 'Mostra Pons', 'ca', 'ES'],
] as const;

/** A person by place in the list; the second round is another generation of the same families. */
const person = (place: number) => {
  const [name, lastName, language, country] = at(people, place);
  const firstName = place < people.length ? name : at(['Max', 'Ana', 'Tom', 'Lucía'], place);
  return { firstName, lastName, language, country, email: emailOf(firstName, lastName) };
};

const enquirers = [
  ['Nora', 'Tester', 'en'],
  ['Willem', 'Stelregel', 'nl'],
  ['Ingrid', 'Provsson', 'sv'],
  ['Pablo', 'Supuesto León', 'es'],
  ['Klara', 'Annahme', 'de'],
  ['Hugo', 'Hypothèse', 'fr'],
  ['Beatriz', 'Quizás Mora', 'es'],
  ['George', 'Maybe', 'en'],
  ['Anneke', 'Wellicht', 'nl'],
  ['Raúl', 'Acaso Vega', 'es'],
] as const;

/** Somebody who asks: not among the contacts. */
const enquirer = (place: number) => {
  const [name, lastName, language] = at(enquirers, place);
  const firstName =
    place < enquirers.length ? name : at(['Alex', 'Robin', 'Kim', 'Noa'], Math.floor(place / 3));
  return { firstName, lastName, language, email: emailOf(firstName, lastName) };
};

function emailOf(firstName: string, lastName: string): string {
  const name = `${firstName}.${lastName}`.replaceAll('ø', 'o').replaceAll('ł', 'l');
  const ascii = name.normalize('NFD').replace(/[^a-z.]/gi, '');
  return `${ascii.toLowerCase()}@example.com`;
}

const mobile = (number: number): string => `+34 600 000 ${String(number).padStart(3, '0')}`;
const british = (number: number): string => `+44 7700 900${String(number).padStart(3, '0')}`;

/** A Spanish identity number with its right check letter; numbers below 100 belong to nobody. */
function nif(number: number, foreign: boolean): string {
  const letter = 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(number % 23);
  return foreign
    ? `X${String(number).padStart(7, '0')}${letter}`
    : `${String(number).padStart(8, '0')}${letter}`;
}

const users: readonly Item[] = [
  { firstName: 'Carmen', lastName: 'Costa Demo', roleName: 'admin', languages: 'es,en' },
  { firstName: 'Ana', lastName: 'Ejemplo', roleName: 'manager', languages: 'es,en,fr' },
  { firstName: 'Luis', lastName: 'Modelo', roleName: 'agent', languages: 'es,en' },
  { firstName: 'Emma', lastName: 'Specimen', roleName: 'agent', languages: 'en,nl,de' },
  { firstName: 'Jan', lastName: 'Voorbeeld', roleName: 'agent', languages: 'nl', isActive: 0 },
  { firstName: 'Paco', lastName: 'Antiguo', roleName: 'assistant', languages: 'es', isActive: 0 },
].map((user, place) => ({
  ...common(place + 1, 1900 - 150 * place, place === 5),
  username: user.firstName.toLowerCase(),
  email: `${user.firstName.toLowerCase()}@costa-demo.example.com`,
  phone: '+34 965 000 001',
  mobile: mobile(900 + place),
  officeName: 'Costa Demo',
  isActive: 1,
  ...user,
}));

const companies: readonly Item[] = [
  ['Bufete Muestra', 'lawyer'],
  ['Demo Legal', 'lawyer'],
  ['Notaría Ejemplo', 'notary'],
  ['Banco Ficticio', 'bank'],
  ['Construcciones Prueba', 'builder'],
  ['Promociones Modelo', 'developer'],
  ['Sample Homes', 'agency'],
  ['Fotografía Ensayo', 'other'],
].map(([name, typeName], place) => ({
  ...common(place + 1, 1400 - 100 * place, place === 7),
  name,
  typeName,
  cif: `B0000000${place + 1}`,
  email: `info@${typeName ?? ''}-${place + 1}.example.com`,
  phone: `+34 965 000 ${String(101 + place)}`,
  website: `https://${typeName ?? ''}-${place + 1}.example.com`,
  address: `${at(streets, place)} ${10 + place}`,
  postalCode: at(towns, place).postcode,
  cityName: at(towns, place).name,
  provinceName: 'Alicante',
  countryCode: 'ES',
  facebook: place === 6 ? 'https://facebook.example.com/sample-homes' : '',
  linkedIn: '',
  userId: at(agents, place),
  mainContactId: place === 0 ? 37 : place === 2 ? 38 : '',
  notes: place === 3 ? 'Hipotecas para no residentes hasta el 70 %.' : '',
}));

/** Contacts 1–18 own, 19–36 look, 37–40 work with the agency. */
function roles(id: number): readonly string[] {
  if (id === 37) return ['lawyer'];
  if (id === 38) return ['notary'];
  if (id === 39) return ['architect'];
  if (id === 40) return ['agent', 'other'];
  if (id <= 18) return id % 9 === 0 ? ['owner', 'landlord'] : id === 5 ? ['owner', 'client'] : ['owner'];
  return id % 9 === 0 ? ['client', 'tenant'] : ['client'];
}

const contacts: readonly Item[] = range(40).map((id) => {
  const { firstName, lastName, language, country, email } = person(id - 1);
  const createdBefore = between(60, 1300);
  const lives = at(towns, id);
  const isSample = lastName === 'Sample' && id <= 20;
  return {
    ...common(id, createdBefore, id === 11 || id === 24 || id === 33),
    roles: roles(id),
    ownerId: id <= 18 ? 500 + id : '',
    companyId: id === 37 ? 1 : id === 38 ? 3 : id === 40 ? 7 : '',
    salutation: at(['Sr.', 'Sra.', 'Mr', 'Mrs'], id + 3),
    firstName,
    lastName,
    nif: id <= 18 ? nif(id, country !== 'ES') : '',
    email,
    email2: id % 13 === 0 ? `second.${email}` : '',
    phone: id % 7 === 0 ? `+34 965 000 ${String(200 + id)}` : '',
    mobile: country === 'GB' ? british(100 + id) : mobile(id),
    phone2: '',
    language,
    nationality: country,
    birthDate: id % 3 === 0 ? `${1945 + id}-${two((id % 12) + 1)}-${two((id % 27) + 1)}` : '',
    address: id <= 18 ? `${pick(streets)} ${between(1, 90)}` : '',
    postalCode: id <= 18 ? lives.postcode : '',
    cityName: id <= 18 ? lives.name : '',
    provinceName: id <= 18 ? 'Alicante' : '',
    countryCode: id <= 18 ? 'ES' : country,
    // Harry and Rose Sample are married.
    partnerId: isSample ? (id === 3 ? 4 : 3) : '',
    partnerName: id === 7 ? 'Karin Mustermann' : '',
    partnerNif: '',
    partnerEmail: id === 7 ? 'karin.mustermann@example.com' : '',
    partnerPhone: '',
    sourceName: pick(['Website', 'Portals', 'Referral', 'By Person', 'Incoming Call']),
    userId: at(agents, id),
    tags: id % 8 === 0 ? ['VIP'] : id % 5 === 0 ? ['newsletter', 'golf'] : [],
    doNotContact: id === 24 ? 1 : 0,
    newsletter: id % 4 === 0 ? 1 : 0,
    gdprAccepted: 1,
    gdprDate: time(createdBefore - 1),
    notes: id % 6 === 0 ? 'Prefiere que le llamen por la tarde.' : '',
  };
});

const types = [
  { typeId: 3, typeName: 'Apartamento', en: 'Apartment', nl: 'Appartement', size: 75, price: 2300 },
  { typeId: 2, typeName: 'Ático', en: 'Penthouse', nl: 'Penthouse', size: 90, price: 2900 },
  { typeId: 5, typeName: 'Villa', en: 'Villa', nl: 'Villa', size: 180, price: 2800 },
  { typeId: 9, typeName: 'Casa adosada', en: 'Town house', nl: 'Rijtjeshuis', size: 105, price: 1900 },
  { typeId: 4, typeName: 'Bungalow', en: 'Bungalow', nl: 'Bungalow', size: 80, price: 2100 },
  { typeId: 6, typeName: 'Finca', en: 'Country house', nl: 'Finca', size: 220, price: 1500 },
  { typeId: 15, typeName: 'Parcela', en: 'Land', nl: 'Perceel', size: 0, price: 90 },
  { typeId: 18, typeName: 'Local comercial', en: 'Commercial', nl: 'Bedrijfsruimte', size: 95, price: 1400 },
] as const;
const typeOrder = [0, 0, 1, 2, 3, 4, 0, 2, 5, 0, 3, 1, 0, 2, 6, 4, 0, 3, 2, 7, 0, 1, 5, 2, 0, 3, 0, 2, 4, 0];

/** Which properties are not simply available. Sold and rented ones have a won deal below. */
const propertyStatus: Readonly<Record<number, string>> = {
  2: 'sold', 5: 'sold', 8: 'sold', 13: 'sold', 17: 'rentend', 21: 'rentend',
  4: 'reserved', 10: 'reserved', 24: 'reserved', 19: 'prospect', 23: 'prospect', 28: 'inactive',
};

const forRent = (id: number): boolean => id === 17 || id === 21 || id === 25 || id === 27;

const properties: readonly Item[] = range(30).map((id) => {
  const type = at(types, at(typeOrder, id - 1));
  const isPlot = type.typeId === 15;
  const lies = at(towns, id * 7);
  const size = isPlot ? 0 : type.size + between(-15, 30);
  const plot = ['Villa', 'Finca', 'Parcela'].includes(type.typeName) ? between(4, 30) * 100 : '';
  const bedrooms = isPlot || type.typeId === 18 ? '' : Math.max(1, Math.round(size / 42));
  const salesPrice = Math.round(((isPlot ? Number(plot) : size) * type.price) / 500) * 500 - 100;
  const pool = type.typeId === 5 ? 'piscina' : 'piscina comunitaria';
  const features = isPlot
    ? {}
    : { [pool]: chance(0.7) ? 1 : 0, terraza: 1, garaje: chance(0.5) ? 1 : 0, 'aire acondicionado': 1 };
  const where = lies.name;
  const es = `${type.typeName} en ${where}${isPlot ? '' : ` de ${size} m²`}, a diez minutos del mar.`;
  return {
    ...common(900_000 + id, between(20, 900), id === 12 || id === 30),
    salesReference: `CD-${String(id).padStart(4, '0')}`,
    rentalsReference: forRent(id) ? `CDR-${String(id).padStart(4, '0')}` : '',
    typeId: type.typeId,
    typeName: type.typeName,
    raw_status: propertyStatus[id] ?? 'available',
    labelIds: id === 3 ? [10, 8] : id % 6 === 0 ? [12] : id % 7 === 0 ? [2] : [],
    viewIds: id % 4 === 0 ? [2, 11] : id % 5 === 0 ? [3] : [],
    occupancyId: id % 3 === 0 ? 3 : '',
    salesPrice: forRent(id) ? '' : salesPrice,
    rentalsPrice: forRent(id) ? 650 + 25 * id : '',
    rentalsPeriod: '',
    netPrice: forRent(id) ? '' : Math.round(salesPrice * 0.95),
    finalPrice: propertyStatus[id] === 'sold' ? salesPrice - 3000 : '',
    counterofferPrice: '',
    rentAmount: '',
    currency: 'EUR',
    commission: '',
    commissionPercent: forRent(id) ? '' : 5,
    communityFees: isPlot ? '' : 15 * between(2, 9),
    ibi: 40 * between(4, 20),
    street: pick(streets),
    streetNumber: String(between(1, 120)),
    floor: type.typeId === 3 ? String(between(0, 4)) : '',
    door: type.typeId === 3 ? pick(['A', 'B', '2º izq.', '14']) : '',
    postalCode: lies.postcode,
    areaName: at(areas, id),
    cityName: where,
    provinceName: 'Alicante',
    countryCode: 'ES',
    latlng: `${(lies.latitude + below(90) / 10_000).toFixed(4)},${(lies.longitude - below(90) / 10_000).toFixed(4)}`,
    cadastralReference: `${String(1_000_000 + id * 137)}XH${String(7000 + id)}S0001DM`,
    touristLicence: forRent(id) ? `VT-00000${id}-A` : '',
    buildYear: isPlot ? '' : between(1974, 2024),
    renovationYear: id % 6 === 0 ? 2022 : '',
    buildSize: isPlot ? '' : size,
    usefulSize: isPlot ? '' : Math.round(size * 0.87),
    plotSize: plot,
    terraceSize: isPlot ? '' : between(6, 40),
    gardenSize: '',
    floorNumber: type.typeId === 3 ? String(between(0, 4)) : '',
    bedrooms,
    bathrooms: bedrooms === '' ? '' : Math.max(1, Math.ceil(bedrooms / 2)),
    toilets: '',
    energyCertificate: isPlot ? '' : pick(['B', 'C', 'D', 'E', 'E', 'F']),
    features: JSON.stringify(features),
    salesTitleEs: `${type.typeName} en ${where}`,
    salesTitleEn: `${type.en} in ${where}`,
    salesTitleDe: '',
    salesTitleNl: `${type.nl} in ${where}`,
    salesTitlePt: '', salesTitlePl: '', salesTitleCa: '', salesTitleFr: '',
    salesTitleRu: '', salesTitleIt: '', salesTitleNo: '', salesTitleSv: '',
    salesDescription: '',
    salesContentEs: `${es}\n\nLuminosa, con buena orientación y cerca de todos los servicios.`,
    salesContentEn: `${type.en} in ${where}, ten minutes from the sea.\n\nBright, well oriented and close to all amenities.`,
    salesContentDe: id % 3 === 0 ? `${type.en} in ${where}, zehn Minuten vom Meer, größtenteils möbliert.` : '',
    salesContentNl: `${type.nl} in ${where}, op tien minuten van zee.`,
    salesContentPt: '', salesContentPl: '', salesContentCa: '', salesContentFr: '',
    salesContentRu: '', salesContentIt: '', salesContentNo: '', salesContentSv: '',
    officeDescription: id % 5 === 0 ? 'Llaves con el vecino del 2º.' : '',
    visitNotes: id % 4 === 0 ? 'Avisar un día antes.' : '',
    keyHolder: id % 5 === 0 ? 'Conserje' : '',
    keyNumber: `K-${id}`,
    exclusiveFrom: id % 6 === 0 ? day(120) : '',
    exclusiveTo: id % 6 === 0 ? day(-60) : '',
    userId: at(agents, id),
    owners:
      id === 3
        ? [{ contactId: 3, percent: 50 }, { contactId: 4, percent: 50 }]
        : [{ contactId: ((id - 1) % 18) + 1, percent: 100 }],
    images: range(between(3, 6)).map((order) => ({
      id: id * 100 + order,
      order,
      isMain: order === 1 ? 1 : 0,
      title: order === 1 ? 'Fachada' : '',
      source: { url: `https://img.example.com/sooprema-propiedades_${(id * 100 + order).toString(16).padStart(6, '0')}-source.jpg` },
      thumb: { url: `https://img.example.com/sooprema-propiedades_${(id * 100 + order).toString(16).padStart(6, '0')}-thumb.jpg` },
    })),
    videoUrl: id % 9 === 0 ? `https://video.example.com/cd-${id}` : '',
    virtualTourUrl: id % 10 === 0 ? `https://tour.example.com/cd-${id}` : '',
    published_web: propertyStatus[id] === 'prospect' || propertyStatus[id] === 'inactive' ? 0 : 1,
    external_web_url: `https://costa-demo.example.com/es/cd-${id}`,
    readonly_url: '',
    sooprema_event_type: id === 12 || id === 30 ? 'deleted' : 'updated',
    sooprema_object_type: 'property',
  };
});

const leads: readonly Item[] = range(25).map((id) => {
  const receivedBefore = between(1, 160);
  // Every fifth enquiry comes from somebody the agency knows: contact 19 and up.
  const known = id % 5 === 0 ? 18 + id / 5 : '';
  const who = known === '' ? enquirer(id - 1 - Math.floor(id / 5)) : person(known - 1);
  const propertyId = at([1, 3, 6, 7, 9, 11, 14, 16, 18, 20, 22, 25, 26, 27, 29], id);
  const own = common(id, receivedBefore, id === 23);
  return {
    ...own,
    contactId: known,
    firstName: who.firstName,
    lastName: who.lastName,
    email: who.email,
    phone: id % 6 === 0 ? '' : mobile(300 + id),
    language: who.language,
    sourceName: id % 3 === 0 ? 'Website' : id % 3 === 1 ? 'Portals' : 'Incoming Call',
    portalName: id % 3 === 1 ? pick(['Kyero', 'Idealista', 'Fotocasa', 'Think Spain']) : '',
    propertyId: id % 7 === 0 ? '' : 900_000 + propertyId,
    salesReference: id % 7 === 0 ? '' : `CD-${String(propertyId).padStart(4, '0')}`,
    message: pick([
      'Is it still available?',
      '¿Se puede visitar este fin de semana?',
      'Wij zijn volgende maand in de buurt.',
      'Please send me the floor plan and the community fees.',
    ]),
    status: at(['new', 'new', 'contacted', 'qualified', 'contacted', 'lost', 'converted'], id),
    userId: id % 4 === 0 ? '' : at(agents, id),
    received: own['created'],
  };
});

const demands: readonly Item[] = range(20).map((id) => {
  const contactId = ((id - 1) % 18) + 19;
  const rent = id % 6 === 0;
  const most = rent ? 700 + 50 * (id % 5) : 120_000 + 30_000 * (id % 9);
  const status = at(['new', 'contacted', 'qualified', 'qualified', 'lost'], id);
  return {
    ...common(id, between(10, 500), id === 15),
    contactId,
    userId: at(agents, contactId),
    operation: rent ? (id % 12 === 0 ? 'longterm' : 'rentals') : 'sales',
    typeNames: at([['apartment', 'penthouse'], ['villa'], ['townhouse', 'bungalow'], ['country_house']], id),
    provinceName: 'Alicante',
    cityNames: id % 2 === 0 ? [at(towns, id).name] : [at(towns, id).name, at(towns, id + 1).name],
    areaNames: id % 5 === 0 ? ['Playa Norte'] : [],
    salesPriceMin: rent || id % 3 === 0 ? '' : Math.round(most * 0.6),
    salesPriceMax: most,
    bedroomsMin: between(1, 3),
    bathroomsMin: id % 2 === 0 ? 2 : '',
    buildSizeMin: id % 3 === 0 ? 80 : '',
    buildSizeMax: '',
    plotSizeMin: id % 4 === 3 ? 800 : '',
    features: JSON.stringify(id % 2 === 0 ? { piscina: 1, terraza: 1 } : { ascensor: 1 }),
    timingFrom: '',
    timingTo: id % 3 === 0 ? day(-180) : '',
    status,
    stage: at(['hot', 'neutral', 'cold'], id),
    sourceName: pick(['Website', 'Portals', 'Referral', 'By Person']),
    propertyId: id % 5 === 0 ? 900_000 + id + 1 : '',
    message: '',
    lostReason: status === 'lost' ? 'Compró en otra zona.' : '',
  };
});

const dealPlan = [
  { property: 2, stage: 'won' }, { property: 5, stage: 'won' }, { property: 8, stage: 'won' },
  { property: 13, stage: 'won' }, { property: 17, stage: 'won' }, { property: 21, stage: 'won' },
  { property: 4, stage: 'reservation' }, { property: 10, stage: 'depositContract' },
  { property: 24, stage: 'deed' }, { property: 1, stage: 'interested' },
  { property: 6, stage: 'firstVisit' }, { property: 9, stage: 'multipleVisits' },
  { property: 14, stage: 'offer' }, { property: 16, stage: 'lost' }, { property: 18, stage: 'lost' },
] as const;

const deals: readonly Item[] = dealPlan.map(({ property, stage }, place) => {
  const id = place + 1;
  const buyer = 19 + place;
  const rent = forRent(property);
  const listed = properties[property - 1];
  const price = Number(rent ? listed?.['rentalsPrice'] : listed?.['salesPrice']);
  const closed = stage === 'won' || stage === 'lost';
  const late = ['won', 'deed', 'depositContract'].includes(stage);
  const before = between(30, 300);
  return {
    ...common(id, before + 90, id === 15),
    reference: `D-2025-${two(id)}`,
    side: rent ? (id === 6 ? 'rentOut' : 'rent') : id === 4 ? 'sell' : 'buy',
    stage,
    status: closed ? stage : 'open',
    propertyId: 900_000 + property,
    demandId: place + 1 <= 12 ? place + 1 : '',
    contacts: [
      { contactId: buyer, role: 'main' },
      ...(id === 3 ? [{ contactId: buyer + 1, role: 'co' }] : []),
      { contactId: ((property - 1) % 18) + 1, role: 'owner' },
      ...(late ? [{ contactId: 37, role: 'lawyer' }, { contactId: 38, role: 'notary' }] : []),
    ],
    companyIds: late ? [1, 3] : [],
    userId: at(agents, property),
    price,
    offerPrice: stage === 'interested' || stage === 'firstVisit' ? '' : Math.round(price * 0.97),
    currency: 'EUR',
    commission: rent ? price : Math.round(price * 0.05),
    commissionPercent: rent ? '' : 5,
    reservationDate: late || stage === 'reservation' ? day(before + 40) : '',
    contractDate: late ? day(before + 20) : '',
    deedDate: stage === 'won' ? day(before) : '',
    closingDate: closed ? day(before) : '',
    lostReason: stage === 'lost' ? 'No consiguió la hipoteca.' : '',
  };
});

const tasks: readonly Item[] = range(24).map((id) => {
  const done = id % 3 !== 0;
  const due = done ? between(5, 90) : between(-20, 2);
  return {
    ...common(id, Math.max(due, 0) + between(2, 20), id === 20),
    title: pick(['Llamar al notario', 'Pedir nota simple', 'Send contract', 'Renovar fotos', 'Check keys']),
    description: id % 4 === 0 ? 'Antes de las 14:00.' : '',
    due: time(due),
    isDone: done ? 1 : 0,
    doneDate: done ? time(due) : '',
    priority: at(['normal', 'high', 'normal', 'low'], id),
    userId: at(agents, id),
    contactId: id % 2 === 0 ? between(1, 40) : '',
    propertyId: id % 3 === 0 ? 900_000 + between(1, 30) : '',
    dealId: id % 5 === 0 ? between(1, 15) : '',
  };
});

const appointments: readonly Item[] = range(36).map((id) => {
  const kind = at(['visit', 'visit', 'meeting', 'call'], id);
  const start = id % 6 === 0 ? -between(1, 15) : between(3, 200);
  const hour = between(9, 18);
  const property = at([1, 3, 6, 7, 9, 14, 16, 18], id);
  const status = start < 0 ? 'planned' : id % 10 === 0 ? 'cancelled' : 'done';
  const visit = kind === 'visit';
  return {
    ...common(id, Math.max(start, 0) + between(1, 10), id === 35),
    kind,
    title: visit ? `Visita CD-${String(property).padStart(4, '0')}` : kind === 'call' ? 'Llamada' : 'Reunión',
    description: '',
    start: time(start, hour, 0),
    end: time(start, hour, 45),
    allDay: 0,
    place: visit ? at(towns, property * 7).name : kind === 'meeting' ? 'Oficina' : '',
    status,
    userId: at(agents, id),
    contactIds: id % 8 === 0 ? [3, 4] : [between(19, 36)],
    propertyId: visit ? 900_000 + property : '',
    demandId: visit && id % 4 === 0 ? between(1, 20) : '',
    dealId: kind === 'meeting' ? between(1, 15) : '',
    feedback: visit && status === 'done' ? pick(['Le gusta la terraza.', 'Too small.', 'Quiere volver.']) : '',
    rating: visit && status === 'done' ? between(2, 5) : '',
  };
});

/** The records that notes and documents hang on, in turn. */
function subject(place: number): Item {
  const kinds = [
    ['property', 900_000 + between(1, 30)],
    ['contact', between(1, 40)],
    ['deal', between(1, 15)],
    ['demand', between(1, 20)],
    ['lead', between(1, 25)],
    ['company', between(1, 8)],
    ['appointment', between(1, 36)],
  ] as const;
  const [entityType, entityId] = at(kinds, place);
  return { entityType, entityId };
}

const notes: readonly Item[] = range(42).map((id) => ({
  ...common(id, between(1, 400), id === 40),
  ...subject(id),
  text: pick([
    'Le gusta la terraza.',
    'Interested, but wants to see something closer to the beach.',
    'El propietario acepta bajar 5.000 €.',
    'Belt terug na de vakantie.\nLiever ’s avonds.',
    'Documentación completa.',
  ]),
  isPrivate: id % 9 === 0 ? 1 : 0,
  userId: at(agents, id),
}));

const communications: readonly Item[] = range(48).map((id) => {
  const channel = at(['email', 'email', 'call', 'whatsapp', 'sms'], id);
  const direction = id % 3 === 0 ? 'in' : 'out';
  const contact = between(1, 36);
  const them = channel === 'email' ? person(contact - 1).email : mobile(contact);
  const us = channel === 'email' ? 'ana@costa-demo.example.com' : '+34 965 000 001';
  const sent = between(1, 300);
  const html = channel === 'email' && id % 4 === 0;
  const body = pick(['Adjunto la ficha.', 'Thank you for your visit.', 'Mañana a las 11:00.']);
  return {
    ...common(id, sent, id === 44),
    channel,
    direction,
    sent: time(sent),
    subject: channel === 'email' ? pick(['Ficha de la propiedad', 'Your visit', 'Reserva']) : '',
    body: channel === 'call' ? '' : html ? `<p>${body}</p>` : body,
    bodyFormat: html ? 'html' : 'text',
    from: direction === 'in' ? them : us,
    to: [direction === 'in' ? us : them],
    contactId: contact,
    propertyId: id % 3 === 1 ? 900_000 + between(1, 30) : '',
    dealId: id % 8 === 0 ? between(1, 15) : '',
    userId: at(agents, id),
    durationSeconds: channel === 'call' ? between(20, 900) : '',
    messageId: channel === 'email' ? `<${id}.demo@costa-demo.example.com>` : '',
    documentIds: channel === 'email' && id % 5 === 0 ? [between(1, 28)] : [],
  };
});

const documents: readonly Item[] = range(28).map((id) => {
  const category = at(['contract', 'landRegistry', 'identity', 'certificate', 'plan', 'other'], id);
  return {
    ...common(id, between(1, 500), id === 27),
    ...subject(id),
    name: at(['Contrato', 'Nota simple', 'NIE', 'Certificado energético', 'Plano', 'Varios'], id),
    filename: `docs/${id}.pdf`,
    mimeType: 'application/pdf',
    size: 1000 * between(20, 900),
    url: '',
    category,
    language: 'es',
    isPrivate: category === 'identity' ? 1 : 0,
  };
});

/** Every collection of the agency. */
export const agency: Agency = {
  users,
  companies,
  contacts,
  leads,
  demands,
  properties,
  deals,
  tasks,
  appointments,
  notes,
  communications,
  documents,
};
