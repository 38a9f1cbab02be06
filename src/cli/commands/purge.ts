import { UsageError } from '../../model/errors.ts';
import type { Command } from '../command.ts';

/** `purge`: remove what old runs keep of their source. */
export const purge: Command = (program, choose) =>
  program.command(
    'purge [run]',
    'Remove staged data, rejects and before-images of old runs; ids, counts and reports stay',
    (yargs) =>
      yargs
        .positional('run', {
          type: 'string',
          describe: 'Id of a run, the beginning of it, or "last"',
        })
        .option('older-than', {
          type: 'number',
          requiresArg: true,
          describe: 'All runs of the account that ended so many days ago',
        })
        .option('preview', {
          type: 'boolean',
          default: false,
          describe: 'Say what would be removed, and change nothing',
        }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { run, 'older-than': olderThanDays, preview } = flags;
        if ((run === undefined) === (olderThanDays === undefined))
          throw new UsageError('Say what to purge: a run, or --older-than with a number of days.');
        if (olderThanDays !== undefined && !(olderThanDays >= 0))
          throw new UsageError('--older-than takes a number of days.');
        const { renderPurgeText } = await import('../../report/text.ts');
        const document = await useCases.purge({ run, olderThanDays, preview });
        return {
          document,
          text: (options) => renderPurgeText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
