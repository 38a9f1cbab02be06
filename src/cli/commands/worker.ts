import type { Command } from '../command.ts';

/** `worker`: syncs feeds by their schedules. Ends when it is told to stop. */
export const worker: Command = (program, choose) =>
  program.command(
    'worker',
    'Sync feeds when their schedules say so',
    (yargs) =>
      yargs.option('once', {
        type: 'boolean',
        default: false,
        describe: 'Do what is due and end: for cron and systemd',
      }),
    (flags) => {
      choose(flags, async (useCases, { tell }) => {
        const document = await useCases.feedWork({
          once: flags.once,
          onSync: ({ account, name, outcome, reason }) => {
            tell(`${account}  ${name}: ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`);
          },
        });
        return {
          document,
          text: () =>
            `${String(document.synced)} synced, ${String(document.failed)} failed. "tesoro-migrate feed list" shows how they stand.`,
          exitCode: document.exitCode,
        };
      });
    },
  );
