import { columnGroups, groupedColumns } from '../../src/adapter/column-groups.ts';
import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const parts = (place: string) => ({
  street: `${place} Street`,
  street2: `${place} Street 2`,
  street3: `${place} Street 3`,
  poBox: `${place} Address PO Box`,
  city: `${place} City`,
  state: `${place} State`,
  postalCode: `${place} Postal Code`,
  country: `${place} Country`,
});
const groups = { home: parts('Home'), business: parts('Business'), other: parts('Other') };
const address: SourceField = { of: columns(...Object.keys(groups.home)) };

/** Columns that hold one text, with their names in Spanish, German, French and Dutch (formats.md §7.4). */
const spellings = {
  Title: ['Anrede'],
  'First Name': ['Nombre', 'Vorname', 'Prénom', 'Voornaam'],
  'Middle Name': ['Segundo nombre', 'Weitere Vornamen', 'Deuxième prénom'],
  'Last Name': ['Apellidos', 'Nachname', 'Nom', 'Achternaam'],
  Suffix: ['Sufijo', 'Suffixe'],
  Nickname: ['Apodo'],
  Company: ['Organización', 'Firma', 'Société', 'Bedrijf'],
  Department: ['Departamento', 'Abteilung', 'Service', 'Afdeling'],
  'Job Title': ['Puesto', 'Position', 'Functie'],
  'E-mail Address': [
    'Dirección de correo electrónico',
    'E-Mail-Adresse',
    'Adresse de messagerie',
    'E-mailadres',
  ],
  'E-mail 2 Address': [
    'Dirección de correo electrónico 2',
    'Dirección del correo electrónico 2',
    'E-Mail 2: Adresse',
    'Adresse de messagerie 2',
    'E-mailadres 2',
  ],
  'E-mail 3 Address': [
    'Dirección de correo electrónico 3',
    'Dirección del correo electrónico 3',
    'E-Mail 3: Adresse',
    'Adresse de messagerie 3',
    'E-mailadres 3',
  ],
  'Primary Phone': ['Teléfono principal', 'Haupttelefon', 'Téléphone principal'],
  'Home Phone': ['Particular', 'Telefon privat', 'Téléphone (domicile)'],
  'Home Phone 2': ['Telefon privat 2', 'Téléphone 2 (domicile)'],
  'Mobile Phone': ['Teléfono móvil', 'Mobiltelefon', 'Tél. mobile', 'Mobiele telefoon'],
  'Business Phone': ['Teléfono del trabajo', 'Telefon geschäftlich', 'Téléphone (bureau)'],
  'Business Phone 2': ['Telefon geschäftlich 2', 'Téléphone 2 (bureau)'],
  'Other Phone': ['Otro teléfono', 'Weiteres Telefon', 'Téléphone (autre)'],
  'Company Main Phone': [],
  'Car Phone': ['Autotelefon', 'Téléphone (voiture)'],
  'Web Page': ['Página web', 'Webseite', 'Page Web'],
  Birthday: ['Geburtstag', 'Anniversaire', 'Geboortedatum', 'Cumpleaños'],
  Language: ['Idioma', 'Sprache', 'Langue', 'Taal'],
  Notes: ['Notas', 'Notizen', 'Opmerkingen'],
  Categories: ['Categorías', 'Kategorien', 'Catégories', 'Categorieën'],
  Profession: [],
};

/**
 * Streets and towns in other languages. `Provincia o estado` is the region and `País o región` the country, while the
 * German `Region` is a region and `Land` a country.
 */
const addressSpellings = {
  'Home Street': ['Calle del domicilio', 'Straße privat', 'Rue (domicile)'],
  'Home City': ['Ciudad del domicilio', 'Ciudad de residencia', 'Ort privat', 'Ville (domicile)'],
  'Home State': ['Provincia o estado del domicilio', 'Region privat', 'Dép/Région (domicile)'],
  'Home Postal Code': [
    'Código postal del domicilio',
    'Postleitzahl privat',
    'Code postal (domicile)',
  ],
  'Home Country': [
    'Home Country/Region',
    'País o región del domicilio',
    'Land privat',
    'Pays/Région (domicile)',
  ],
  'Business Street': ['Calle del trabajo', 'Straße geschäftlich', 'Rue (bureau)'],
  'Business City': [
    'Ciudad de trabajo',
    'Ciudad del trabajo',
    'Ort geschäftlich',
    'Ville (bureau)',
  ],
  'Business State': [
    'Provincia o estado de trabajo',
    'Provincia o estado del trabajo',
    'Region geschäftlich',
    'Dép/Région (bureau)',
  ],
  'Business Postal Code': [
    'Código postal del trabajo',
    'Postleitzahl geschäftlich',
    'Code postal (bureau)',
  ],
  'Business Country': [
    'Business Country/Region',
    'País o región del trabajo',
    'Land geschäftlich',
    'Pays/Région (bureau)',
  ],
  'Other Street': ['Otra calle', 'Weitere Straße', 'Rue (autre)'],
  'Other City': ['Otra ciudad', 'Weiterer Ort', 'Ville (autre)'],
  'Other State': ['Otra provincia o estado', 'Weitere Region', 'Dép/Région (autre)'],
  'Other Postal Code': ['Otro código postal', 'Weitere Postleitzahl', 'Code postal (autre)'],
  'Other Country': [
    'Other Country/Region',
    'Otro país o región',
    'Weiteres Land',
    'Pays/Région (autre)',
  ],
};

/** Contacts of Outlook and Outlook.com, in the language of the programme that wrote them (formats.md §7.3, §7.4). */
export const entities: Readonly<Record<string, CsvEntity>> = {
  contacts: {
    title: 'Contacts',
    keys: [
      ['First Name', 'Last Name', 'E-mail Address'],
      ['First Name', 'E-mail Address'],
      ['Last Name', 'E-mail Address'],
      ['Company', 'E-mail Address'],
      ['First Name', 'Last Name', 'Mobile Phone'],
      ['First Name', 'Last Name', 'Business Phone'],
      ['Company', 'Business Phone'],
    ],
    header: {
      all: ['First Name', 'Last Name', 'E-mail Address', 'Business Phone', 'Job Title'],
      some: ['Mobile Phone', 'Company', 'Categories', 'Web Page'],
    },
    spellings: {
      ...spellings,
      ...Object.fromEntries(groupedColumns(groups).map((column) => [column, []])),
      ...addressSpellings,
    },
    shape: columnGroups(groups),
    fields: {
      ...columns(...Object.keys(spellings)),
      home: address,
      business: address,
      other: address,
    },
  },
};
