import type { Argv } from 'yargs';
import type { DatabaseDocument, UseCases } from '../../run/contract.ts';
import type { Choose, Command } from '../command.ts';
import type { CommonFlags } from '../common-flags.ts';

function subcommand(
  program: Argv<CommonFlags>,
  choose: Choose,
  {
    name,
    about,
    call,
  }: {
    name: string;
    about: string;
    call: (useCases: UseCases) => Promise<DatabaseDocument>;
  },
) {
  return program.command(
    name,
    about,
    (yargs) => yargs,
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderDatabaseText } = await import('../../report/text.ts');
        const document = await call(useCases);
        return { document, text: (options) => renderDatabaseText(document, options), exitCode: 0 };
      });
    },
  );
}

/** `db migrate`, `db info`: the database itself. */
export const db: Command = (program, choose) =>
  program.command('db', 'Create or update the database’s schema, or look at it', (yargs) => {
    subcommand(yargs, choose, {
      name: 'migrate',
      about: 'Create the schema, or bring it up to date',
      call: (useCases) => useCases.dbMigrate(),
    });
    subcommand(yargs, choose, {
      name: 'info',
      about: 'Show kind, version, schema and number of rows',
      call: (useCases) => useCases.dbInfo(),
    });
    return yargs.demandCommand(1, 'Say what to do with the database: db migrate or db info.');
  });
