import type { Argv } from 'yargs';
import type { Choose, Command } from '../command.ts';
import type { CommonFlags } from '../common-flags.ts';
import { inputs, sourceFlags, sourceRequest } from '../input-flags.ts';
import { contentOf, deliver, outputFlag } from '../output-file.ts';
import type { TextOptions } from '../../report/text.ts';

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

function suggest(program: Argv<CommonFlags>, choose: Choose) {
  return program.command(
    'suggest <input..>',
    'Propose a mapping for a table, from its headers and what it holds',
    (yargs) => outputFlag(sourceFlags(inputs(yargs))),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderSuggestionText } = await import('../../report/text.ts');
        const document = await useCases.mappingSuggest(sourceRequest(flags));
        const { output } = flags;
        const text = (options: TextOptions) => renderSuggestionText(document, options);
        if (output === undefined)
          return flags.json
            ? { document, text, exitCode: 0 }
            : { content: contentOf(document.mapping), isJson: false };
        const written = await deliver(contentOf(document.mapping), output, {
          about: { ...document },
        });
        if ('content' in written) return written;
        return {
          ...written,
          text: (options) => `${text(options)}\n${written.text(options)}`,
        };
      });
    },
  );
}

/** `mapping suggest`, `mapping test`: work on a mapping file. */
export const mapping: Command = (program, choose) =>
  program.command('mapping', 'Propose a mapping, or try one out', (yargs) =>
    suggest(test(yargs, choose), choose).demandCommand(
      1,
      'Say what to do: mapping suggest INPUT, or mapping test FILE.',
    ),
  );
