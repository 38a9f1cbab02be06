import { UsageError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import {
  hasInputs,
  inputs,
  mappingFlags,
  mappingRequest,
  sourceFlags,
  sourceRequest,
} from '../input-flags.ts';
import { limitFlag } from '../limit-flag.ts';

/** `verify`: read the source again and compare it with the CRM. */
export const verify: Command = (program, choose) =>
  program.command(
    'verify [input..]',
    'Read the source again and compare it with the CRM, id by id and field by field',
    (yargs) =>
      limitFlag(mappingFlags(sourceFlags(inputs(yargs))), 1000)
        .option('run', {
          type: 'string',
          requiresArg: true,
          describe: 'Id of the import to verify; its files are looked for where they were',
        })
        .option('baseline', {
          type: 'string',
          requiresArg: true,
          describe: 'A file made by "baseline", perhaps with the numbers of the old CRM',
        }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { run, baseline, limit } = flags;
        if (run === undefined && !hasInputs(flags)) {
          throw new UsageError('Say what to verify: files, or --run with the id of an import.');
        }
        const { renderVerifyText } = await import('../../report/text.ts');
        const document = await useCases.verify({
          ...sourceRequest(flags),
          ...mappingRequest(flags),
          run,
          baseline,
          limit,
        });
        return {
          document,
          text: (options) => renderVerifyText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
