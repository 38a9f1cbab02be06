import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The top directory of the package. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a program ended, and what it said. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr has said something; rejects when the program ends without. */
  said(pattern: RegExp): Promise<void>;
}

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly node?: readonly string[];
}

/** Starts the built command line, `tesoro-migrate …args`. Throws when the build is missing or stale. */
export function start(args: readonly string[], options: StartOptions = {}): Started {
  return startBuilt('dist/src/cli/main.js', args, options);
}

/** Runs the built command line to its end; `input` is its standard input. */
export async function run(
  args: readonly string[],
  { input, ...options }: StartOptions & { readonly input?: Uint8Array | string } = {},
): Promise<Ended> {
  const { child, ended } = start(args, options);
  // The program may end without reading it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return ended;
}

/** Starts any built script of the package. */
export function startBuilt(
  script: string,
  args: readonly string[],
  { cwd = root, env = {}, node = [] }: StartOptions = {},
): Started {
  assertBuilt();
  const child = spawn(process.execPath, [...node, join(root, script), ...args], {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      resolve({ ...said, exitCode, signal });
    });
  });
  return {
    child,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(said.stderr)) resolve();
        };
        child.stderr.on('data', look);
        look();
        void ended.then(({ exitCode, stderr }) => {
          reject(
            new Error(
              `It ended with ${exitCode ?? 'a signal'} before it said ${String(pattern)}:\n${stderr}`,
            ),
          );
        }, reject);
      }),
  };
}

let checked = false;

/** The tests run what was built; a build that is older than the sources would test something else. */
function assertBuilt(): void {
  if (checked) return;
  for (const folder of ['src', 'adapters', 'bench']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      // What runs in the browser is bundled elsewhere.
      if (!name.endsWith('.ts') || name.startsWith(join('web', 'client'))) continue;
      const source = join(root, folder, name);
      const built = join(root, 'dist', folder, name.replace(/\.ts$/, '.js'));
      if (existsSync(built) && statSync(built).mtimeMs >= statSync(source).mtimeMs) continue;
      throw new Error(
        `${relative(root, built)} is ${existsSync(built) ? 'older than its source' : 'missing'}: run "npm run build" first.`,
      );
    }
  }
  checked = true;
}
