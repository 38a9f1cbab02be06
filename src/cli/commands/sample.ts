import { templateKinds } from '../../run/contract.ts';
import type { Command } from '../command.ts';
import { contentOf, deliver, outputFlag } from '../output-file.ts';

/** `sample`: the CSV template of a kind of row. */
export const sample: Command = (program, choose) =>
  program.command(
    'sample <kind>',
    'Write the CSV template of the CRM’s own import, with example rows',
    (yargs) =>
      outputFlag(
        yargs.positional('kind', {
          choices: templateKinds,
          demandOption: true,
          describe: 'What the rows are',
        }),
      ),
    (flags) => {
      choose(flags, async (useCases) => {
        const { kind, output } = flags;
        const { fileName, content } = await useCases.sample({ kind });
        if (output === undefined) {
          return { document: { kind, fileName, content }, text: () => content, exitCode: 0 };
        }
        return deliver(contentOf(content), output, { about: { kind } });
      });
    },
  );
