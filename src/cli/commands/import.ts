import type { ImportRequest, PlanRequest } from '../../run/contract.ts';
import { UsageError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import {
  absentFlags,
  hasInputs,
  importRequest,
  inputs,
  mappingFlags,
  rejectFlags,
  updateFlags,
  sourceFlags,
} from '../input-flags.ts';

type Flags = Parameters<typeof importRequest>[0] & { readonly run: string | undefined };

function requestOf(flags: Flags): ImportRequest | PlanRequest {
  const { run, source, encoding, delimiter, headerLine, sheet, as } = flags;
  const { mapping, requirements, dates, decimal, conflicts, maxRejects, absent, maxRetired } =
    flags;
  if (run === undefined) {
    if (hasInputs(flags)) return importRequest(flags);
    throw new UsageError('Say what to import: files, or --run with the id of a preview.');
  }
  // The stored plan is applied as it is, so nothing may be said about how to make one.
  const reading = [source, encoding, delimiter, headerLine, sheet, as];
  const others = [
    ...reading,
    mapping,
    requirements,
    dates,
    decimal,
    conflicts,
    maxRejects,
    absent,
    maxRetired,
  ];
  if (!hasInputs(flags) && others.every((flag) => flag === undefined)) return { run };
  throw new UsageError(
    '--run applies a stored plan as it is; files and other flags do not go with it.',
    {
      hint: `Say only: tesoro-migrate import --run ${run}`,
    },
  );
}

/** `import`: from files, or exactly as a preview showed it. */
export const importCommand: Command = (program, choose) =>
  program.command(
    'import [input..]',
    'Import files, or exactly what a preview showed (--run ID)',
    (yargs) =>
      absentFlags(rejectFlags(updateFlags(mappingFlags(sourceFlags(inputs(yargs)))))).option(
        'run',
        {
          type: 'string',
          requiresArg: true,
          describe: 'Id of the preview to apply',
        },
      ),
    (flags) => {
      choose(flags, async (useCases) => {
        const request = requestOf(flags);
        const { renderRunText } = await import('../../report/text.ts');
        const document = await useCases.import(request);
        return {
          document,
          text: (options) => renderRunText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );
