import type { Command } from '../command.ts';
import { limitFlag } from '../limit-flag.ts';

/** `runs`: what was done before. */
export const runs: Command = (program, choose) =>
  program.command(
    'runs',
    'List the runs of the account, newest first',
    (yargs) => limitFlag(yargs, 20),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderRunsText } = await import('../../report/text.ts');
        const document = await useCases.runs({ limit: flags.limit });
        return { document, text: (options) => renderRunsText(document, options), exitCode: 0 };
      });
    },
  );
