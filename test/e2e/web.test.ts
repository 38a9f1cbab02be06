// The web server as a browser sees it: real HTTP on loopback, on both databases.
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  columnsSchema,
  editEffectSchema,
  editListSchema,
  editResultSchema,
  feedSchema,
  failureSchema,
  importSchema,
  previewCountsSchema,
  previewRowsSchema,
  profileListSchema,
  readingSchema,
  runListSchema,
  runSchema,
  undoSchema,
  valuesSchema,
  type PreviewCounts,
} from '../../src/web/api.ts';
import { databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { TestWeb, type Visitor } from '../support/web.ts';

const header = 'First name;Last name;E-mail;Mobile;Agent e-mail;Status;Shoe size;Created\n';
const row = (
  n: number,
  { email = `p${String(n)}@example.com`, status = 'new', created = '03/04/2024' } = {},
) =>
  `Ana;Prueba ${String.fromCharCode(97 + (n % 26))};${email};+3461000${String(1000 + n)};ana@agency.example;${status};${String(36 + (n % 9))};${created}\n`;

/** Twelve leads: three of an unknown status, one with an e-mail that is none, one whose name would be markup. */
const leads =
  header +
  Array.from({ length: 11 }, (_, n) =>
    row(n, {
      ...(n % 4 === 1 ? { status: 'Nurture later' } : {}),
      ...(n === 5 ? { email: 'not-an-email', status: 'new' } : {}),
    }),
  ).join('') +
  `"<script>alert(1)</script>";Prueba z;z@example.com;+34610009999;ana@agency.example;new;40;05/06/2024\n`;

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

// The whole way is gone on both databases; what has little to do with them is tried on the quicker one.
const once = (kind: DatabaseKind) => (kind === 'server' ? it : it.skip);

describe.each(databaseKinds)('the web server (%s)', (kind) => {
  const itOnce = once(kind);
  let web: TestWeb;
  let admin: Visitor;
  let viewer: Visitor;
  let stranger: Visitor;

  beforeAll(async () => {
    web = await TestWeb.open(kind);
    const [token] = await web.tokens([{ account: 'costa', role: 'admin' }]);
    admin = await web.visitor(token);
    if (kind === 'embedded') return;
    const others = await web.tokens([
      { account: 'costa', role: 'viewer' },
      { account: 'other', role: 'admin' },
    ]);
    admin = await web.visitor(token);
    viewer = await web.visitor(others[0]);
    stranger = await web.visitor(others[1]);
  });
  afterAll(async () => {
    await web.close();
    expect(web.complaints).toEqual([]);
  });

  const counts = (id: string, query = ''): Promise<PreviewCounts> =>
    admin.get(previewCountsSchema, 'GET', `/imports/${id}/counts${query}`);
  const rows = (id: string, query = '') =>
    admin.get(previewRowsSchema, 'GET', `/imports/${id}/rows${query}`);

  it('takes a file from the upload to the result, and back', async () => {
    const id = await admin.begin('leads', 'leads.csv', leads);

    const reading = await admin.get(readingSchema, 'GET', `/imports/${id}/reading`);
    expect(reading.table).toMatchObject({ delimiter: ';', encoding: 'utf-8', headerLine: 1 });
    expect(reading.table?.lines.slice(0, 2).map(({ role }) => role)).toEqual(['header', 'row']);

    const columns = await admin.get(columnsSchema, 'GET', `/imports/${id}/columns`);
    const fields = Object.fromEntries(columns.columns.map(({ name, field }) => [name, field]));
    expect(fields).toMatchObject({ 'E-mail': 'email', Status: 'lead.status', 'Shoe size': null });
    expect(columns.columns.find(({ name }) => name === 'Created')?.form).toMatchObject({
      form: 'undecided',
      by: 'nobody',
    });
    expect(columns.missing).toEqual([]);

    await admin.check(id);
    const first = await counts(id);
    expect(first.read).toBe(12);
    expect(sum(first.fates)).toBe(12);
    // Each unknown status, and the one e-mail that is none.
    expect(first.fates.rejected).toBe(3);

    // Every number on a filter is what choosing it shows.
    for (const { code, column, rows: expected } of first.issues) {
      const query = `?code=${code}${column === null ? '' : `&column=${encodeURIComponent(column)}`}`;
      expect((await rows(id, query)).total).toBe(expected);
    }
    const rejected = await rows(id, '?fate=rejected');
    expect(rejected.total).toBe(first.fates.rejected);
    expect(new Set(rejected.rows.map(({ fate }) => fate))).toEqual(new Set(['rejected']));

    // All equal cells at once, after a look at what it would do.
    const edit = { kind: 'value', column: 'Status', value: 'Nurture later', to: 'contacted' };
    await admin.get(editResultSchema, 'POST', `/imports/${id}/edits`, { edit });
    const mail = { kind: 'cell', row: 5, column: 'E-mail', to: 'five@example.com' };
    const effect = await admin.get(editEffectSchema, 'POST', `/imports/${id}/edits/try`, {
      edit: mail,
    });
    expect(effect.rows).toBe(1);
    expect(effect.examples[0]?.issuesBefore.map(({ code }) => code)).toContain('EMAIL_INVALID');
    expect(effect.examples[0]?.issuesAfter.map(({ code }) => code)).not.toContain('EMAIL_INVALID');
    await admin.get(editResultSchema, 'POST', `/imports/${id}/edits`, { edit: mail });
    const outdated = await admin.get(importSchema, 'GET', `/imports/${id}`);
    expect(outdated.state).toBe('outdated');
    expect((await admin.ask('POST', `/imports/${id}/import`)).status).toBe(409);
    const pending = (await rows(id, '?corrected=true')).rows;
    expect(pending.map(({ row: n, pending: p, cells }) => [n, p, cells['E-mail']])).toEqual([
      [5, true, 'five@example.com'],
    ]);
    expect(pending[0]?.corrected).toEqual({ 'E-mail': 'not-an-email' });

    expect((await admin.check(id)).state).toBe('checked');
    const shown = await counts(id);
    expect(shown.fates).toMatchObject({ created: 12, rejected: 0 });

    const imported = await admin.import(id);
    expect(imported).toMatchObject({ state: 'imported', failure: null });
    const run = await admin.get(runSchema, 'GET', `/runs/${imported.run ?? ''}`);
    expect(run).toMatchObject({
      status: 'complete',
      asPreviewed: true,
      balanced: true,
      import: id,
    });
    expect(run.records['leads']?.fates).toMatchObject(shown.fates);
    expect(run.files).toEqual(['leads.csv']);

    await admin.get(runSchema, 'POST', `/runs/${run.id}/verify`);
    expect((await admin.settledRun(run.id)).failure).toBeNull();
    const verified = (await admin.get(runListSchema, 'GET', '/runs')).runs[0];
    expect(verified).toMatchObject({ command: 'verify', status: 'complete' });
    // Corrections are part of the run: what is read again is read corrected again.
    const report = await admin.ask('GET', `/runs/${verified?.id ?? ''}/report?format=json`);
    expect(report.json).toMatchObject({ verification: { verdict: 'pass' } });

    const undo = await admin.get(undoSchema, 'GET', `/runs/${run.id}/undo`);
    expect(undo.tables['leads']).toEqual({ deleted: 12, restored: 0, left: 0 });
    await admin.get(runSchema, 'POST', `/runs/${run.id}/undo`);
    expect((await admin.settledRun(run.id)).status).toBe('rolled-back');
    expect((await admin.get(importSchema, 'GET', `/imports/${id}`)).state).toBe('undone');
  });

  itOnce(
    'keeps rejects in the shape of the file, corrections included, and shows nothing as markup',
    async () => {
      const id = await admin.begin('leads', 'rejects.csv', leads);
      const edit = { kind: 'cell', row: 5, column: 'Shoe size', to: '99' };
      await admin.get(editResultSchema, 'POST', `/imports/${id}/edits`, { edit });
      await admin.check(id);
      const { run } = await admin.import(id);
      const rejects = await admin.ask('GET', `/runs/${run ?? ''}/rejects`);
      expect(rejects.headers.get('content-disposition')).toContain('attachment');
      const line = rejects.text.split('\n').find((one) => one.includes('not-an-email'));
      expect(line).toContain('99');

      const report = await admin.ask('GET', `/runs/${run ?? ''}/report`);
      expect(report.text).not.toContain('<script');
      const policy = report.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^sandbox/);
      expect(policy).not.toContain('unsafe-inline');
      const shown = await admin.ask('GET', `/imports/${id}`);
      expect(shown.headers.get('content-type')).toContain('application/json');
      expect(shown.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  itOnce('takes any step back, whatever came after it', async () => {
    const id = await admin.begin('leads', 'steps.csv', leads);
    const make = (edit: object) =>
      admin.get(editResultSchema, 'POST', `/imports/${id}/edits`, { edit });
    const one = await make({
      kind: 'column',
      column: 'Shoe size',
      field: 'additional_information',
    });
    await make({ kind: 'equal', column: 'Status', from: 'Nurture later', to: 'new' });
    await make({ kind: 'form', column: 'Created', form: 'dmy' });
    await make({ kind: 'column', column: 'Mobile', field: null, refuse: true });
    await admin.get(editResultSchema, 'DELETE', `/imports/${id}/edits/${String(one.edit.no)}`);
    const { columns } = await admin.get(columnsSchema, 'GET', `/imports/${id}/columns`);
    const of = (name: string) => columns.find((column) => column.name === name);
    expect(of('Shoe size')).toMatchObject({ use: 'kept', by: 'proposal' });
    expect(of('Mobile')).toMatchObject({ use: 'refused', by: 'person' });
    expect(of('Created')?.form).toMatchObject({ form: 'dmy', by: 'person' });
    const list = await admin.get(editListSchema, 'GET', `/imports/${id}/edits`);
    expect(list.edits.map(({ undoneAt }) => undoneAt === null)).toEqual([false, true, true, true]);
  });

  itOnce('reads a file otherwise when told so, and refuses what cannot be', async () => {
    const id = await admin.begin(
      'contacts',
      'odd.csv',
      'Report of May;;\n\nName;E-mail;Fon\nÁna;a@b.com;612345678\n',
    );
    const change = (reading: object) => admin.ask('PATCH', `/imports/${id}`, { reading });
    const found = await admin.get(readingSchema, 'GET', `/imports/${id}/reading`);
    expect(found.table?.headerLine).toBe(3);
    expect(found.table?.lines[0]).toMatchObject({ line: 1, role: 'preamble' });
    expect((await change({ headerLine: 1 })).status).toBe(200);
    const other = await admin.get(readingSchema, 'GET', `/imports/${id}/reading`);
    expect(other.table?.lines[0]).toMatchObject({ line: 1, role: 'header' });
    expect((await change({ encoding: 'no-such-thing' })).status).toBe(400);
    expect((await change({ headerLine: null, delimiter: '|' })).status).toBe(200);
    const wrong = await admin.get(readingSchema, 'GET', `/imports/${id}/reading`);
    expect(wrong.table?.doubt).toBe('one-column');
  });

  itOnce('never makes nothing of a value that stays unmatched', async () => {
    const id = await admin.begin('leads', 'unmatched.csv', leads);
    await admin.ask('PATCH', `/imports/${id}`, { requirements: 'lenient' });
    const { columns } = await admin.get(valuesSchema, 'GET', `/imports/${id}/values`);
    const status = columns.find(({ column }) => column === 'Status');
    expect(status?.values).toContainEqual({
      value: 'Nurture later',
      count: 2,
      proposed: null,
      to: null,
      by: 'proposal',
    });
    await admin.check(id);
    const found = (await counts(id)).issues.find(({ code }) => code === 'VALUE_NOT_IN_TABLE');
    expect(found).toMatchObject({ column: 'Status', rows: 2 });
    const { rows: page } = await rows(id, '?code=VALUE_NOT_IN_TABLE');
    const custom = page[0]?.results[0]?.fields.find(({ field }) => field === 'custom_fields');
    expect(custom?.new).toContain('Nurture later');
  });

  itOnce('recognises a mapping by its headers, and says what changed', async () => {
    const id = await admin.begin('leads', 'may.csv', leads);
    const edit = { kind: 'column', column: 'Shoe size', field: 'tags' };
    await admin.get(editResultSchema, 'POST', `/imports/${id}/edits`, { edit });
    const saved = await admin.ask('POST', `/imports/${id}/profile`, { name: 'From the portal' });
    expect(saved.status).toBe(201);
    const again = await admin.begin(
      null,
      'june.csv',
      leads.replace('Created', 'Shirt size').replace('Mobile', 'MOBILE'),
    );
    const one = await admin.get(importSchema, 'GET', `/imports/${again}`);
    expect(one.profile).toMatchObject({
      name: 'From the portal',
      recognised: true,
      added: ['Shirt size'],
      missing: ['Created'],
    });
    const { columns } = await admin.get(columnsSchema, 'GET', `/imports/${again}/columns`);
    expect(columns.find(({ name }) => name === 'Shoe size')).toMatchObject({
      field: 'tags',
      by: 'profile',
    });
    const { profiles } = await admin.get(profileListSchema, 'GET', '/profiles');
    expect((await admin.ask('DELETE', `/profiles/${profiles[0]?.id ?? ''}`)).status).toBe(204);
  });

  itOnce('outlives a restart: session, steps and plan', async () => {
    const id = await admin.begin('leads', 'restart.csv', leads);
    const edit = { kind: 'equal', column: 'Status', from: 'Nurture later', to: 'contacted' };
    await admin.get(editResultSchema, 'POST', `/imports/${id}/edits`, { edit });
    await admin.check(id);
    const before = await counts(id);
    const [token] = await web.tokens([{ account: 'costa', role: 'admin' }]);
    const same = await web.visitor(token);
    const found = await same.get(importSchema, 'GET', `/imports/${id}`);
    expect(found).toMatchObject({ state: 'checked', edits: 1 });
    expect(await same.get(previewCountsSchema, 'GET', `/imports/${id}/counts`)).toEqual(before);
    expect((await same.import(id)).state).toBe('imported');
    const cookie = admin.cookie;
    const reborn = await fetch(`${web.base}/api/session`, { headers: { cookie } });
    expect(reborn.status).toBe(200);
    admin = same;
    [viewer, stranger] = (await Promise.all(
      (
        await web.tokens([
          { account: 'costa', role: 'viewer' },
          { account: 'other', role: 'admin' },
        ])
      ).map((one) => web.visitor(one)),
    )) as [Visitor, Visitor];
    admin = await web.visitor(token);
  });

  itOnce(
    'keeps what was there when an upload breaks off, and refuses one that is too large',
    async () => {
      const id = await admin.begin('leads', 'whole.csv', leads);
      const before = await admin.get(importSchema, 'GET', `/imports/${id}`);
      const { port } = new URL(web.base);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(
            `PUT /api/imports/${id}/file?name=half.csv HTTP/1.1\r\nhost: x\r\ncookie: ${admin.cookie}\r\nx-csrf-token: ${admin.csrf}\r\n` +
              `content-type: application/octet-stream\r\ncontent-length: 100000\r\n\r\n${header}`,
            () => {
              setTimeout(() => socket.destroy(), 50);
            },
          );
        });
        socket.on('error', () => undefined);
        socket.on('close', () => {
          resolve();
        });
      });
      const after = await admin.get(importSchema, 'GET', `/imports/${id}`);
      expect(after.file).toEqual(before.file);
      await expect
        .poll(() => readdirSync(web.uploads).filter((name) => name.endsWith('.part')))
        .toEqual([]);
      const large = new Uint8Array(1024 * 1024 + 1).fill(97);
      const refused = await admin.send(id, 'large.csv', large);
      expect(refused.status).toBe(413);
      expect(failureSchema.parse(refused.json).error.code).toBe('too-large');
      expect((await admin.send(id, 'x.exe', 'MZ')).status).toBe(400);
      expect((await admin.send(id, 'again.csv', leads)).status).toBe(200);
    },
  );

  itOnce(
    'lets two admins import one after the other, and tells the second that the CRM has changed',
    async () => {
      const [one, two] = [
        await admin.begin('leads', 'one.csv', header + row(300) + row(301)),
        await admin.begin('leads', 'two.csv', header + row(302) + row(301)),
      ];
      await Promise.all([admin.check(one), admin.check(two)]);
      expect((await counts(two)).read).toBe(2);
      const begun = await Promise.all(
        [one, two].map((id) => admin.ask('POST', `/imports/${id}/import`)),
      );
      expect(begun.map(({ status }) => status)).toEqual([202, 202]);
      const ended = [await admin.settled(one), await admin.settled(two)];
      expect(ended.map(({ state }) => state).sort()).toEqual(['imported', 'outdated']);
      const [late] = ended.filter(({ state }) => state === 'outdated');
      expect(late?.failure?.message).toContain('Another import has changed the CRM');
      const id = late?.id ?? '';
      await admin.check(id);
      expect((await admin.import(id)).state).toBe('imported');
      const twice = await admin.ask('POST', `/imports/${id}/import`);
      expect(failureSchema.parse(twice.json).error.code).toBe('not-ready');
    },
  );

  itOnce('tells who works on an old version of an import', async () => {
    const id = await admin.begin('leads', 'versions.csv', leads);
    const { version } = await admin.get(importSchema, 'GET', `/imports/${id}`);
    const edit = { kind: 'form', column: 'Created', form: 'dmy' };
    const first = await admin.ask('POST', `/imports/${id}/edits`, { edit, ifVersion: version });
    expect(first.status).toBe(200);
    const late = await admin.ask('POST', `/imports/${id}/edits`, { edit, ifVersion: version });
    expect(failureSchema.parse(late.json).error.code).toBe('outdated');
  });

  itOnce(
    'shows an account nothing of another one, lets a viewer look, and nobody in without a session',
    async () => {
      const id = await admin.begin('leads', 'secret.csv', leads);
      const checked = await admin.check(id);
      await admin.ask('POST', `/imports/${id}/profile`, { name: 'Secret' });
      const { profiles } = await admin.get(profileListSchema, 'GET', '/profiles');
      const edit = { kind: 'form', column: 'Created', form: 'dmy' };
      await admin.ask('POST', `/imports/${id}/edits`, { edit });
      const settings = { name: 'Partner', provider: 'kyero', url: 'http://127.0.0.1:9/feed.xml' };
      const feed = await admin.get(feedSchema, 'POST', '/feeds', settings);
      expect(feed).toMatchObject({ state: 'new', settings: { mode: 'draft' } });
      const local = await admin.ask('POST', '/feeds', {
        ...settings,
        name: 'x',
        url: '/etc/passwd',
      });
      expect(local.status).toBe(400);
      const ids: Readonly<Record<string, string>> = {
        imports: id,
        runs: checked.run ?? '',
        profiles: profiles[0]?.id ?? '',
        feeds: feed.id,
      };
      const bodies: Readonly<Record<string, object>> = {
        'PATCH /imports/:id': { requirements: 'lenient' },
        'POST /imports/:id/edits': { edit },
        'POST /imports/:id/edits/try': { edit },
        'POST /imports/:id/profile': { name: 'Mine' },
        'POST /imports': { kind: null, system: null },
        'POST /feeds': settings,
        'PATCH /feeds/:id': { publish: true },
        'POST /feeds/:id/approve': {},
        'PATCH /session': { language: 'es' },
      };
      const nobody = await web.visitor();
      expect(web.routes.length).toBeGreaterThan(35);
      for (const route of web.routes) {
        const [method = '', url = ''] = route.split(' ');
        const path = url.replace(/^\/api/, '');
        const [, noun = ''] = path.split('/');
        if (route === 'POST /api/session') continue;
        const address = path
          .replace(':id', ids[noun] ?? '')
          .replace(':no', '1')
          .replace(':kind', 'leads')
          .replace(/\/file$/, '/file?name=x.csv');
        const body =
          method === 'GET' || method === 'DELETE' ? undefined : bodies[`${method} ${path}`];
        expect([route, (await nobody.ask(method, address, body)).status]).toEqual([route, 401]);
        if (path.includes(':id')) {
          const answer = path.endsWith('/file')
            ? await stranger.send(id, 'x.csv', 'a,b\n1,2\n')
            : await stranger.ask(method, address, body);
          expect([route, answer.status]).toEqual([route, 404]);
        }
        if (method !== 'GET' && !path.startsWith('/session'))
          expect([route, (await viewer.ask(method, address, body)).status]).toEqual([route, 403]);
        if (method !== 'GET') {
          const { csrf } = admin;
          admin.csrf = 'forged';
          expect([route, (await admin.ask(method, address, body)).status]).toEqual([route, 403]);
          admin.csrf = csrf;
        }
      }
      expect((await stranger.get(runListSchema, 'GET', '/runs')).runs).toEqual([]);
      expect((await viewer.ask('GET', `/imports/${id}/rows`)).status).toBe(200);
    },
  );
});
