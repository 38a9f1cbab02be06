import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type * as z from 'zod';
import {
  importSchema,
  meSchema,
  runSchema,
  type Import,
  type Kind,
  type Run,
} from '../../src/web/api.ts';
import { createServer, type WebServer } from '../../src/web/server.ts';
import { openHost, type Host } from '../../src/run/host.ts';
import { createUseCases } from '../../src/run/index.ts';
import { migratedDatabase, type DatabaseKind, type TestLocation } from './databases.ts';
import { environmentOf } from './use-cases.ts';

/** An answer of the server. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** Somebody at a browser. */
export class Visitor {
  readonly #base: string;
  #cookie = '';
  csrf = '';

  constructor(base: string) {
    this.#base = base;
  }

  async signIn(token: string): Promise<this> {
    const answer = await this.ask('POST', '/session', { token });
    if (answer.status !== 200) throw new Error(answer.text);
    this.csrf = meSchema.parse(answer.json).csrf;
    return this;
  }

  async ask(method: string, path: string, body?: object): Promise<Answer> {
    return this.#fetch(method, path, body && JSON.stringify(body), 'application/json');
  }

  /** Asks, and takes what fits the schema; throws for anything else. */
  async get<Shape>(
    schema: z.ZodType<Shape>,
    method: string,
    path: string,
    body?: object,
  ): Promise<Shape> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return schema.parse(answer.json);
  }

  send(id: string, name: string, content: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
    return this.#fetch(
      'PUT',
      `/imports/${id}/file?name=${encodeURIComponent(name)}`,
      content,
      'application/octet-stream',
    );
  }

  /** Begins an import of a file; gives its id. */
  async begin(kind: Kind | null, name: string, content: string): Promise<string> {
    const made = await this.get(importSchema, 'POST', '/imports', { kind, system: null });
    const sent = await this.send(made.id, name, content);
    if (sent.status !== 200) throw new Error(sent.text);
    return made.id;
  }

  /** Waits until nothing goes on about an import. */
  async settled(id: string): Promise<Import> {
    for (;;) {
      const one = await this.get(importSchema, 'GET', `/imports/${id}`);
      if (one.job === null) return one;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async settledRun(id: string): Promise<Run> {
    for (;;) {
      const one = await this.get(runSchema, 'GET', `/runs/${id}`);
      if (one.job === null) return one;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async check(id: string): Promise<Import> {
    await this.get(importSchema, 'POST', `/imports/${id}/preview`);
    return this.settled(id);
  }

  async import(id: string): Promise<Import> {
    await this.get(importSchema, 'POST', `/imports/${id}/import`);
    return this.settled(id);
  }

  get cookie(): string {
    return this.#cookie;
  }

  async #fetch(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    type: string,
  ): Promise<Answer> {
    const response = await fetch(`${this.#base}/api${path}`, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(this.csrf === '' ? {} : { 'x-csrf-token': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) this.#cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  }
}

/** A server for a file of tests, on a database of a kind. */
export class TestWeb {
  readonly #place: TestLocation;
  readonly uploads = mkdtempSync(join(tmpdir(), 'tesoro-uploads-'));
  #host: Host | undefined;
  #server: WebServer | undefined;
  base = '';
  /** What the server has complained of. */
  readonly complaints: unknown[] = [];

  private constructor(place: TestLocation) {
    this.#place = place;
  }

  static async open(kind: DatabaseKind): Promise<TestWeb> {
    const web = new TestWeb(await migratedDatabase(kind));
    await web.start();
    return web;
  }

  async start(): Promise<void> {
    const environment = { ...environmentOf('default'), database: this.#place.location, newId: v7 };
    this.#host = await openHost({ ...environment, uploads: this.uploads });
    this.#server = await createServer({
      host: this.#host,
      version: '0.0.0',
      now: () => new Date(),
      uploadBytes: 1024 * 1024,
      page: join(this.uploads, 'no page'),
      isSecure: false,
      log: (cause) => this.complaints.push(cause),
    });
    this.base = await this.#server.app.listen({ host: '127.0.0.1', port: 0 });
  }

  get routes(): readonly string[] {
    return this.#server?.routes ?? [];
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.#host?.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#place.remove();
    rmSync(this.uploads, { recursive: true, force: true });
  }

  /** Tokens, made as the command line makes them: while no server holds the database. */
  async tokens(
    wanted: readonly { readonly account: string; readonly role: 'admin' | 'viewer' }[],
  ): Promise<readonly string[]> {
    await this.stop();
    const made: string[] = [];
    for (const { account, role } of wanted) {
      const useCases = createUseCases({
        ...environmentOf(account),
        database: this.#place.location,
      });
      made.push((await useCases.tokenCreate({ role, name: `${role} of ${account}` })).token);
      await useCases.close();
    }
    await this.start();
    return made;
  }

  /** Somebody who has signed in, or nobody yet. */
  async visitor(token?: string): Promise<Visitor> {
    const visitor = new Visitor(this.base);
    return token === undefined ? visitor : visitor.signIn(token);
  }
}
