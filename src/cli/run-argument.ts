import type { Argv } from 'yargs';

/** The run that a command is about. */
export function runArgument<Flags>(yargs: Argv<Flags>) {
  return yargs.positional('run', {
    type: 'string',
    demandOption: true,
    describe: 'Id of the run, or the beginning of it, or "last": see "runs"',
  });
}
