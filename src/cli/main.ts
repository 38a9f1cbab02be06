#!/usr/bin/env node
// The composition root of the command line: the only place that sees the process.
import { packageVersion } from '../run/package-root.ts';
import { interruptSignal } from './interrupt.ts';
import { availableParallelism, userInfo } from 'node:os';
import { createIdSource } from '../run/new-id.ts';
import { runProgram } from './program.ts';

const exitCode = await runProgram(
  process.argv.slice(2),
  {
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    // Opened only when it is read: an open standard input keeps the process alive.
    stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
    now: () => new Date(),
    newId: createIdSource(),
    processors: availableParallelism(),
    random: Math.random,
    signal: interruptSignal(process, (text) => process.stderr.write(text)),
    user: userName(),
    version: packageVersion(),
  },
  async () => (await import('../run/index.ts')).createUseCases,
);
process.exit(exitCode);

/** A container may run under a number that has no name. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'];
  }
}
