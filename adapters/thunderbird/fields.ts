import { columnGroups, groupedColumns } from '../../src/adapter/column-groups.ts';
import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const parts = (place: string) => ({
  street: `${place} Address`,
  street2: `${place} Address 2`,
  city: `${place} City`,
  state: `${place} State`,
  postalCode: `${place} ZipCode`,
  country: `${place} Country`,
});
const groups = { home: parts('Home'), work: parts('Work') };
const address: SourceField = { of: columns(...Object.keys(groups.home)) };

/** Columns that hold one text, with their names in Spanish, German and French (formats.md §7.4). */
const spellings = {
  'First Name': ['Nombre', 'Vorname', 'Prénom'],
  'Last Name': ['Apellidos', 'Nachname', 'Nom'],
  'Display Name': ['Nombre en pantalla', 'Anzeigename', 'Nom à afficher'],
  Nickname: ['Apodo', 'Spitzname', 'Surnom'],
  'Primary Email': [
    'Dirección de correo electrónico principal',
    'Primäre E-Mail-Adresse',
    'Adresse électronique principale',
  ],
  'Secondary Email': [
    'Dirección de correo electrónico secundaria',
    'Sekundäre E-Mail-Adresse',
    'Adresse électronique secondaire',
  ],
  'Work Phone': ['Teléfono (Trabajo)', 'Tel. dienstlich', 'Tél. professionnel'],
  'Home Phone': [],
  'Fax Number': ['Fax', 'Fax-Nummer'],
  'Pager Number': ['Buscapersonas', 'Pager-Nummer', 'Pager'],
  'Mobile Number': ['Teléfono móvil', 'Mobil-Tel.-Nr.', 'Portable'],
  'Job Title': [],
  Department: ['Departamento', 'Abteilung', 'Service'],
  Organization: ['Organización', 'Organisation', 'Société'],
  'Web Page 1': ['Página web 1', 'Webseite 1', 'Site Web 1'],
  'Web Page 2': ['Página web 2', 'Webseite 2', 'Site Web 2'],
  'Birth Year': ['Año de nacimiento', 'Geburtsjahr', 'Année de naissance'],
  'Birth Month': ['Mes de nacimiento', 'Geburtsmonat', 'Mois'],
  'Birth Day': ['Día de nacimiento', 'Geburtstag', 'Jour'],
  'Custom 1': [],
  'Custom 2': [],
  'Custom 3': [],
  'Custom 4': [],
  Notes: ['Notas', 'Notizen'],
};
const addressSpellings = {
  'Home Address': ['Dirección personal', 'Privat: Adresse', 'Adresse privée'],
  'Home Country': ['País de residencia', 'Privat: Land'],
  'Home ZipCode': ['Privat: PLZ'],
  'Work Address': ['Dirección de trabajo', 'Dienstlich: Adresse', 'Adresse professionnelle'],
  'Work Country': ['País (Trabajo)', 'Dienstlich: Land'],
  'Work ZipCode': ['Código postal (Trabajo)', 'Dienstlich: PLZ'],
};

/** Contacts of Thunderbird's address book (formats.md §7.3). */
export const entities: Readonly<Record<string, CsvEntity>> = {
  contacts: {
    title: 'Contacts',
    keys: [
      ['First Name', 'Last Name', 'Primary Email'],
      ['Display Name', 'Primary Email'],
      ['Primary Email'],
      ['First Name', 'Last Name', 'Mobile Number'],
    ],
    header: {
      all: ['Display Name', 'Primary Email', 'Secondary Email'],
      some: ['Mobile Number', 'Birth Year', 'Organization', 'Nickname'],
    },
    spellings: {
      ...spellings,
      ...Object.fromEntries(groupedColumns(groups).map((column) => [column, []])),
      ...addressSpellings,
    },
    shape: columnGroups(groups),
    fields: { ...columns(...Object.keys(spellings)), home: address, work: address },
  },
};
