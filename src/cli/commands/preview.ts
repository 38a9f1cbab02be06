import type { Command } from '../command.ts';
import {
  absentFlags,
  importRequest,
  inputs,
  mappingFlags,
  rejectFlags,
  sourceFlags,
  updateFlags,
} from '../input-flags.ts';

/** `preview`: everything an import does, but for writing. */
export const preview: Command = (program, choose) =>
  program.command(
    'preview <input..>',
    'Show what an import would do; writes nothing to the CRM',
    (yargs) => absentFlags(rejectFlags(updateFlags(mappingFlags(sourceFlags(inputs(yargs)))))),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderRunText } = await import('../../report/text.ts');
        const document = await useCases.preview(importRequest(flags));
        return {
          document,
          text: (options) => renderRunText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
