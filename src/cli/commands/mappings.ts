import type { Argv } from 'yargs';
import type { Choose, Command } from '../command.ts';
import type { CommonFlags } from '../common-flags.ts';

function show(program: Argv<CommonFlags>, choose: Choose) {
  return program.command(
    'show <name>',
    'Print a mapping that comes with the tool',
    (yargs) =>
      yargs.positional('name', {
        type: 'string',
        demandOption: true,
        describe: 'Such as kyero/property: see "mappings"',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { fileName, content } = await useCases.mapping({ name: flags.name });
        return {
          document: { name: flags.name, fileName, content },
          text: () => content,
          exitCode: 0,
        };
      });
    },
  );
}

/** `mappings`, `mappings show`: the mappings that come with the tool. */
export const mappings: Command = (program, choose) =>
  program.command(
    'mappings',
    'List the mappings that come with the tool, or show one',
    (yargs) => show(yargs, choose),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderMappingsText } = await import('../../report/text.ts');
        const document = await useCases.mappings();
        return { document, text: (options) => renderMappingsText(document, options), exitCode: 0 };
      });
    },
  );
