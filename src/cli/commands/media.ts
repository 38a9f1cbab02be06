import { UsageError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { limitFlag } from '../limit-flag.ts';

const wholeNumber = (flag: string) => (value: number) => {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError(`--${flag} takes a whole number from 1 on.`);
};

/** `media fetch`, `media status`: photos and documents that rows name by an address of the web. */
export const media: Command = (program, choose) =>
  program.command('media', 'Photos and documents that lie on the web', (yargs) =>
    yargs
      .command(
        'fetch',
        'Download the photos and documents that are due, and store them',
        (found) =>
          limitFlag(found, 1000)
            .option('run', {
              type: 'string',
              requiresArg: true,
              describe: 'Only those of the rows that this run created or changed',
            })
            .option('files', {
              type: 'number',
              requiresArg: true,
              describe: 'At most so many; the others stay due',
              coerce: wholeNumber('files'),
            })
            .option('concurrency', {
              type: 'number',
              requiresArg: true,
              default: 16,
              describe: 'How many at a time; of one server 4',
              coerce: wholeNumber('concurrency'),
            })
            .option('recheck', {
              type: 'boolean',
              default: false,
              describe:
                'Ask for all anew, also for what was given up; what is unchanged is not sent',
            }),
        (flags) => {
          choose(flags, async (useCases) => {
            const { run, files, recheck, concurrency, limit } = flags;
            const { renderMediaFetchText } = await import('../../report/text.ts');
            const document = await useCases.mediaFetch({ run, files, recheck, concurrency, limit });
            return {
              document,
              text: (options) => renderMediaFetchText(document, options),
              exitCode: document.exitCode,
            };
          });
        },
      )
      .command(
        'status',
        'Show what is stored, what is due, and what cannot be had',
        (found) => limitFlag(found, 1000),
        (flags) => {
          choose(flags, async (useCases) => {
            const { renderMediaStatusText } = await import('../../report/text.ts');
            const document = await useCases.mediaStatus({ limit: flags.limit });
            return {
              document,
              text: (options) => renderMediaStatusText(document, options),
              exitCode: document.exitCode,
            };
          });
        },
      )
      .demandCommand(1, 'Say what to do: media fetch or media status.'),
  );
