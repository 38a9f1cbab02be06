// The three other CRMs: their rules, proven on what is in the CRM after an import.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDocument } from '../../src/run/documents.ts';
import { root } from '../support/cli.ts';
import { databaseKinds } from '../support/databases.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

const samplesOf = (system: string) => {
  const folder = join(root, 'samples', system);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(folder, name));
};

const inputs: Readonly<Record<string, readonly string[]>> = {
  'teammates-crm': samplesOf('teammates-crm'),
  'sales-crm': samplesOf('sales-crm'),
  'less-annoying-crm': samplesOf('less-annoying-crm'),
};

/** Fates that are not zero, by source entity. */
const fatesOf = ({ records }: RunDocument) =>
  Object.fromEntries(
    Object.entries(records).map(([entity, { fates }]) => [
      entity,
      Object.fromEntries(Object.entries(fates).filter(([, count]) => count > 0)),
    ]),
  );

describe.each(databaseKinds)('the rules of other CRMs (%s)', (kind) => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await openCrm(kind);
    for (const [system, files] of Object.entries(inputs)) {
      const run = await crm.as(system).import({ inputs: files });
      expect(run).toMatchObject({
        status: 'complete',
        balanced: true,
        exitCode: 0,
        source: system,
      });
    }
  });
  afterAll(() => crm.close());

  /** Rows of a query in the account of a system; its `keys` are the source keys of the rows. */
  const rowsOf = async (system: string, sql: string) =>
    crm.rows(
      `WITH account AS (SELECT id FROM crm.accounts WHERE slug = $1), keys AS (
         SELECT m.target_id, string_agg(concat(m.entity, ':', m.source_id, '#' || m.part), ' ' ORDER BY m.entity, m.source_id) AS key
           FROM migration.id_map m JOIN account a ON a.id = m.account_id GROUP BY 1) ${sql}`,
      [system],
    );
  const keyed = async (system: string, sql: string) =>
    Object.fromEntries((await rowsOf(system, sql)).map(({ key, ...rest }) => [String(key), rest]));
  /** The records that break rules, by rule. */
  const brokenIn = async (system: string) => {
    const rows = await rowsOf(
      system,
      `SELECT i.args->>'rule' AS rule, string_agg(concat(i.entity, ' ', i.source_id), ', ' ORDER BY i.source_id) AS records
         FROM migration.issues i JOIN migration.runs r ON r.no = i.run_no JOIN account a ON a.id = r.account_id
        WHERE i.code = 'RULE_BROKEN' AND r.no = (SELECT max(no) FROM migration.runs x WHERE x.account_id = a.id AND x.command = 'import') GROUP BY 1`,
    );
    return Object.fromEntries(rows.map(({ rule, records }) => [String(rule), records]));
  };

  it.for(Object.entries(inputs))(
    '%s: verifies, and changes nothing the second time',
    async ([system, files]) => {
      const broken = await brokenIn(system);
      const before = await crm.versions(system);
      const again = await crm.as(system).import({ inputs: files });
      for (const { created = 0, updated = 0 } of Object.values(fatesOf(again)))
        expect(created + updated).toBe(0);
      expect(await crm.versions(system)).toEqual(before);
      expect(await brokenIn(system)).toEqual(broken);
      const verified = await crm.as(system).verify({ inputs: files, limit: 100 });
      expect(verified).toMatchObject({ verdict: 'pass', exitCode: 0 });
    },
  );

  it.for(Object.entries(inputs))(
    '%s: every record that breaks a rule is in the CRM',
    async ([system]) => {
      const rows = await rowsOf(
        system,
        `SELECT DISTINCT i.entity, i.source_id FROM migration.issues i JOIN migration.runs r ON r.no = i.run_no
         JOIN account a ON a.id = r.account_id WHERE i.code = 'RULE_BROKEN' AND NOT EXISTS (
         SELECT 1 FROM migration.id_map m WHERE m.account_id = a.id AND m.entity = i.entity AND m.source_id = i.source_id AND m.part IS NULL)`,
      );
      expect(rows).toEqual([]);
      expect(Object.keys(await brokenIn(system)).length).toBeGreaterThan(0);
    },
  );

  describe('teammates-crm', () => {
    const system = 'teammates-crm';

    it('reports what breaks each of its rules', async () => {
      expect(await brokenIn(system)).toEqual({
        'a contact has an e-mail address or a telephone number': 'contacts 14',
        'a converted lead has its contact': 'leads 7',
        'a converted lead has its deal': 'leads 7',
        'a deal has a contact': 'deals 25, deals 26',
        'a lead has an e-mail address or a telephone number': 'leads 6',
        'a lead is converted into one deal': 'leads 8',
      });
    });

    it('needs an e-mail or a phone, and nothing else', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, p.last_name, p.email, p.phone FROM crm.people p JOIN account a ON a.id = p.account_id
             JOIN keys k ON k.target_id = p.id WHERE k.key IN ('leads:2#person', 'leads:6#person', 'contacts:14')`,
        ),
      ).toEqual({
        'contacts:14': { last_name: 'Muet', email: null, phone: null },
        'leads:2#person': { last_name: 'de la Démo', email: null, phone: '+33600000002' },
        'leads:6#person': { last_name: 'Injoignable', email: null, phone: null },
      });
    });

    it('makes one contact and one deal of a converted lead, and invents none', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, l.status, pk.key AS person, p.section,
                  (SELECT string_agg(dk.key, ' ' ORDER BY dk.key) FROM crm.deals d JOIN keys dk ON dk.target_id = d.id
                    WHERE d.account_id = l.account_id AND d.lead_id = l.id) AS deals
             FROM crm.leads l JOIN account a ON a.id = l.account_id JOIN keys k ON k.target_id = l.id
             JOIN crm.people p ON p.account_id = l.account_id AND p.id = l.person_id JOIN keys pk ON pk.target_id = p.id
            WHERE l.status = 'converted'`,
        ),
      ).toEqual({
        'leads:4': {
          status: 'converted',
          person: 'contacts:11',
          section: 'contact',
          deals: 'deals:21',
        },
        'leads:7': {
          status: 'converted',
          person: 'leads:7#person',
          section: 'contact',
          deals: null,
        },
        'leads:8': {
          status: 'converted',
          person: 'contacts:12',
          section: 'contact',
          deals: 'deals:22 deals:23',
        },
        'leads:10': {
          status: 'converted',
          person: 'contacts:13',
          section: 'contact',
          deals: 'deals:24',
        },
      });
      expect(
        await rowsOf(
          system,
          `SELECT count(*)::int AS people FROM crm.people p JOIN account a ON a.id = p.account_id WHERE p.last_name = 'Chantier'`,
        ),
      ).toEqual([{ people: 1 }]);
    });

    it('keeps the deals and activities of a deleted contact', async () => {
      expect(
        await rowsOf(
          system,
          `SELECT p.is_deleted AS person, d.is_deleted AS deal, dp.is_deleted AS link, act.subject, act.is_deleted AS activity
             FROM crm.people p JOIN account a ON a.id = p.account_id JOIN keys k ON k.target_id = p.id AND k.key = 'contacts:13'
             JOIN crm.deal_people dp ON dp.account_id = p.account_id AND dp.person_id = p.id
             JOIN crm.deals d ON d.account_id = p.account_id AND d.id = dp.deal_id
             JOIN crm.activities act ON act.account_id = p.account_id AND act.person_id = p.id AND NOT act.is_deleted`,
        ),
      ).toEqual([
        { person: true, deal: false, link: false, subject: 'Re: toiture', activity: false },
      ]);
    });

    it('brings in a deal without its contact, and keeps a stage that was renamed', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, d.stage, d.custom_fields->>'stage' AS original, d.custom_fields->>'set_by' AS set_by, u.email AS owner,
                  (SELECT count(*)::int FROM crm.deal_people dp WHERE dp.account_id = d.account_id AND dp.deal_id = d.id) AS people
             FROM crm.deals d JOIN account a ON a.id = d.account_id JOIN keys k ON k.target_id = d.id
             LEFT JOIN crm.users u ON u.account_id = d.account_id AND u.id = d.owner_id
            WHERE k.key IN ('deals:25', 'deals:26', 'deals:27')`,
        ),
      ).toEqual({
        'deals:25': {
          stage: 'knowing_property',
          original: 'Qualified',
          set_by: 'You',
          owner: 'owner@teammates.example.com',
          people: 0,
        },
        'deals:26': {
          stage: 'offer',
          original: 'Proposal',
          set_by: 'You',
          owner: 'owner@teammates.example.com',
          people: 0,
        },
        'deals:27': {
          stage: 'knowing_property',
          original: 'Devis accepté',
          set_by: 'Ledger',
          owner: 'second@teammates.example.com',
          people: 1,
        },
      });
    });

    it('says of every row who set it', async () => {
      for (const table of ['leads', 'deals', 'activities']) {
        const silent = await rowsOf(
          system,
          `SELECT k.key FROM crm.${table} t JOIN account a ON a.id = t.account_id JOIN keys k ON k.target_id = t.id
            WHERE NOT t.custom_fields ? 'set_by'`,
        );
        expect(silent, table).toEqual([]);
      }
    });

    it('has quotes as notes of their deals, and drafts as planned', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, t.type, t.status, t.occurred_at IS NULL AS open, dk.key AS deal, t.custom_fields->>'amount' AS amount,
                  (SELECT min(f.file_name) FROM crm.attachments f WHERE f.account_id = t.account_id AND f.activity_id = t.id) AS file
             FROM crm.activities t JOIN account a ON a.id = t.account_id JOIN keys k ON k.target_id = t.id
             LEFT JOIN keys dk ON dk.target_id = t.deal_id WHERE k.key LIKE 'quotes:31%' OR k.key = 'activities:42'`,
        ),
      ).toEqual({
        'activities:42': {
          type: 'email',
          status: 'planned',
          open: true,
          deal: 'deals:21',
          amount: null,
          file: null,
        },
        'quotes:31': {
          type: 'note',
          status: null,
          open: false,
          deal: 'deals:21',
          amount: '12500',
          file: 'Q-2026-001.pdf',
        },
      });
    });
  });

  describe('sales-crm', () => {
    const system = 'sales-crm';

    it('reports every status that is not honest', async () => {
      expect(await brokenIn(system)).toEqual({
        'a converted lead has a won deal': 'leads L-1007',
        'a disqualified lead has a reason': 'leads L-1009',
        'a qualified lead has a customer': 'leads L-1008, leads L-1011',
        'a qualified lead has a deal': 'leads L-1006, leads L-1014',
      });
    });

    it('takes the customer that a qualified lead names, or who has its phone or e-mail, and makes no second', async () => {
      const found = await keyed(
        system,
        `SELECT k.key, l.status, pk.key AS person, p.section FROM crm.leads l JOIN account a ON a.id = l.account_id
           JOIN keys k ON k.target_id = l.id JOIN crm.people p ON p.account_id = l.account_id AND p.id = l.person_id
           JOIN keys pk ON pk.target_id = p.id WHERE NOT l.is_deleted`,
      );
      expect(found).toMatchObject({
        'leads:L-1001': { status: 'new', person: 'leads:L-1001#person', section: 'lead' },
        'leads:L-1003': { status: 'qualified', person: 'customers:C-201', section: 'contact' },
        // By telephone and by e-mail.
        'leads:L-1006': { person: 'customers:C-203 leads:L-1006#customer', section: 'contact' },
        'leads:L-1010': { person: 'customers:C-205 leads:L-1010#customer', section: 'contact' },
        // Nobody, and two of whom none is chosen.
        'leads:L-1008': {
          status: 'converted',
          person: 'leads:L-1008#customer',
          section: 'contact',
        },
        'leads:L-1011': { person: 'leads:L-1011#customer', section: 'lead' },
        // Not qualified: the system has not looked yet.
        'leads:L-1013': { status: 'new', person: 'leads:L-1013#person', section: 'lead' },
        // The customer was deleted, and is the customer still.
        'leads:L-1015': { status: 'converted', person: 'customers:C-209', section: 'contact' },
      });
      expect(
        await rowsOf(
          system,
          `SELECT l.custom_fields->>'phone' AS phone, p.phone AS of_customer FROM crm.leads l JOIN account a ON a.id = l.account_id
             JOIN keys k ON k.target_id = l.id AND k.key = 'leads:L-1010' JOIN crm.people p ON p.account_id = l.account_id AND p.id = l.person_id`,
        ),
      ).toEqual([{ phone: '+34 600 100 010', of_customer: '+34600200205' }]);
    });

    it('has disqualified leads as lost, with the reason', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, l.lost_reason, l.custom_fields->>'status' AS original FROM crm.leads l JOIN account a ON a.id = l.account_id
             JOIN keys k ON k.target_id = l.id WHERE l.status = 'lost'`,
        ),
      ).toEqual({
        'leads:L-1005': { lost_reason: 'Looks for a rental only', original: 'Disqualified' },
        'leads:L-1009': { lost_reason: null, original: 'Disqualified' },
      });
    });

    it('imports the rows that the system itself imports', async () => {
      const run = await crm.as('sales-import').import({ inputs: samplesOf('sales-crm/import') });
      expect(run).toMatchObject({ status: 'complete', balanced: true, source: system });
      expect(fatesOf(run)).toEqual({ leads: { created: 4 } });
      expect(
        await rowsOf(
          'sales-import',
          `SELECT p.first_name, p.last_name, p.phone, l.source, l.stage FROM crm.leads l JOIN account a ON a.id = l.account_id
             JOIN crm.people p ON p.account_id = l.account_id AND p.id = l.person_id ORDER BY 1`,
        ),
      ).toEqual([
        {
          first_name: 'Jan',
          last_name: 'van der Prueba',
          phone: '+31600000302',
          source: 'referral',
          stage: 'neutral',
        },
        {
          first_name: 'José Luis',
          last_name: 'Muestra',
          phone: '+34600300003',
          source: 'cold_calling',
          stage: null,
        },
        {
          first_name: 'Marina',
          last_name: 'Ejemplo',
          phone: '+34600300001',
          source: 'website',
          stage: 'hot',
        },
        { first_name: 'Sin', last_name: 'Teléfono', phone: null, source: 'website', stage: 'cold' },
      ]);
    });
  });

  describe('less-annoying-crm', () => {
    const system = 'less-annoying-crm';

    it('reports a lead that is attached to nobody', async () => {
      expect(await brokenIn(system)).toEqual({
        'a lead is attached to a contact or a company': 'leads 306',
      });
    });

    it('has people and companies of one list in their tables', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, p.last_name AS name, rk.key AS company FROM crm.people p JOIN account a ON a.id = p.account_id
             JOIN keys k ON k.target_id = p.id LEFT JOIN keys rk ON rk.target_id = p.relation_id
            UNION ALL SELECT k.key, r.name, 'itself' FROM crm.relations r JOIN account a ON a.id = r.account_id JOIN keys k ON k.target_id = r.id`,
        ),
      ).toEqual({
        'contacts:101': { name: 'Lovejoy', company: 'contacts:201' },
        'contacts:102': { name: 'de la Cruz', company: null },
        'contacts:103': { name: 'Waters', company: null },
        'contacts:104': { name: 'Gone', company: null },
        'contacts:201': { name: 'Sample Lawyers', company: 'itself' },
        'contacts:202': { name: 'Example Builders', company: 'itself' },
        'contacts:203': { name: 'Closed Bank', company: 'itself' },
        'leads:304#company': { name: 'Example Builders', company: 'contacts:202' },
        'leads:306#person': { name: 'Attached', company: null },
      });
    });

    it('attaches several leads to one contact, or to a company, with statuses as they are called', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, pk.key AS person, l.status, l.custom_fields->>'status' AS original, l.custom_fields->>'value' AS value
             FROM crm.leads l JOIN account a ON a.id = l.account_id JOIN keys k ON k.target_id = l.id
             JOIN keys pk ON pk.target_id = l.person_id WHERE NOT l.is_deleted`,
        ),
      ).toEqual({
        'leads:301': {
          person: 'contacts:102',
          status: 'new',
          original: 'New lead',
          value: '250000',
        },
        'leads:302': {
          person: 'contacts:102',
          status: 'converted',
          original: 'Closed - Won',
          value: '180000',
        },
        'leads:303': {
          person: 'contacts:103',
          status: 'new',
          original: 'Second coffee with the boss',
          value: null,
        },
        'leads:304': {
          person: 'leads:304#company',
          status: 'qualified',
          original: 'Proposal sent',
          value: '900000',
        },
        'leads:305': { person: 'contacts:101', status: 'lost', original: null, value: '320000' },
        'leads:306': {
          person: 'leads:306#person',
          status: 'contacted',
          original: null,
          value: null,
        },
        'leads:308': {
          person: 'contacts:104',
          status: 'qualified',
          original: 'Viewing',
          value: null,
        },
      });
    });

    it('keeps the two kinds of notes apart', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, pk.key AS person, rk.key AS company, lk.key AS lead FROM crm.activities t JOIN account a ON a.id = t.account_id
             JOIN keys k ON k.target_id = t.id LEFT JOIN keys pk ON pk.target_id = t.person_id
             LEFT JOIN keys rk ON rk.target_id = t.relation_id LEFT JOIN keys lk ON lk.target_id = t.lead_id
            WHERE t.type = 'note' AND NOT t.is_deleted`,
        ),
      ).toEqual({
        'notes:401': { person: 'contacts:102', company: null, lead: null },
        'notes:402': { person: null, company: 'contacts:201', lead: null },
        'notes:403': { person: null, company: null, lead: null },
        'pipeline_notes:501': { person: null, company: null, lead: 'leads:301' },
        'pipeline_notes:502': { person: null, company: null, lead: 'leads:304' },
        'pipeline_notes:503': { person: 'contacts:102', company: null, lead: null },
      });
    });

    it('has tasks with who is to do them', async () => {
      expect(
        await keyed(
          system,
          `SELECT k.key, t.status, t.done_at IS NOT NULL AS done, pk.key AS person, rk.key AS company, u.email AS agent, t.is_deleted
             FROM crm.activities t JOIN account a ON a.id = t.account_id JOIN keys k ON k.target_id = t.id
             LEFT JOIN keys pk ON pk.target_id = t.person_id LEFT JOIN keys rk ON rk.target_id = t.relation_id
             LEFT JOIN crm.users u ON u.account_id = t.account_id AND u.id = t.author_id WHERE t.type = 'task'`,
        ),
      ).toEqual({
        'tasks:601': {
          status: 'planned',
          done: false,
          person: 'contacts:102',
          company: null,
          agent: 'tom@less.example.com',
          is_deleted: false,
        },
        'tasks:602': {
          status: 'done',
          done: true,
          person: null,
          company: 'contacts:201',
          agent: 'vera@less.example.com',
          is_deleted: false,
        },
        'tasks:603': {
          status: 'planned',
          done: false,
          person: null,
          company: null,
          agent: 'vera@less.example.com',
          is_deleted: true,
        },
      });
    });
  });
});
