import type { Argv } from 'yargs';
import type { Choose, Command } from '../command.ts';
import type { CommonFlags } from '../common-flags.ts';

function test(program: Argv<CommonFlags>, choose: Choose) {
  return program.command(
    'test <file>',
    'Run the cases beside a mapping file',
    (yargs) =>
      yargs.positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'The mapping; its cases stand beside it, in <entity>.cases.yaml',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderMappingTestText } = await import('../../report/text.ts');
        const document = await useCases.mappingTest({ file: flags.file });
        return {
          document,
          text: (options) => renderMappingTestText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
}

/** `mapping test`: work on a mapping file. */
export const mapping: Command = (program, choose) =>
  program.command('mapping', 'Try out a mapping file', (yargs) =>
    test(yargs, choose).demandCommand(1, 'Say what to do with the mapping: mapping test FILE.'),
  );
