import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import * as z from 'zod';
import type { ImportDocument } from '../../run/imports/contract.ts';
import {
  importChangeSchema,
  newEditSchema,
  newImportSchema,
  newProfileSchema,
  pageQuerySchema,
  rowFilterSchema,
  rowQuerySchema,
  type Columns,
  type Duplicates,
  type EditEffect,
  type EditList,
  type EditResult,
  type Import,
  type ImportList,
  type Job,
  type PreviewCounts,
  type PreviewRows,
  type Profile,
  type ProfileList,
  type Reading,
  type Values,
} from '../api.ts';
import { checked, guestOf, importsOf, parameter, type Context } from '../context.ts';
import { Refusal } from '../failure.ts';

const idOf = (request: FastifyRequest): string => parameter(request, 'id');

/** Imports from the file to the result, and the mappings that are saved on the way. */
export function importRoutes(server: FastifyInstance, context: Context): void {
  const { host, jobs } = context;

  /** An import as it is, with what goes on in the background. */
  const shown = (request: FastifyRequest, one: ImportDocument): Import => {
    const { visitor } = guestOf(request);
    const job =
      jobs.of(visitor.account, one.id) ??
      (one.run === null ? null : jobs.of(visitor.account, one.run));
    const failure = job === null ? (one.failure ?? jobs.failure(visitor.account, one.id)) : null;
    return { ...one, state: job === null ? one.state : stateOf(job, one.state), job, failure };
  };

  /**
   * Imports as they were when work on them began. A statement of that work may take the database for many seconds, and
   * how far it is shall be told meanwhile.
   */
  const before = new Map<string, ImportDocument>();

  const begin = async (request: FastifyRequest, kind: 'preview' | 'import'): Promise<Import> => {
    const id = idOf(request);
    const imports = importsOf(context, request);
    await imports.assertReady(id, kind === 'preview' ? 'check' : 'apply');
    const { visitor } = guestOf(request);
    const { account, name: by } = visitor;
    const one = await imports.show(id);
    jobs.start({
      account,
      subject: id,
      kind,
      by,
      work: (progress, signal) => {
        const own = host.imports({ account, by, progress, signal });
        return kind === 'preview' ? own.check(id) : own.apply(id);
      },
    });
    before.set(`${account} ${id}`, one);
    return shown(request, one);
  };

  server.get('/imports', async (request): Promise<ImportList> => {
    const page = checked(pageQuerySchema, request.query);
    const { imports, total } = await importsOf(context, request).list(page);
    return { imports: imports.map((one) => shown(request, one)), total };
  });
  server.post('/imports', async (request, reply) => {
    const made = checked(newImportSchema, request.body);
    const one = await importsOf(context, request).create(made);
    return reply.code(201).send(shown(request, one) satisfies Import);
  });
  server.get('/imports/:id', async (request): Promise<Import> => {
    const { account } = guestOf(request).visitor;
    const key = `${account} ${idOf(request)}`;
    const known = before.get(key);
    if (known !== undefined && jobs.of(account, known.id) !== null) return shown(request, known);
    before.delete(key);
    return shown(request, await importsOf(context, request).show(idOf(request)));
  });
  server.patch('/imports/:id', async (request): Promise<Import> => {
    const change = checked(importChangeSchema, request.body);
    return shown(request, await importsOf(context, request).change(idOf(request), change));
  });
  server.delete('/imports/:id', async (request, reply) => {
    await importsOf(context, request).discard(idOf(request));
    return reply.code(204).send();
  });

  void server.register((upload, _options, done) => {
    // Whatever it is called, it is streamed to the disk, and looked at only there.
    upload.removeAllContentTypeParsers();
    upload.addContentTypeParser('*', (_request, payload, parsed) => {
      parsed(null, payload);
    });
    upload.put(
      '/imports/:id/file',
      { bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request): Promise<Import> => {
        const { name } = checked(z.object({ name: z.string().min(1).max(500) }), request.query);
        const announced = Number(request.headers['content-length'] ?? 0);
        const mostBytes = context.uploadBytes;
        if (announced > mostBytes) {
          throw new Refusal(
            413,
            'too-large',
            `The file is larger than ${String(Math.round(mostBytes / 1024 / 1024))} MB.`,
            'Divide it, or have the cap raised: tesoro-migrate serve --max-upload MB.',
          );
        }
        const { body } = request;
        if (!(body instanceof Readable))
          throw new Refusal(400, 'invalid', 'No file was sent.', 'Choose a file.');
        const file = { name, content: body, mostBytes };
        return shown(request, await importsOf(context, request).receive(idOf(request), file));
      },
    );
    done();
  });

  server.get('/imports/:id/reading', (request): Promise<Reading> =>
    importsOf(context, request).reading(idOf(request)),
  );
  server.get('/imports/:id/columns', (request): Promise<Columns> =>
    importsOf(context, request).columns(idOf(request)),
  );
  server.get('/imports/:id/values', (request): Promise<Values> =>
    importsOf(context, request).values(idOf(request)),
  );
  server.get('/imports/:id/edits', (request): Promise<EditList> =>
    importsOf(context, request).edits(idOf(request)),
  );
  server.post('/imports/:id/edits', async (request): Promise<EditResult> => {
    const { edit, ifVersion } = checked(newEditSchema, request.body);
    const done = await importsOf(context, request).makeEdit(idOf(request), edit, ifVersion);
    return { ...done, import: shown(request, done.import) };
  });
  server.post('/imports/:id/edits/try', (request): Promise<EditEffect> => {
    const { edit } = checked(newEditSchema, request.body);
    return importsOf(context, request).tryEdit(idOf(request), edit);
  });
  server.delete('/imports/:id/edits/:no', async (request): Promise<EditResult> => {
    const no = checked(z.coerce.number().int().positive(), parameter(request, 'no'));
    const done = await importsOf(context, request).undoEdit(idOf(request), no);
    return { ...done, import: shown(request, done.import) };
  });

  server.post('/imports/:id/preview', async (request, reply) =>
    reply.code(202).send(await begin(request, 'preview')),
  );
  server.post('/imports/:id/import', async (request, reply) =>
    reply.code(202).send(await begin(request, 'import')),
  );
  server.delete('/imports/:id/job', async (request): Promise<Import> => {
    const { visitor } = guestOf(request);
    const imports = importsOf(context, request);
    await imports.show(idOf(request));
    await jobs.stop(visitor.account, idOf(request));
    return shown(request, await imports.show(idOf(request)));
  });
  server.get('/imports/:id/counts', (request): Promise<PreviewCounts> => {
    const filter = checked(rowFilterSchema, request.query);
    return importsOf(context, request).counts(idOf(request), filter);
  });
  server.get('/imports/:id/rows', (request): Promise<PreviewRows> => {
    const { offset, limit, ...filter } = checked(rowQuerySchema, request.query);
    return importsOf(context, request).rows(idOf(request), filter, { offset, limit });
  });
  server.get('/imports/:id/duplicates', async (request): Promise<Duplicates> => {
    const page = checked(pageQuerySchema, request.query);
    const { total, pairs } = await importsOf(context, request).duplicates(idOf(request), page);
    return {
      total,
      pairs: pairs.map(({ entity, score, reasons, first, second }) => ({
        table: entity,
        score,
        reasons: [...reasons],
        first: { ...first, values: { ...first.values } },
        second: { ...second, values: { ...second.values } },
      })),
    };
  });

  server.post('/imports/:id/profile', async (request, reply) => {
    const { name } = checked(newProfileSchema, request.body);
    const profile: Profile = await importsOf(context, request).saveProfile(idOf(request), name);
    return reply.code(201).send(profile);
  });
  server.get('/profiles', async (request): Promise<ProfileList> => ({
    profiles: [...(await importsOf(context, request).profiles())],
  }));
  server.delete('/profiles/:id', async (request, reply) => {
    await importsOf(context, request).removeProfile(idOf(request));
    return reply.code(204).send();
  });
}

/** What goes on in this server is known before the database says so. */
function stateOf({ kind }: Job, state: Import['state']): Import['state'] {
  if (kind === 'preview') return 'checking';
  if (kind === 'import' || kind === 'resume') return 'importing';
  return kind === 'undo' ? 'undoing' : state;
}
