import type { Command } from '../command.ts';
import { mappingFlags, mappingRequest, rejectFlags, updateFlags } from '../input-flags.ts';
import { runArgument } from '../run-argument.ts';

/** `retry`: import again what a run left out. */
export const retry: Command = (program, choose) =>
  program.command(
    'retry <run> [file]',
    'Import the records again that a run rejected or parked; or a corrected file of "rejects"',
    (yargs) =>
      rejectFlags(updateFlags(mappingFlags(runArgument(yargs)))).positional('file', {
        type: 'string',
        describe: 'The file that "rejects" wrote, corrected; else the records as they were kept',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { run, file, conflicts, maxRejects } = flags;
        const { renderRunText } = await import('../../report/text.ts');
        const document = await useCases.retry({
          ...mappingRequest(flags),
          run,
          file,
          conflicts,
          maxRejects,
        });
        return {
          document,
          text: (options) => renderRunText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
