import type { Item } from './agency.ts';
import { agency } from './agency.ts';

/** How one listing is written in a version of the format. */
type Listing = (property: Item) => string;

const text = (value: unknown): string =>
  (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');

const tag = (name: string, value: unknown): string => `<${name}>${text(value)}</${name}>`;

const isList = (value: unknown): value is readonly Item[] => Array.isArray(value);

const listOf = (value: unknown): readonly Item[] => (isList(value) ? value : []);

/** What the agency would put on a portal: for sale or rent, published, not deleted. */
const listed = (agency['properties'] ?? []).filter(
  (property) =>
    property['isDeleted'] === 0 &&
    property['published_web'] === 1 &&
    ['available', 'reserved'].includes(String(property['raw_status'])),
);

const kyeroTypes: Readonly<Record<string, string>> = {
  Apartamento: 'Apartment',
  Ático: 'Penthouse',
  Villa: 'Villa',
  'Casa adosada': 'Town house',
  Bungalow: 'Bungalow',
  Finca: 'Country house',
  Parcela: 'Land',
  'Local comercial': 'Commercial property',
};

const englishFeatures: Readonly<Record<string, string>> = {
  piscina: 'Private pool',
  'piscina comunitaria': 'Communal pool',
  terraza: 'Terrace',
  garaje: 'Garage',
  'aire acondicionado': 'Air conditioning',
};

const featuresOf = (property: Item): readonly string[] => {
  const features: unknown = JSON.parse(String(property['features']));
  return Object.entries(features ?? {})
    .filter(([, has]) => has === 1)
    .map(([name]) => englishFeatures[name] ?? name);
};

const urlOf = (image: Item): string => {
  const source = image['source'];
  return typeof source === 'object' && source !== null && 'url' in source ? String(source.url) : '';
};

const imagesOf = (property: Item): string =>
  listOf(property['images'])
    .map((image) => `<image id="${String(image['order'])}">${tag('url', urlOf(image))}</image>`)
    .join('');

const rents = (property: Item): boolean => property['rentalsPrice'] !== '';

const head = (property: Item): string =>
  [
    tag('id', property['id']),
    tag('date', property['modified']),
    tag('ref', property['salesReference']),
    tag('price', rents(property) ? property['rentalsPrice'] : property['salesPrice']),
    tag('currency', 'EUR'),
  ].join('');

const version3: Listing = (property) => {
  const [latitude, longitude] = String(property['latlng']).split(',');
  const features = featuresOf(property);
  const id = String(property['id']);
  const type = kyeroTypes[String(property['typeName'])] ?? '';
  const languages = ['En', 'Es', 'Nl'];
  const texts = languages.map((code) =>
    tag(code.toLowerCase(), property[`salesContent${code}`]),
  );
  const urls = languages.map((code) =>
    tag(code.toLowerCase(), `https://costa-demo.example.com/${code.toLowerCase()}/${id}`),
  );
  const energy = property['energyCertificate'] || 'X';
  return `  <property>
    ${head(property)}${tag('price_freq', rents(property) ? 'month' : 'sale')}
    <part_ownership>0</part_ownership><leasehold>0</leasehold><new_build>${id === '900003' ? 1 : 0}</new_build>
    ${tag('type', type)}${tag('town', property['cityName'])}${tag('province', property['provinceName'])}<country>Spain</country>
    <location>${tag('latitude', latitude)}${tag('longitude', longitude)}</location>${tag('location_detail', property['areaName'])}
    ${tag('beds', property['bedrooms'] || 0)}${tag('baths', property['bathrooms'] || 0)}${tag('pool', features.some((name) => name.endsWith('pool')) ? 1 : '')}
    <surface_area>${tag('built', property['buildSize'] || 0)}${tag('plot', property['plotSize'] || 0)}</surface_area>
    <energy_rating>${tag('consumption', energy)}<emissions>X</emissions></energy_rating>
    <url>${urls.join('')}</url>
    ${property['videoUrl'] === '' ? '' : tag('video_url', property['videoUrl'])}${property['virtualTourUrl'] === '' ? '' : tag('virtual_tour_url', property['virtualTourUrl'])}${tag('catastral', property['cadastralReference'])}
    <desc>${texts.join('')}</desc>
    <features>${features.map((name) => tag('feature', name)).join('')}</features>
    ${tag('notes', property['visitNotes'])}
    <images>${imagesOf(property)}</images>
    <prime>${id === '900001' ? 1 : 0}</prime><email>ana@costa-demo.example.com</email><contact_number>+34 965 000 001</contact_number><whatsapp_number>+34 600 000 901</whatsapp_number>
  </property>`;
};

const version21: Listing = (property) => {
  const features = featuresOf(property);
  const isNew = property['id'] === 900_003;
  const type = kyeroTypes[String(property['typeName'])] ?? '';
  return `  <property>
    ${head(property)}${tag('price_freq', isNew ? 'new_build' : 'sale')}
    <part_ownership>0</part_ownership><leasehold>0</leasehold>
    <type>${tag('en', type)}${tag('es', property['typeName'])}</type>${tag('town', property['cityName'])}${tag('province', property['provinceName'])}${tag('location_detail', property['areaName'])}
    ${tag('beds', property['bedrooms'])}${tag('baths', property['bathrooms'])}<pool>${features.some((name) => name.endsWith('pool')) ? 1 : 0}</pool>
    <surface_area>${tag('built', property['buildSize'])}${tag('plot', property['plotSize'] || 0)}</surface_area>
    ${tag('url', `http://costa-demo.example.com/${String(property['id'])}`)}
    <desc>${tag('en', property['salesContentEn'])}${tag('es', property['salesContentEs'])}</desc>
    <features>${features.map((name) => tag('feature', name)).join('')}</features>
    <images>${listOf(property['images'])
      .map(
        (image) =>
          `<image id="${String(image['order'])}">${tag('url', urlOf(image))}${tag('primary', image['isMain'])}<title>${tag('en', image['isMain'] === 1 ? 'Front' : '')}</title></image>`,
      )
      .join('')}</images>
    <custom id="1">1</custom><custom id="2">0</custom>
  </property>`;
};

const agent = `  <agent>
    <id>4711</id><name>Costa Demo</name><email>info@costa-demo.example.com</email><tel>+34 965 000 001</tel><fax></fax><mob>+34 600 000 901</mob>
    <addr1>Calle del Ensayo 1</addr1><addr2></addr2><town>Demo del Mar</town><region>Alicante</region><postcode>03991</postcode><country>Spain</country>
  </agent>`;

function feedText(version: string, generated: string, listings: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<root>
  <kyero><feed_version>${version}</feed_version>${generated}</kyero>
${agent}
${listings.join('\n')}
</root>
`;
}

/** The texts of the generated Kyero samples, by file name: the listings of the same agency. */
export function kyeroSamples(): Readonly<Record<string, string>> {
  const sales = listed.filter((property) => !rents(property)).slice(0, 6);
  return {
    'kyero/feed.xml': feedText(
      '3',
      '<feed_generated>2025-06-15 01:00:00</feed_generated>',
      listed.map(version3),
    ),
    'kyero/feed-v2_1.xml': feedText('2_1', '', sales.map(version21)),
  };
}
