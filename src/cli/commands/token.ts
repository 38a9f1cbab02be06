import { UsageError } from '../../model/errors.ts';
import type { Command } from '../command.ts';

/** A hundred years: nobody means more, and it is a date that can be written. */
const mostDays = 36_500;

/** `token create`, `token list`, `token revoke`: who may sign in to the web server. */
export const token: Command = (program, choose) =>
  program.command('token', 'Make, list and revoke what signs in to the web server', (yargs) => {
    yargs.command(
      'create',
      'Make a token for the account; it is shown once',
      (create) =>
        create
          .option('role', {
            choices: ['admin', 'viewer'] as const,
            demandOption: true,
            describe: 'An admin imports, a viewer looks',
          })
          .option('name', {
            type: 'string',
            requiresArg: true,
            describe: 'Whose it is: signs what is done with it [the role]',
          })
          .option('expires', {
            type: 'number',
            requiresArg: true,
            describe: 'Days for which it signs in [for ever]',
          }),
      (flags) => {
        choose(flags, async (useCases) => {
          const { role, name, expires } = flags;
          if (expires !== undefined && !(expires > 0 && expires <= mostDays)) {
            throw new UsageError('--expires: this is no number of days.', {
              hint: 'Say for example --expires 30.',
            });
          }
          const document = await useCases.tokenCreate({
            role,
            name: name?.trim() || role,
            days: expires,
          });
          const { renderTokenText } = await import('../../report/text.ts');
          return { document, text: () => renderTokenText(document), exitCode: 0 };
        });
      },
    );
    yargs.command(
      'list',
      'List the tokens of the account',
      (list) => list,
      (flags) => {
        choose(flags, async (useCases) => {
          const document = await useCases.tokenList();
          const { renderTokensText } = await import('../../report/text.ts');
          return { document, text: (options) => renderTokensText(document, options), exitCode: 0 };
        });
      },
    );
    yargs.command(
      'revoke <id>',
      'Take a token back, and end its sessions',
      (revoke) =>
        revoke.positional('id', {
          type: 'string',
          demandOption: true,
          describe: 'Id of the token, or the beginning of it',
        }),
      (flags) => {
        choose(flags, async (useCases) => {
          const document = await useCases.tokenRevoke({ id: flags.id });
          const { renderRevokedText } = await import('../../report/text.ts');
          return { document, text: () => renderRevokedText(document), exitCode: 0 };
        });
      },
    );
    return yargs.demandCommand(1, 'Say what to do: token create, token list or token revoke.');
  });
