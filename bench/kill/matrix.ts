import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { schemaMigrations } from '../../src/crm/migrations/index.ts';
import { migrateSchema } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { packageRoot } from '../../src/run/package-root.ts';
import type { ChildAnswer, ChildOrder, KillPoint } from './child.ts';
import { seeded } from '../seeded.ts';
import { differencesOf, undoneContent, type Content } from './content.ts';
import { exportText, first, next, refusal } from './world.ts';

/** A kind of database, and how to have many of it. */
export interface Stable {
  readonly kind: 'embedded' | 'server';
  /** An empty database. */
  create(name: string): Promise<string>;
  copy(from: string, name: string): Promise<string>;
  remove(location: string): Promise<void>;
}

/** Databases in directories below one; made from an empty one, where there is one already. */
export function embeddedStable(directory: string, template?: string): Stable {
  return {
    kind: 'embedded',
    create: (name) => {
      const location = join(directory, name);
      if (template !== undefined) cpSync(template, location, { recursive: true });
      return Promise.resolve(location);
    },
    copy: (from, name) => {
      const location = join(directory, name);
      cpSync(from, location, { recursive: true });
      return Promise.resolve(location);
    },
    remove: (location) => {
      rmSync(location, { recursive: true, force: true });
      rmSync(`${location}.lock`, { force: true });
      return Promise.resolve();
    },
  };
}

/** Databases of a server. */
export function serverStable(url: string): Stable {
  const locationOf = (name: string) => {
    const own = new URL(url);
    own.pathname = `/${name}`;
    return own.href;
  };
  const nameOf = (location: string) => new URL(location).pathname.slice(1);
  const say = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    kind: 'server',
    create: async (name) => {
      await say(`CREATE DATABASE ${name}`);
      return locationOf(name);
    },
    copy: async (from, name) => {
      await say(`CREATE DATABASE ${name} TEMPLATE ${nameOf(from)}`);
      return locationOf(name);
    },
    remove: (location) => say(`DROP DATABASE IF EXISTS ${nameOf(location)} WITH (FORCE)`),
  };
}

/** Something that happened between the uninterrupted process and its database. */
interface Event {
  readonly event: number;
  readonly stage: string;
  readonly words: string;
}

/** One way to interrupt an import: where it begins, what it reads, and how it goes when nothing happens. */
export interface Scenario {
  readonly name: 'opening' | 'first' | 'next' | 'rollback';
  readonly base: string;
  readonly order: Omit<ChildOrder, 'db' | 'began' | 'now'>;
  readonly events: readonly Event[];
  readonly answer: ChildAnswer;
}

/** A place to die, and perhaps another one for the process that goes on. */
export interface Case {
  readonly scenario: Scenario['name'];
  /** What the program was at. */
  readonly phase: string;
  readonly kills: readonly KillPoint[];
}

const child = join(packageRoot(), 'dist/bench/kill/child.js');

/** A process and what came of it. */
function run(order: ChildOrder): Promise<{
  readonly signal: string | null;
  readonly answer: ChildAnswer | undefined;
  readonly stderr: string;
}> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [child, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    started.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    started.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    started.on('error', reject);
    started.on('close', (code, signal) => {
      const answer =
        code === 0 && signal === null ? (JSON.parse(stdout) as ChildAnswer) : undefined;
      resolve({ signal, answer, stderr });
    });
  });
}

// The process that goes on has another clock, so that whatever takes the time anew is found out.
const times = ['2026-01-01T08:00:00.000Z', '2026-01-01T09:00:00.000Z', '2026-01-01T10:00:00.000Z'];
const timeOf = (attempt: number) => times[Math.min(attempt, times.length - 1)] ?? '';

/** All scenarios on one kind of database. */
export class KillMatrix {
  readonly #stable: Stable;
  readonly #directory = mkdtempSync(join(tmpdir(), 'tesoro-kill-'));
  readonly #kept: string[] = [];
  #cases = 0;

  constructor(stable: Stable) {
    this.#stable = stable;
  }

  /** Runs every scenario without an interruption, and writes down what happens in it. */
  async prepare(
    names: readonly Scenario['name'][] = ['opening', 'first', 'next', 'rollback'],
  ): Promise<readonly Scenario[]> {
    const inputs = {
      first: join(this.#directory, 'first.json'),
      next: join(this.#directory, 'next.json'),
    };
    writeFileSync(inputs.first, exportText(first));
    writeFileSync(inputs.next, exportText(next));
    const nothing = await this.#stable.create('base_nothing');
    const schema = await this.#stable.create('base_schema');
    this.#kept.push(nothing, schema);
    const database = await openDatabase(schema);
    await migrateSchema(database, schemaMigrations);
    await database.query(refusal);
    await database.close();
    if (this.#stable.kind === 'embedded') {
      await (await openDatabase(nothing)).close();
    }
    const given = {
      opening: { input: inputs.first, ids: '000000010000', command: 'import' },
      first: { input: inputs.first, ids: '000000020000', command: 'import' },
      next: { input: inputs.next, ids: '000000030000', command: 'import' },
      rollback: { input: inputs.next, ids: '000000030000', command: 'rollback' },
    } as const;
    const scenarios: Scenario[] = [];
    let base = schema;
    for (const name of ['opening', 'first', 'next', 'rollback'] as const) {
      // Each begins where the one before it ended, but for the first.
      if (name === 'opening' && !names.includes(name)) continue;
      const { scenario, left } = await this.#whole(
        name,
        name === 'opening' ? nothing : base,
        given[name],
      );
      if (names.includes(name)) scenarios.push(scenario);
      if (name !== 'opening') base = left;
      if (scenarios.length === names.length) break;
    }
    return scenarios;
  }

  async #whole(
    name: Scenario['name'],
    base: string,
    given: Scenario['order'],
  ): Promise<{ scenario: Scenario; left: string }> {
    const log = join(this.#directory, `${name}.log`);
    const left = await this.#stable.copy(base, `whole_${name}`);
    this.#kept.push(left);
    const { answer, stderr } = await run({
      ...given,
      db: left,
      began: timeOf(0),
      now: timeOf(0),
      log,
    });
    if (answer === undefined) throw new Error(`The scenario "${name}" does not end: ${stderr}`);
    const events = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    return { scenario: { name, base, order: given, events, answer }, left };
  }

  /** Kills an import as the case says, goes on with it, and tells what is not as if nothing had happened. */
  async check(scenario: Scenario, { kills }: Case): Promise<readonly string[]> {
    const db = await this.#stable.copy(scenario.base, `case_${String(++this.#cases)}`);
    try {
      const order = { ...scenario.order, db, began: timeOf(0) };
      const isRollback = scenario.name === 'rollback';
      const goOn = isRollback ? 'rollback' : 'resume';
      for (const [attempt, kill] of kills.entries()) {
        const command = attempt === 0 ? scenario.order.command : goOn;
        const { signal, answer, stderr } = await run({
          ...order,
          command,
          now: timeOf(attempt),
          kill,
        });
        // A process that goes on may have less to do than the place to die is away.
        if (answer !== undefined && attempt > 0) break;
        if (signal !== 'SIGKILL') return [`It was not killed: ${stderr}`];
      }
      const { answer, stderr } = await run({
        ...order,
        command: goOn,
        now: timeOf(kills.length),
      });
      if (answer === undefined) return [`It does not go on: ${stderr}`];
      return [
        ...(answer.found === null || answer.found === 'interrupted' || answer.found === 'complete'
          ? []
          : [`It is called ${answer.found}.`]),
        ...(isRollback
          ? differencesOf(undoneContent(scenario.answer.content), undoneContent(answer.content))
          : differencesOf(scenario.answer.content, answer.content)),
        ...differencesOf(documentOf(scenario.answer), documentOf(answer)),
      ];
    } finally {
      await this.#stable.remove(db);
    }
  }

  async close(): Promise<void> {
    for (const location of this.#kept) await this.#stable.remove(location);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** The document of a run, a line each part, without the times at which it was carried on. */
const documentOf = ({ document }: ChildAnswer): Content => ({
  document: Object.entries({ ...document, finishedAt: null, seconds: null }).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  ),
});

/** What a program was at, in one word. */
export function phaseOf({ stage, words }: Event): string {
  if (words === 'SCHEMA') return 'schema';
  if (stage !== 'applying') return stage;
  if (words.includes('"links"') || /UPDATE crm\.\w+ c SET "?\w+_id"? = coalesce/.test(words))
    return 'links';
  if (words.includes('retired') || words.includes('is_deleted = true')) return 'retire';
  if (
    /ledger|rejects|DROP|document|CLOSE|pg_tables/.test(words) &&
    !words.includes('INSERT INTO migration.ledger')
  )
    return 'ending';
  return 'applying';
}

const openingPhases: ReadonlySet<string> = new Set(['schema', 'opening']);

/** So many cases, spread over everything that happens in the scenarios; the same for the same seed. */
export function casesOf(
  scenarios: readonly Scenario[],
  count: number,
  seed: number,
): readonly Case[] {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const phases = scenarios
    .flatMap(({ name, events }) =>
      // What comes after the opening is the same as in the scenario that begins with a schema.
      [...new Set(events.map(phaseOf))].map((phase) => ({
        scenario: name,
        phase,
        of: events.filter((event) => phaseOf(event) === phase),
      })),
    )
    .filter(({ scenario, phase }) => scenario !== 'opening' || openingPhases.has(phase));
  const pointIn = (events: readonly Event[]): KillPoint => {
    const found = events[below(events.length)];
    const moment = (['before', 'during', 'after'] as const)[below(3)] ?? 'before';
    // The schema is made by many statements that count as one.
    const longest = found?.words === 'SCHEMA' ? 500 : 8;
    return { event: found?.event ?? 0, moment, delay: moment === 'during' ? below(longest) : 0 };
  };
  // Round after round, so that rare phases come as often as common ones.
  return Array.from({ length: count }, (_, index) => {
    const { scenario, phase, of } = phases[(index + seed) % phases.length] ?? {
      scenario: 'first',
      phase: '',
      of: [],
    };
    const again: KillPoint = { event: below(60), moment: 'before', delay: 0 };
    return { scenario, phase, kills: index % 6 === 5 ? [pointIn(of), again] : [pointIn(of)] };
  });
}
