import type { Command } from '../command.ts';

/** `doctor`: whether everything that a run needs is in order. */
export const doctor: Command = (program, choose) =>
  program.command(
    'doctor',
    'Check versions, database, schema, lock and free disk',
    (yargs) => yargs,
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderDoctorText } = await import('../../report/text.ts');
        const document = await useCases.doctor();
        return {
          document,
          text: (options) => renderDoctorText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
