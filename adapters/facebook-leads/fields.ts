import { columns } from '../../src/adapter/columns.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

/** Leads of Facebook and Instagram forms (formats.md §7.2); each form has further columns, one a question. */
export const entities: Readonly<Record<string, CsvEntity>> = {
  leads: {
    title: 'Leads',
    id: 'id',
    keys: [
      ['created_time', 'email'],
      ['created_time', 'phone_number'],
    ],
    header: {
      all: ['created_time', 'form_id', 'platform'],
      some: ['ad_id', 'campaign_id', 'full_name', 'email', 'phone_number'],
    },
    countBy: ['platform'],
    countYearOf: 'created_time',
    spellings: {
      full_name: ['nombre_completo', 'nom_complet', 'vollständiger_name', 'volledige_naam'],
      first_name: ['nombre', 'prénom', 'vorname', 'voornaam'],
      last_name: ['apellidos', 'nom_de_famille', 'nachname', 'achternaam'],
      email: ['e-mail', 'correo_electrónico', 'e-mail-adresse', 'e-mailadres'],
      phone_number: [
        'número_de_teléfono',
        'numéro_de_téléphone',
        'telefonnummer',
        'telefoonnummer',
      ],
      city: ['ciudad', 'ville', 'ort', 'plaats'],
    },
    fields: columns(
      'id',
      'created_time',
      'ad_id',
      'ad_name',
      'adset_id',
      'adset_name',
      'campaign_id',
      'campaign_name',
      'form_id',
      'form_name',
      'is_organic',
      'platform',
      'full_name',
      'first_name',
      'last_name',
      'email',
      'phone_number',
      'city',
      'lead_status',
    ),
  },
};
