import type { SourceAdapter } from '../src/adapter/contract.ts';
import { csv } from './csv/index.ts';
import { facebookLeads } from './facebook-leads/index.ts';
import { googleContacts } from './google-contacts/index.ts';
import { hubspot } from './hubspot/index.ts';
import { inmoweb } from './inmoweb/index.ts';
import { kyero } from './kyero/index.ts';
import { outlook } from './outlook/index.ts';
import { pipedrive } from './pipedrive/index.ts';
import { salesforce } from './salesforce/index.ts';
import { lessAnnoyingCrm } from './less-annoying-crm/index.ts';
import { salesCrm } from './sales-crm/index.ts';
import { sooprema } from './sooprema/index.ts';
import { teammatesCrm } from './teammates-crm/index.ts';
import { tesoro } from './tesoro/index.ts';
import { thunderbird } from './thunderbird/index.ts';
import { zoho } from './zoho/index.ts';

/** Every source system there is; a new one is added here. */
export const adapters: readonly SourceAdapter[] = [
  sooprema,
  inmoweb,
  kyero,
  tesoro,
  hubspot,
  pipedrive,
  zoho,
  salesforce,
  googleContacts,
  outlook,
  thunderbird,
  facebookLeads,
  teammatesCrm,
  salesCrm,
  lessAnnoyingCrm,
  csv,
];
