import type { Command } from '../command.ts';
import { inputs, sourceFlags, sourceRequest } from '../input-flags.ts';
import { contentOf, deliver, outputFlag } from '../output-file.ts';

/** `baseline`: the numbers that an import is measured by, counted before it. */
export const baseline: Command = (program, choose) =>
  program.command(
    'baseline <input..>',
    'Count what the source holds, without the importer; a file (.json or .csv) takes the numbers of the old screens',
    (yargs) => outputFlag(sourceFlags(inputs(yargs))),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderBaselineText } = await import('../../report/text.ts');
        const document = await useCases.baseline(sourceRequest(flags));
        if (flags.output === undefined) {
          return {
            document,
            text: (options) => renderBaselineText(document, options),
            exitCode: 0,
          };
        }
        const { renderBaselineCsv } = await import('../../report/baseline-csv.ts');
        const { renderJson } = await import('../../report/json.ts');
        const isSheet = flags.output.toLowerCase().endsWith('.csv');
        const content = isSheet ? renderBaselineCsv(document) : renderJson(document);
        return deliver(contentOf(content), flags.output, { about: { ...document } });
      });
    },
  );
