import type { Command } from '../command.ts';
import { runArgument } from '../run-argument.ts';

/** `status`: one run with its ledger. */
export const status: Command = (program, choose) =>
  program.command(
    'status <run>',
    'Show one run: what became of each record',
    (yargs) => runArgument(yargs),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderRunText } = await import('../../report/text.ts');
        const document = await useCases.status({ run: flags.run });
        return {
          document,
          text: (options) => renderRunText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
