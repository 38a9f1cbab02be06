import type { FastifyInstance } from 'fastify';
import { sampleKindSchema, type Catalog } from '../api.ts';
import { checked, parameter, type Context } from '../context.ts';

/** What people find in files that were made somewhere; each is one that the tool reads. */
const encodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'macintosh',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'gb18030',
];

/** What there is to choose from. */
export function catalogRoutes(server: FastifyInstance, { host }: Context): void {
  server.get('/catalog', (): Catalog => ({
    systems: host.systems(),
    fields: host.fields(),
    encodings,
  }));
  server.get('/samples/:kind', (request, reply) => {
    const { fileName, content } = host.sample(
      checked(sampleKindSchema, parameter(request, 'kind')),
    );
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .send(content);
  });
}
