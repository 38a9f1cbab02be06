// Two reports as documents: one that went well, and one in which everything happened that can happen.
import type { Fate } from '../../src/model/fate.ts';
import { accountedFor, noFates } from '../../src/model/fate.ts';
import type {
  ReportDocument,
  RunDocument,
  TableCounts,
  VerifyDocument,
} from '../../src/run/documents.ts';

/** The counts of a table: what is read is the sum of the fates. */
export function counts(given: Partial<Record<Fate, number>>, deleted = 0): TableCounts {
  const all = { ...noFates, ...given };
  const read = accountedFor(all);
  return { read, active: read - deleted, deleted, fates: all };
}

const run: RunDocument = {
  run: '0199a3c1-7b52-7d10-9a4e-2f6c81d0b7aa',
  command: 'import',
  withdrawal: null,
  status: 'complete',
  source: 'sooprema',
  account: 'costa-blanca-homes',
  inputs: [
    {
      name: 'export/properties.json',
      bytes: 18_349_201,
      sha256: '3f1c9d0a5be27846a1d0c7f2be9a55d47c10be6f2d3f98aa0b6c4e51d2f7a913',
    },
    {
      name: 'export/contacts.json',
      bytes: 6_120_447,
      sha256: 'a77d02c4f19be36580d4e2b6c8f13a905e2d7b41c6f08a9d3b5e7c102f4d6889',
    },
  ],
  startedAt: '2026-07-29T13:58:41.204Z',
  finishedAt: '2026-07-29T14:00:16.830Z',
  tool: '0.1.0',
  of: null,
  rollback: null,
  rejects: { kept: 2, later: {}, open: 2, runs: [] },
  waiting: { records: {}, entities: {} },
  mapping: 'c0ffee52a9d14b7e8f3061d2a4b5968778695a4b3c2d1e0ff0e1d2c3b4a59687',
  records: {
    properties: counts({ created: 4218 }, 611),
    contacts: counts({ created: 6894, duplicate: 37 }, 402),
    deals: counts({ created: 1198 }, 73),
    users: counts({ created: 14 }, 2),
  },
  entities: {
    users: counts({ created: 14 }, 2),
    people: counts({ created: 6894, duplicate: 37 }, 402),
    properties: counts({ created: 4218 }, 611),
    property_images: counts({ created: 61_477 }, 8120),
    deals: counts({ created: 1198 }, 73),
    deal_people: counts({ created: 2210 }, 104),
  },
  balanced: true,
  issues: {
    error: 0,
    warning: 431,
    info: 90,
    byCode: { PHONE_INVALID: 212, VALUE_NOT_IN_TABLE: 219, URL_REPAIRED: 53, DUPLICATE_ROW: 37 },
  },
  groups: [
    {
      code: 'VALUE_NOT_IN_TABLE',
      severity: 'warning',
      entity: 'properties',
      field: 'typeName',
      count: 219,
      message: 'properties 10233, typeName: “Casa cueva” is not in the value table.',
      examples: [
        { sourceId: '10233', value: 'Casa cueva' },
        { sourceId: '10871', value: 'Masía' },
        { sourceId: '11002', value: 'Casa cueva' },
      ],
    },
    {
      code: 'PHONE_INVALID',
      severity: 'warning',
      entity: 'contacts',
      field: 'mobile',
      count: 212,
      message: 'contacts 871, mobile: “llamar tardes” is not a telephone number.',
      examples: [
        { sourceId: '871', value: 'llamar tardes' },
        { sourceId: '1204', value: '96 5' },
      ],
    },
    {
      code: 'URL_REPAIRED',
      severity: 'info',
      entity: 'properties',
      field: 'images[].url',
      count: 53,
      message: 'properties 9912, images[].url: the web address had spaces.',
      examples: [{ sourceId: '9912', value: 'https://img.example/terrace view.jpg' }],
    },
    {
      code: 'DUPLICATE_ROW',
      severity: 'info',
      entity: 'contacts',
      field: null,
      count: 37,
      message: 'contacts 5120: another record stands for the same row of the CRM.',
      examples: [
        { sourceId: '5120', value: null },
        { sourceId: '5188', value: null },
      ],
    },
  ],
  changes: [],
  duplicates: {
    total: 2,
    pairs: [
      {
        entity: 'people',
        score: 7,
        reasons: ['same_email', 'same_phone'],
        first: {
          id: '0199a3c1-7b52-7d10-9a4e-2f6c81d0b701',
          entity: 'contacts',
          sourceId: '41',
          values: { first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.com' },
        },
        second: {
          id: '0199a3c1-7b52-7d10-9a4e-2f6c81d0b702',
          entity: null,
          sourceId: null,
          values: { last_name: 'Ruiz', email: 'ana@example.com', phone: '+34612345678' },
        },
      },
    ],
  },
  media: { named: 40, stored: 38 },
  coverage: [
    { entity: 'properties', field: 'salesReference', filled: 4218, use: 'mapped' },
    { entity: 'properties', field: 'salesPrice', filled: 3991, use: 'mapped' },
    { entity: 'properties', field: 'typeName', filled: 4218, use: 'mapped' },
    { entity: 'properties', field: 'location.latitude', filled: 3870, use: 'mapped' },
    { entity: 'properties', field: 'orientation', filled: 1322, use: 'custom' },
    { entity: 'properties', field: 'distanceToBeach', filled: 986, use: 'custom' },
    { entity: 'properties', field: 'internalChecksum', filled: 4218, use: 'ignored' },
    { entity: 'contacts', field: 'firstName', filled: 6902, use: 'mapped' },
    { entity: 'contacts', field: 'email', filled: 6114, use: 'mapped' },
    { entity: 'contacts', field: 'favouriteWine', filled: 3, use: 'custom' },
  ],
  seconds: 95.6,
  exitCode: 0,
};

const verification: VerifyDocument = {
  run: run.run,
  command: 'verify',
  source: run.source,
  account: run.account,
  inputs: run.inputs,
  startedAt: '2026-07-29T14:02:00.000Z',
  finishedAt: '2026-07-29T14:03:10.000Z',
  verdict: 'pass',
  workbook: {
    lines: [
      {
        entity: 'contacts',
        dimension: null,
        value: null,
        screens: { active: 6530, deleted: null },
        baseline: { active: 6529, deleted: 402 },
        source: { active: 6529, deleted: 402 },
        crm: { active: 6492, deleted: 402 },
        note: 'one was made after the export',
        deviations: [
          { of: 'screens', side: 'active', difference: 1, reasons: {}, explained: true },
          {
            of: 'crm',
            side: 'active',
            difference: -37,
            reasons: { duplicate: 37 },
            explained: true,
          },
        ],
        ok: true,
      },
    ],
    total: { lines: 1, unexplained: 0 },
  },
  counts: [
    {
      entity: 'users',
      baseline: { active: 12, deleted: 2 },
      source: { active: 12, deleted: 2 },
      crm: { active: 12, deleted: 2 },
      accounted: {},
      ok: true,
    },
    {
      entity: 'people',
      baseline: { active: 6529, deleted: 402 },
      source: { active: 6529, deleted: 402 },
      crm: { active: 6492, deleted: 402 },
      accounted: { duplicate: 37 },
      ok: true,
    },
    {
      entity: 'properties',
      baseline: { active: 3607, deleted: 611 },
      source: { active: 3607, deleted: 611 },
      crm: { active: 3607, deleted: 611 },
      accounted: {},
      ok: true,
    },
    {
      entity: 'property_images',
      baseline: null,
      source: { active: 53_357, deleted: 8120 },
      crm: { active: 53_357, deleted: 8120 },
      accounted: {},
      ok: true,
    },
    {
      entity: 'deals',
      baseline: { active: 1125, deleted: 73 },
      source: { active: 1125, deleted: 73 },
      crm: { active: 1125, deleted: 73 },
      accounted: {},
      ok: true,
    },
    {
      entity: 'deal_people',
      baseline: null,
      source: { active: 2106, deleted: 104 },
      crm: { active: 2106, deleted: 104 },
      accounted: {},
      ok: true,
    },
  ],
  ids: { compared: 76_011, missing: [], unexpected: [], total: { missing: 0, unexpected: 0 } },
  fields: { compared: 912_406, different: [], explained: 4, total: 0 },
  links: { compared: 71_233, broken: [], total: 0 },
  media: { compared: 0, missing: [], different: [] },
  seconds: 70,
  exitCode: 0,
};

/** 12,361 records, all in the CRM, verified. */
export const goodReport: ReportDocument = { run, verification };

/** Rejected, parked and excluded records, changes, hostile texts, and a verification that found differences. */
export const difficultReport: ReportDocument = {
  run: {
    ...run,
    run: '0199b001-0000-7000-8000-00000000beef',
    source: 'inmoweb',
    account: 'marina & söhne <s.l.>',
    inputs: [
      {
        name: '<script>alert(1)</script>.xml',
        bytes: 397_568,
        sha256: '9b74c9897bac770ffc029102a200c5de1f6f2e13a0d9f0a6c5f3d2a1b0c9d8e7',
      },
    ],
    records: {
      propiedad: counts({ created: 120, updated: 31, unchanged: 402, retired: 9, rejected: 2 }, 40),
      contacto: counts({ created: 880, duplicate: 12, excluded: 30, parked: 5, rejected: 1 }, 90),
      visita: counts({}),
    },
    entities: {
      people: counts({ created: 880, duplicate: 12, excluded: 30, parked: 5, rejected: 1 }, 90),
      properties: counts(
        { created: 120, updated: 31, unchanged: 402, retired: 9, rejected: 2 },
        40,
      ),
      activities: counts({}),
    },
    issues: {
      error: 3,
      warning: 2,
      info: 0,
      byCode: { REQUIRED_VALUE_MISSING: 2, RECORD_MALFORMED: 1, EMAIL_INVALID: 2 },
    },
    groups: [
      {
        code: 'REQUIRED_VALUE_MISSING',
        severity: 'error',
        entity: 'propiedad',
        field: 'referencia',
        count: 2,
        message: 'propiedad 4711, referencia: a required value is missing.',
        examples: [
          { sourceId: '4711', value: null },
          { sourceId: '4712', value: '   ' },
        ],
      },
      {
        code: 'RECORD_MALFORMED',
        severity: 'error',
        entity: 'contacto',
        field: null,
        count: 1,
        message: 'contacto: the record cannot be read.',
        examples: [{ sourceId: null, value: '<contacto><nombre>Ana</contacto>' }],
      },
      {
        code: 'EMAIL_INVALID',
        severity: 'warning',
        entity: 'contacto',
        field: 'email',
        count: 2,
        message: 'contacto 12, email: “<script>alert(2)</script>” is not an e-mail address.',
        examples: [
          { sourceId: '12', value: '<script>alert(2)</script>' },
          { sourceId: '13', value: '"><img src=x onerror=alert(3)>' },
        ],
      },
    ],
    changes: [
      {
        entity: 'properties',
        sourceId: 'AL-204',
        field: 'price',
        old: '349000.00',
        new: '325000.00',
      },
      { entity: 'properties', sourceId: 'AL-204', field: 'status', old: 'draft', new: 'active' },
      {
        entity: 'properties',
        sourceId: 'AL-310',
        field: 'descriptions',
        old: null,
        new: '=HYPERLINK("http://evil.example")',
      },
    ],
    coverage: [
      { entity: 'propiedad', field: 'referencia', filled: 562, use: 'mapped' },
      { entity: 'propiedad', field: 'zona<b>', filled: 12, use: 'custom' },
    ],
    exitCode: 1,
  },
  verification: {
    ...verification,
    run: '0199b001-0000-7000-8000-00000000beef',
    verdict: 'fail',
    counts: [
      {
        entity: 'people',
        baseline: { active: 838, deleted: 90 },
        source: { active: 838, deleted: 90 },
        crm: { active: 790, deleted: 90 },
        accounted: { duplicate: 12, excluded: 30, parked: 5, rejected: 1 },
        ok: true,
      },
      {
        entity: 'properties',
        baseline: { active: 516, deleted: 40 },
        source: { active: 515, deleted: 40 },
        crm: { active: 512, deleted: 40 },
        accounted: { rejected: 2 },
        ok: false,
      },
    ],
    ids: {
      compared: 1481,
      missing: [{ entity: 'properties', sourceId: 'AL-777', id: null }],
      unexpected: [
        { entity: 'people', sourceId: null, id: '0199b001-1111-7000-8000-00000000cafe' },
      ],
      total: { missing: 1, unexpected: 1 },
    },
    fields: {
      compared: 20_310,
      different: [
        {
          entity: 'properties',
          sourceId: 'AL-204',
          field: 'price',
          source: '325000.00',
          crm: '32500.00',
        },
        {
          entity: 'property_images',
          sourceId: 'AL-204',
          part: 'https://img.example/1.jpg',
          field: 'position',
          source: '1',
          crm: null,
        },
      ],
      explained: 1,
      total: 2,
    },
    links: {
      compared: 2011,
      broken: [
        {
          entity: 'properties',
          sourceId: 'AL-205',
          field: 'owner_person_id',
          source: 'contacto:44',
          crm: 'contacto:45',
        },
      ],
      total: 1,
    },
    media: {
      compared: 3,
      missing: [{ entity: 'attachments', sourceId: 'D-9', id: null }],
      different: [],
    },
    exitCode: 1,
  },
};

/** A preview of the same source: nothing is written, nothing verified. */
export const previewReport: ReportDocument = {
  run: { ...difficultReport.run, command: 'preview', status: 'planned' },
  verification: null,
};

/** A source without a record. */
export const emptyReport: ReportDocument = {
  run: {
    ...run,
    records: {},
    entities: {},
    rejects: { kept: 0, later: {}, open: 0, runs: [] },
    issues: { error: 0, warning: 0, info: 0, byCode: {} },
    groups: [],
    coverage: [],
  },
  verification: null,
};
