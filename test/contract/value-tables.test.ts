import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Findings, checkShape, parseFile } from '../../src/mapping/document.ts';
import { readMappingFiles } from '../../src/mapping/files.ts';
import { type TableText, tableSchema } from '../../src/mapping/schema.ts';
import { compileTable, foldSpelling } from '../../src/mapping/table.ts';
import * as crm from '../../src/crm/values.ts';

/** The list of the CRM that a table's values are of; the other tables fill columns that have no list. */
const lists: Readonly<Record<string, readonly string[]>> = {
  'activity-statuses': crm.activityStatuses,
  'activity-types': crm.activityTypes,
  'deal-pipelines': crm.pipelines,
  'deal-stages': crm.dealStages,
  'deal-types': crm.dealTypes,
  directions: crm.directions,
  'done-or-planned': crm.activityStatuses,
  'energy-ratings': crm.energyRatings,
  'hubspot-sources': crm.leadSources,
  'inmoweb-deal-types': crm.dealTypes,
  'inmoweb-operations': crm.transactions,
  'inmoweb-property-types': crm.propertyTypes,
  'inmoweb-relation-types': crm.relationTypes,
  'lead-sources': crm.leadSources,
  'lead-stages': crm.leadStages,
  'lead-statuses': crm.leadStatuses,
  'lead-types': crm.leadTypes,
  'pipeline-statuses': crm.leadStatuses,
  pools: crm.pools,
  'price-frequencies': crm.transactions,
  'price-periods': crm.pricePeriods,
  priorities: crm.priorities,
  'property-statuses': crm.propertyStatuses,
  'priority-temperatures': crm.leadStages,
  'property-types': crm.propertyTypes,
  'relation-types': crm.relationTypes,
  'sales-crm-lead-statuses': crm.leadStatuses,
  'sales-stages': crm.dealStages,
  salutations: crm.salutations,
  'sooprema-periods': crm.pricePeriods,
  'sooprema-property-types': crm.propertyTypes,
  'sooprema-statuses': crm.propertyStatuses,
  'teammates-lead-statuses': crm.leadStatuses,
  transactions: crm.transactions,
  'user-roles': crm.userRoles,
};

const files = await readMappingFiles(
  fileURLToPath(new URL('../../mappings/kyero', import.meta.url)),
);
const findings = new Findings();
const tables = new Map<string, TableText>();
for (const file of files.filter(({ name }) => /[/\\]tables[/\\]/.test(name))) {
  const parsed = parseFile(file, findings);
  const text = parsed === undefined ? undefined : checkShape(tableSchema, parsed);
  if (parsed !== undefined && text !== undefined) {
    compileTable(text, parsed.place);
    tables.set(text.table, text);
  }
}

describe('value tables', () => {
  test('are tables', () => {
    findings.settle();
    expect(tables.size).toBeGreaterThanOrEqual(Object.keys(lists).length);
  });

  test.each(Object.entries(lists))('%s gives values of the CRM alone', (name, list) => {
    const values = Object.keys(tables.get(name)?.values ?? {});
    expect(values.filter((value) => value !== '' && !list.includes(value))).toEqual([]);
    expect(values.length).toBeGreaterThan(0);
  });

  test.each([...tables.values()].map((table) => [table.table, table] as const))(
    '%s has each spelling once',
    (_name, { values }) => {
      const spellings = Object.values(values).flat().map(foldSpelling);
      expect(spellings.filter((spelling, index) => spellings.indexOf(spelling) !== index)).toEqual(
        [],
      );
    },
  );

  test('every portal is a source of leads: portals', () => {
    const portals = Object.values(tables.get('portals')?.values ?? {}).flat();
    const sources = tables.get('lead-sources')?.values['portals']?.map(foldSpelling) ?? [];
    expect(portals.filter((portal) => !sources.includes(foldSpelling(portal)))).toEqual([]);
  });
});
