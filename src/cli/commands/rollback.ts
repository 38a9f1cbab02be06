import type { Command } from '../command.ts';
import { limitFlag } from '../limit-flag.ts';
import { runArgument } from '../run-argument.ts';

/** `rollback`: take out of the CRM what a run has put there. */
export const rollback: Command = (program, choose) =>
  program.command(
    'rollback <run>',
    'Undo an import: delete what it created, restore what it changed; edited rows stay',
    (yargs) =>
      limitFlag(runArgument(yargs), 1000).option('preview', {
        type: 'boolean',
        default: false,
        describe: 'Say what would happen, and change nothing',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { run, preview, limit } = flags;
        const { renderRollbackText } = await import('../../report/text.ts');
        const document = await useCases.rollback({ run, preview, limit });
        return {
          document,
          text: (options) => renderRollbackText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
