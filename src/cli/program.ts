import yargs from 'yargs';
import { MigrationError, UsageError } from '../model/errors.ts';
import { masked } from '../report/mask.ts';
import type { CreateUseCases, Environment } from '../run/contract.ts';
import type { Choose, Content, Outcome, Shown, Work } from './command.ts';
import { commands } from './commands/index.ts';
import type { CommonFlags } from './common-flags.ts';
import { accountOf, allowedAddresses, databaseOf, withCommonFlags } from './common-flags.ts';
import { failureDocument, failureOf, failureText } from './failure.ts';
import { loneDash } from './input-flags.ts';
import type { ProgressView } from './progress/view.ts';
import { noProgress } from './progress/view.ts';
import type { Terminal, Write } from './terminal.ts';
import { wantsColor, writerTo } from './terminal.ts';

const program = 'tesoro-migrate';

interface Chosen {
  readonly flags: CommonFlags;
  readonly work: Work;
}

type Parsed = { readonly chosen: Chosen } | { readonly answer: string };

/** What yargs says in its own words. */
function inPlainWords(message: string): string {
  if (message.startsWith('Did you mean')) return `There is no such command. ${message}`;
  if (message.startsWith('Not enough non-option')) return 'Something is missing after the command.';
  return message;
}

/** yargs makes a list of a flag that stands there twice, whatever its type. */
function refuseRepeated(flags: CommonFlags): void {
  for (const [name, value] of Object.entries(flags)) {
    if (!Array.isArray(value) || name === 'input' || name === '_') continue;
    throw new UsageError(`--${name} was given twice.`, { hint: 'Say it once.' });
  }
}

/** Reads the arguments: a command with its flags, or an answer such as the help. */
async function parse(args: readonly string[], version: string): Promise<Parsed> {
  let chosen: Chosen | undefined;
  let answer = '';
  const choose: Choose = (flags, work) => {
    refuseRepeated(flags);
    chosen = { flags, work };
  };
  const parser = withCommonFlags(yargs())
    .scriptName(program)
    .locale('en')
    .usage(
      '$0 <command>\n\nMoves an agency’s database into Tesoro CRM, and proves that nothing was lost.',
    )
    .version(version)
    .help()
    .alias('help', 'h')
    .wrap(100)
    .strict()
    .demandCommand(1, 'Say what to do.')
    .recommendCommands()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error instanceof MigrationError) throw error;
      const text = message ?? error?.message ?? 'The arguments cannot be read.';
      throw new UsageError(inPlainWords(text), {
        hint: `See: ${program} --help`,
        cause: error,
      });
    });
  for (const command of commands) {
    command(parser, choose);
  }
  const named = args.map((arg) => (arg === '-' ? loneDash : arg));
  await parser.parseAsync(named, {}, (_error, _flags, output) => {
    answer = output;
  });
  return chosen === undefined ? { answer } : { chosen };
}

async function progressView(terminal: Terminal, flags: CommonFlags): Promise<ProgressView> {
  if (flags.quiet) return noProgress;
  if (terminal.stderr.isTTY === true) {
    const { progressBars } = await import('./progress/bars.ts');
    return progressBars(terminal.stderr, terminal.now);
  }
  const { progressLines } = await import('./progress/lines.ts');
  const write = (line: string) => terminal.stderr.write(line);
  return progressLines(write, terminal.now, { everyStage: flags.verbose });
}

async function pour({ content, isJson }: Content, flags: CommonFlags, write: Write): Promise<void> {
  if (flags.json && !isJson) {
    throw new UsageError('With --json, say which file the content goes to.', {
      hint: 'Add -o FILE.',
    });
  }
  for await (const piece of content) await write(piece);
}

async function show(shown: Shown, flags: CommonFlags, terminal: Terminal, write: Write) {
  if (flags.json) {
    const { renderJson } = await import('../report/json.ts');
    await write(renderJson(shown.document));
  } else {
    const color = wantsColor(terminal.stdout, terminal, flags.color);
    await write(shown.text({ color, brief: flags.quiet }));
  }
}

/** Makes the use cases; behind a promise, so that `--help` need not wait for the database's code. */
export type LoadUseCases = () => Promise<CreateUseCases>;

async function execute(
  { flags, work }: Chosen,
  terminal: Terminal,
  load: LoadUseCases,
  write: Write,
): Promise<number> {
  const account = accountOf(flags);
  const createUseCases = await load();
  const view = await progressView(terminal, flags);
  const environment: Environment = {
    database: databaseOf(flags, terminal.environment),
    account,
    media: flags.media,
    network: {
      allow: allowedAddresses(flags, terminal.environment),
      random: terminal.random ?? (() => 0.5),
    },
    user: terminal.user,
    version: terminal.version,
    now: terminal.now,
    newId: terminal.newId,
    ...(terminal.processors === undefined ? {} : { processors: terminal.processors }),
    progress: (progress) => {
      view.show(progress);
    },
    signal: terminal.signal,
    standardInput: terminal.stdin,
  };
  const useCases = createUseCases(environment);
  let outcome: Outcome;
  try {
    outcome = await work(useCases, {
      environment,
      tell: (text) => terminal.stderr.write(text),
    });
    if ('content' in outcome) await pour(outcome, flags, write);
  } finally {
    view.stop();
    await useCases.close();
  }
  // Shown last: a document on standard output is the last word, and stands alone.
  if ('content' in outcome) return 0;
  await show(outcome, flags, terminal, write);
  return outcome.exitCode;
}

/** Runs one command line and gives its exit code. Nothing else of the process is touched but `terminal`. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  load: LoadUseCases,
): Promise<number> {
  const write = writerTo(terminal.stdout);
  const complain = writerTo(terminal.stderr);
  try {
    const parsed = await parse(args, terminal.version);
    if ('chosen' in parsed) return await execute(parsed.chosen, terminal, load, write);
    await write(`${parsed.answer}\n`);
    return 0;
  } catch (error) {
    const failure = failureOf(error, terminal.signal.aborted);
    const verbose = args.includes('--verbose');
    await complain(masked(failureText(failure, { verbose, version: terminal.version })));
    // The flags may be what could not be read, so this one is looked for by hand.
    if (args.includes('--json')) {
      const { renderJson } = await import('../report/json.ts');
      await write(renderJson(failureDocument(failure)));
    }
    return failure.exitCode;
  }
}
