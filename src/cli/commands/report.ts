import { extname } from 'node:path';
import type { UseCases } from '../../run/contract.ts';
import type { Command } from '../command.ts';
import { contentOf, deliver, outputFlag } from '../output-file.ts';
import { runArgument } from '../run-argument.ts';

const formats = ['text', 'html', 'json', 'csv'] as const;

type Format = (typeof formats)[number];

/** What a page shows of each list at most; the CSV report holds all. */
const listLimit = 1000;

const byEnding: Readonly<Record<string, Format>> = {
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
  '.csv': 'csv',
  '.txt': 'text',
};

interface Flags {
  readonly format: Format | undefined;
  readonly output: string | undefined;
  readonly json: boolean;
}

/** The format asked for; else by the ending of the file; else text, or JSON where the output must be JSON. */
function formatOf({ format, output, json }: Flags): Format {
  if (format !== undefined) return format;
  const ending = output === undefined ? '' : extname(output).toLowerCase();
  return byEnding[ending] ?? (json && output === undefined ? 'json' : 'text');
}

async function render(
  useCases: UseCases,
  run: string,
  format: Format,
): Promise<AsyncIterable<string>> {
  const report = await useCases.report({ run, limit: listLimit });
  switch (format) {
    case 'html': {
      const { renderHtml } = await import('../../report/html.ts');
      return contentOf(renderHtml(report));
    }
    case 'json': {
      const { renderJson } = await import('../../report/json.ts');
      return contentOf(renderJson(report));
    }
    case 'csv': {
      const { renderCsv } = await import('../../report/csv.ts');
      return renderCsv(report, useCases.findings({ run }));
    }
    case 'text': {
      const { renderReportText } = await import('../../report/text.ts');
      return contentOf(renderReportText(report, { color: false }));
    }
  }
}

/** `report`: a run and its verification, to read, print, sign or compute with. */
export const report: Command = (program, choose) =>
  program.command(
    'report <run>',
    'Write the report of a run: a page to print and sign, text, JSON or CSV',
    (yargs) =>
      outputFlag(runArgument(yargs)).option('format', {
        choices: formats,
        requiresArg: true,
        describe: 'Without it, by the ending of the file, else text',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const format = formatOf(flags);
        const content = await render(useCases, flags.run, format);
        return deliver(content, flags.output, {
          about: { run: flags.run, format },
          isJson: format === 'json',
        });
      });
    },
  );
