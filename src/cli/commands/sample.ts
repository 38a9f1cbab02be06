import { rowKinds } from '../../run/contract.ts';
import type { Command } from '../command.ts';
import { contentOf, deliver, outputFlag } from '../output-file.ts';

/** `sample`: the CSV template of a kind of row, with example rows. */
export const sample: Command = (program, choose) =>
  program.command(
    'sample <type>',
    'Write the CSV template of a type, with example rows',
    (yargs) =>
      outputFlag(
        yargs.positional('type', {
          choices: rowKinds,
          demandOption: true,
          describe: 'What the rows are',
        }),
      ),
    (flags) => {
      choose(flags, async (useCases) => {
        const { content } = await useCases.sample({ kind: flags.type });
        return deliver(contentOf(content), flags.output, { about: { type: flags.type } });
      });
    },
  );
