import type { Command } from '../command.ts';
import { rejectFlags } from '../input-flags.ts';
import { runArgument } from '../run-argument.ts';

/** `resume`: goes on with an interrupted import. */
export const resume: Command = (program, choose) =>
  program.command(
    'resume <run>',
    'Go on with an import that was interrupted, and end it as if nothing had happened',
    (yargs) => rejectFlags(runArgument(yargs)),
    (flags) => {
      choose(flags, async (useCases) => {
        const { run, maxRejects } = flags;
        const { renderRunText } = await import('../../report/text.ts');
        const document = await useCases.resume({ run, maxRejects });
        return {
          document,
          text: (options) => renderRunText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
