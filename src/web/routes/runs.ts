import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { renderCsv } from '../../report/csv.ts';
import { renderHtml } from '../../report/html.ts';
import { renderJson } from '../../report/json.ts';
import type { RunDocument } from '../../run/documents.ts';
import type { RunUseCases } from '../../run/confined.ts';
import {
  pageQuerySchema,
  type Job,
  type Run,
  type RunLine,
  type RunList,
  type Undo,
} from '../api.ts';
import { checked, guestOf, importsOf, parameter, runsOf, type Context } from '../context.ts';
import { Refusal } from '../failure.ts';

const idOf = (request: FastifyRequest): string => parameter(request, 'id');

/** What a report shows of each list at most; the CSV report holds all. */
const listLimit = 1_000;

/** Runs, those of the command line too: how they stand, what they left, and what can still be done. */
export function runRoutes(server: FastifyInstance, context: Context): void {
  const { host, jobs } = context;

  const shown = async (request: FastifyRequest): Promise<Run> => {
    const id = idOf(request).toLowerCase();
    const document = await runsOf(context, request).status({ run: id });
    const imports = importsOf(context, request);
    const owner = (await imports.ofRuns([id])).get(id) ?? null;
    const { account } = guestOf(request).visitor;
    // The work on a run that belongs to an import goes by the import.
    const job = jobs.of(account, id) ?? (owner === null ? null : jobs.of(account, owner));
    return {
      ...runOf(document, owner, job),
      asPreviewed: await imports.asPreviewed(document),
      failure: job === null ? jobs.failure(account, id) : null,
    };
  };

  const begin = async (
    request: FastifyRequest,
    kind: 'undo' | 'resume' | 'verify',
    work: (runs: RunUseCases, run: string) => Promise<unknown>,
  ): Promise<Run> => {
    const run = await shown(request);
    if (!run.can[kind]) {
      throw new Refusal(
        409,
        'not-ready',
        `This run is ${run.status}, so it cannot be ${kind === 'undo' ? 'undone' : kind === 'resume' ? 'gone on with' : 'verified'}.`,
        'See how it stands.',
      );
    }
    const { account, name: by } = guestOf(request).visitor;
    jobs.start({
      account,
      subject: run.id,
      kind,
      by,
      work: (progress, signal) => work(host.runs({ account, by, progress, signal }), run.id),
    });
    return shown(request);
  };

  server.get('/runs', async (request): Promise<RunList> => {
    const runs = runsOf(context, request);
    const { runs: ids, total } = await runs.runs(checked(pageQuerySchema, request.query));
    const owners = await importsOf(context, request).ofRuns(ids);
    const lines: RunLine[] = [];
    for (const run of await runs.lines(ids))
      lines.push({ ...run, import: owners.get(run.id) ?? null });
    return { runs: lines, total };
  });
  server.get('/runs/:id', (request): Promise<Run> => shown(request));

  server.get('/runs/:id/report', async (request, reply) => {
    const { format } = checked(
      z.object({ format: z.enum(['html', 'csv', 'json']).default('html') }),
      request.query,
    );
    const runs = runsOf(context, request);
    const run = idOf(request);
    const report = await runs.report({ run, limit: listLimit });
    const attachment = `attachment; filename="report-${report.run.run}.${format}"`;
    switch (format) {
      case 'html': {
        const html = renderHtml(report);
        return reply
          .header('content-type', 'text/html; charset=utf-8')
          .header('content-security-policy', policyOf(html))
          .send(html);
      }
      case 'csv':
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', attachment)
          .send(Readable.from(renderCsv(report, runs.findings({ run })), { objectMode: false }));
      case 'json':
        return reply
          .header('content-type', 'application/json; charset=utf-8')
          .header('content-disposition', attachment)
          .send(renderJson(report));
    }
  });
  server.get('/runs/:id/rejects', async (request, reply) => {
    const { fileName, content } = await runsOf(context, request).rejects({ run: idOf(request) });
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .send(Readable.from(content, { objectMode: false }));
  });

  server.get('/runs/:id/undo', async (request): Promise<Undo> => {
    const asked = { run: idOf(request), preview: true, limit: 100 };
    const { run, tables, left, total } = await runsOf(context, request).rollback(asked);
    return {
      run,
      tables: { ...tables },
      left: left.map(({ entity, sourceId, reason, fields }) => ({
        table: entity,
        sourceId,
        reason,
        fields: [...fields],
      })),
      totalLeft: total.left,
    };
  });
  server.post('/runs/:id/undo', async (request, reply) =>
    reply
      .code(202)
      .send(
        await begin(request, 'undo', (runs, run) =>
          runs.rollback({ run, preview: false, limit: 100 }),
        ),
      ),
  );
  server.post('/runs/:id/resume', async (request, reply) =>
    reply.code(202).send(await begin(request, 'resume', (runs, run) => runs.resume({ run }))),
  );
  server.post('/runs/:id/verify', async (request, reply) =>
    reply
      .code(202)
      .send(
        await begin(request, 'verify', (runs, run) => runs.verify({ run, inputs: [], limit: 100 })),
      ),
  );
}

/** The report is a page of its own: nothing of it can run, and its own styles are known by their hashes. */
function policyOf(html: string): string {
  const hashes = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
    ([, style]) =>
      `'sha256-${createHash('sha256')
        .update(style ?? '')
        .digest('base64')}'`,
  );
  return `sandbox allow-popups; default-src 'none'; img-src data:; style-src ${hashes.join(' ') || "'none'"}; frame-ancestors 'self'`;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function runOf(
  document: RunDocument,
  owner: string | null,
  job: Job | null,
): Omit<Run, 'asPreviewed' | 'failure'> {
  const { run, command, status, source, inputs, startedAt, finishedAt, rejects, rollback } =
    document;
  const isImport = command === 'import' || command === 'retry';
  const undone = Object.values(rollback?.tables ?? {});
  return {
    id: run,
    command,
    status,
    source,
    files: inputs.map(({ name }) => name.replace(/^.*[/\\]/, '')),
    startedAt,
    finishedAt,
    import: owner,
    balanced: document.balanced,
    seconds: document.seconds,
    records: copyOf(document.records),
    entities: copyOf(document.entities),
    issues: {
      error: document.issues.error,
      warning: document.issues.warning,
      info: document.issues.info,
    },
    groups: document.groups.map(({ code, severity, entity, field, count, message }) => ({
      code,
      severity,
      entity,
      field,
      count,
      message,
    })),
    rejects: { kept: rejects.kept, open: rejects.open },
    of: document.of,
    undone:
      rollback === null
        ? null
        : {
            run: rollback.run,
            finishedAt: rollback.finishedAt,
            deleted: sum(undone.map(({ deleted }) => deleted)),
            restored: sum(undone.map(({ restored }) => restored)),
            left: rollback.total.left,
          },
    can: {
      resume: isImport && status === 'interrupted' && job === null,
      undo:
        isImport &&
        (status === 'complete' || status === 'interrupted' || status === 'rolling-back') &&
        job === null,
      verify: isImport && status === 'complete' && job === null,
    },
    job,
  };
}

const copyOf = (tables: RunDocument['records']): Run['records'] =>
  Object.fromEntries(
    Object.entries(tables).map(([name, { fates, ...counts }]) => [
      name,
      { ...counts, fates: { ...fates } },
    ]),
  );
