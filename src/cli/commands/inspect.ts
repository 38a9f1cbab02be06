import type { Command } from '../command.ts';
import { inputs, sourceFlags, sourceRequest } from '../input-flags.ts';

/** `inspect`: what a file is and what it holds. */
export const inspect: Command = (program, choose) =>
  program.command(
    'inspect <input..>',
    'Show what a file is: adapter, encoding, records, fields with examples',
    (yargs) => sourceFlags(inputs(yargs)),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderInspectText } = await import('../../report/text.ts');
        const document = await useCases.inspect(sourceRequest(flags));
        return { document, text: (options) => renderInspectText(document, options), exitCode: 0 };
      });
    },
  );
