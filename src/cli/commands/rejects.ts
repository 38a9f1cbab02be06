import type { Command } from '../command.ts';
import { deliver, outputFlag } from '../output-file.ts';
import { runArgument } from '../run-argument.ts';

/** `rejects`: the records that did not come in, to be corrected and imported again. */
export const rejects: Command = (program, choose) =>
  program.command(
    'rejects <run>',
    'Write the rejected records in the shape of their source, each with its reason',
    (yargs) => outputFlag(runArgument(yargs)),
    (flags) => {
      choose(flags, async (useCases) => {
        const { run, output } = flags;
        const { records, content } = await useCases.rejects({ run });
        if (records > 0) return deliver(content, output, { about: { run, records } });
        return {
          document: { run, records, file: null, bytes: 0 },
          text: () => 'No record was rejected in this run; nothing is written.\n',
          exitCode: 0,
        };
      });
    },
  );
