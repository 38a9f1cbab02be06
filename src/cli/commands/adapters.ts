import type { Command } from '../command.ts';

/** `adapters`: the source systems that can be read. */
export const adapters: Command = (program, choose) =>
  program.command(
    'adapters',
    'List the source systems that can be read',
    (yargs) => yargs,
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderAdaptersText } = await import('../../report/text.ts');
        const document = await useCases.adapters();
        return { document, text: (options) => renderAdaptersText(document, options), exitCode: 0 };
      });
    },
  );
