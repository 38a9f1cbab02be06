import { crc32, deflateSync } from 'node:zlib';

// An export with its files beside it: documents and photos of a few bytes each, real PDF and PNG.

/** A PNG of one pixel in a grey. */
function png(grey: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    // Stored, not packed: every version of the library writes the same bytes.
    chunk('IDAT', deflateSync(Buffer.from([0, grey]), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF of one empty page with a title. */
function pdf(title: string): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n4 0 obj<</Title(${title})>>endobj\n` +
      `trailer<</Root 1 0 R/Info 4 0 R/Size 5>>\n%%EOF\n`,
    'latin1',
  );
}

const files: Readonly<Record<string, Buffer>> = {
  'docs/1.pdf': pdf('Nota simple'),
  'docs/nested/Certificado energético.pdf': pdf('Certificado'),
  'docs/whatever.bin': pdf('Contrato'),
  'docs/nobody.txt': Buffer.from('No record names this file.\n'),
  'fotos/1.png': png(40),
  'fotos/2.png': png(80),
  'otras/1.png': png(120),
};

const created = '2025-05-01 10:00:00';
const document = (id: number, filename: string, size: number | string, rest: object = {}) => ({
  id,
  created,
  isDeleted: 0,
  entityType: 'contact',
  entityId: 1,
  name: `Documento ${String(id)}`,
  filename,
  size,
  url: '',
  ...rest,
});

const collections = {
  contacts: [
    { id: 1, created, isDeleted: 0, firstName: 'Ana', lastName: 'Ejemplo', email: 'ana@example.com' },
  ],
  properties: [
    {
      id: 10,
      isDeleted: 0,
      salesReference: 'F-10',
      salesPrice: 250000,
      images: [
        { source: { url: 'fotos/2.png' }, order: 2 },
        { source: { url: 'fotos/1.png' }, order: 1, isMain: 1 },
        { source: { url: 'https://example.com/3.jpg' }, order: 3 },
      ],
    },
  ],
  documents: [
    document(1, 'docs/1.pdf', files['docs/1.pdf']?.length ?? 0, { mimeType: 'application/pdf' }),
    document(2, 'DOCS\\nested\\certificado energetico.PDF', ''),
    document(3, 'docs/whatever.bin', 14_336),
    document(4, 'docs/4.pdf', 1000),
    document(5, '1.png', ''),
    document(6, 'docs/1.pdf', '', { isDeleted: 1, deleted: created }),
  ],
};

/** The samples with files, by path below `samples/`. */
export function soopremaFiles(): Readonly<Record<string, Buffer>> {
  const info = { count: 8, format: 'agency-export', version: 1, timezone: 'Europe/Madrid' };
  const results: Record<string, unknown> = { info };
  for (const [name, items] of Object.entries(collections))
    results[name] = { info: { count: items.length }, items };
  const text = JSON.stringify(
    {
      request: { endpoint: '/export', agency: 'costa-demo', language: 'es' },
      response: { status: 'ok', reason: '', results },
    },
    null,
    1,
  );
  const all = { 'export.json': Buffer.from(`${text}\n`), ...files };
  return Object.fromEntries(
    Object.entries(all).map(([path, content]) => [`sooprema/with-files/${path}`, content]),
  );
}
