import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';
import { limitOf, type Limit } from './limit.ts';
import type {
  AbsentRequest,
  ImportRequest,
  MappingRequest,
  RejectBudget,
  RejectLimit,
  SourceRequest,
  UpdateRequest,
} from '../run/contract.ts';
import { rowKinds } from '../run/contract.ts';

const group = 'Reading the source:';
const mappingGroup = 'Translating it:';

/** What stands for `-` among the arguments while they are parsed: yargs loses it among the files. */
export const loneDash = '\u0000-';

/** The files of a command, for a command string with `<input..>` or `[input..]`. */
export function inputs<Flags>(yargs: Argv<Flags>) {
  return yargs.positional('input', {
    type: 'string',
    array: true,
    describe: 'Files, directories, .gz, .zip; - is standard input; several make one run',
  });
}

/** What is known about the files beforehand. */
export function sourceFlags<Flags>(yargs: Argv<Flags>) {
  return yargs
    .option('source', {
      type: 'string',
      requiresArg: true,
      group,
      describe: 'Adapter, where it is not to be found out: see "adapters"',
    })
    .option('encoding', {
      type: 'string',
      requiresArg: true,
      group,
      describe: 'Such as utf-8 or windows-1252, where it is not to be found out',
    })
    .option('delimiter', {
      type: 'string',
      requiresArg: true,
      group,
      describe: 'Of tables: a character (or "tab"), where it is not to be found out',
      coerce: delimiterOf,
    })
    .option('header-line', {
      type: 'string',
      requiresArg: true,
      group,
      describe: 'Of tables: the line of the header, where it is not to be found out',
      coerce: lineOf,
    })
    .option('sheet', {
      type: 'string',
      requiresArg: true,
      group,
      describe: 'Of workbooks: the one sheet to read',
    })
    .option('as', {
      choices: rowKinds,
      requiresArg: true,
      group,
      describe: 'Of tables: what the rows are, where the header does not tell',
    });
}

/** How to translate the files. */
export function mappingFlags<Flags>(yargs: Argv<Flags>) {
  return yargs
    .option('mapping', {
      type: 'string',
      requiresArg: true,
      group: mappingGroup,
      describe: 'A mapping file, a directory of them, or a name: see "mappings"',
    })
    .option('requirements', {
      choices: ['strict', 'lenient'] as const,
      requiresArg: true,
      group: mappingGroup,
      describe: 'Reject rows without an expected value, or mark them incomplete',
    })
    .option('dates', {
      choices: ['dmy', 'mdy'] as const,
      requiresArg: true,
      group: mappingGroup,
      describe: 'How 03/04/2025 is read where the mapping does not say: day or month first',
    })
    .option('decimal', {
      choices: ['comma', 'point'] as const,
      requiresArg: true,
      group: mappingGroup,
      describe: 'The sign before the decimals where the mapping does not say',
    });
}

/** What becomes of what people did in the CRM since the last import. */
export function updateFlags<Flags>(yargs: Argv<Flags>) {
  return yargs.option('conflicts', {
    choices: ['keep', 'overwrite'] as const,
    requiresArg: true,
    group: mappingGroup,
    describe: 'Values changed in the CRM and in the source: keep the CRM’s (the default), or not',
  });
}

/** How many rejects a run may have. */
export function rejectFlags<Flags>(yargs: Argv<Flags>) {
  return yargs.option('max-rejects', {
    type: 'string',
    requiresArg: true,
    group: mappingGroup,
    describe:
      'Write nothing, or no more, when more is rejected: 10, 2%, or of a table or entity: people=0,properties=1%',
    coerce: rejectBudget,
  });
}

/** What becomes of rows whose records are no longer there. */
export function absentFlags<Flags>(yargs: Argv<Flags>) {
  return yargs
    .option('absent', {
      choices: ['keep', 'retire'] as const,
      requiresArg: true,
      group: mappingGroup,
      describe:
        'Of a whole export: rows whose records it no longer holds stay (so by itself), or are retired',
    })
    .option('max-retired', {
      type: 'string',
      requiresArg: true,
      group: mappingGroup,
      describe:
        'Retire nothing of a table where more would go: 50, 25% (so by itself), both (50,25%), or none for no limit',
      coerce: (text: string | undefined) => limitOf('max-retired', text),
    });
}

interface AbsentFlags {
  readonly absent: AbsentRequest['absent'];
  readonly maxRetired: Limit | undefined;
}

interface SourceFlags {
  readonly input: readonly string[] | undefined;
  readonly source: string | undefined;
  readonly encoding: string | undefined;
  readonly delimiter: string | undefined;
  readonly headerLine: number | undefined;
  readonly sheet: string | undefined;
  readonly as: SourceRequest['as'];
}

interface MappingFlags {
  readonly mapping: string | undefined;
  readonly requirements: MappingRequest['requirements'];
  readonly dates: MappingRequest['dates'];
  readonly decimal: MappingRequest['decimal'];
}

/** Whether files were named. */
export function hasInputs({ input }: Pick<SourceFlags, 'input'>): boolean {
  return input !== undefined && input.length > 0;
}

/** The request that the flags of reading make. */
export function sourceRequest(flags: SourceFlags): SourceRequest {
  const { input, source, encoding, delimiter, headerLine, sheet, as } = flags;
  const inputs = input?.map((name) => (name === loneDash ? '-' : name)) ?? [];
  return { inputs, source, encoding, delimiter, headerLine, sheet, as };
}

/** The request that the flags of translating make. */
export function mappingRequest(flags: MappingFlags): MappingRequest {
  const { mapping, requirements, dates, decimal } = flags;
  return { mapping, requirements, dates, decimal };
}

/** The request of a preview, and of an import from files. */
export function importRequest(
  flags: SourceFlags &
    MappingFlags &
    AbsentFlags & {
      readonly conflicts: UpdateRequest['conflicts'];
      readonly maxRejects: RejectBudget | undefined;
    },
): ImportRequest {
  return {
    ...sourceRequest(flags),
    ...mappingRequest(flags),
    conflicts: flags.conflicts,
    maxRejects: flags.maxRejects,
    absent: flags.absent,
    maxRetired: flags.maxRetired,
  };
}

function rejectBudget(text: string | undefined): RejectBudget | undefined {
  if (text === undefined) return undefined;
  const all: Record<string, number> = {};
  const entities: Record<string, RejectLimit> = {};
  for (const part of text.split(',')) {
    const [, name, digits, sign] =
      /^\s*(?:([^=\s]+)\s*=)?\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(part) ?? [];
    const amount = Number(digits);
    const isShare = sign === '%' && amount <= 100;
    if (digits === undefined || !(isShare || (sign === '' && Number.isInteger(amount)))) {
      throw new UsageError(`--max-rejects ${text}: "${part}" is neither a number nor a share.`, {
        hint: 'Say for example --max-rejects 100, --max-rejects 2% or --max-rejects people=0,properties=1%.',
      });
    }
    const limit = isShare ? { share: amount / 100 } : { count: amount };
    if (name === undefined) Object.assign(all, limit);
    else entities[name] = { ...entities[name], ...limit };
  }
  return { ...all, ...(Object.keys(entities).length === 0 ? {} : { entities }) };
}

function delimiterOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const delimiter = text === 'tab' || text === '\\t' ? '\t' : text;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw new UsageError(`--delimiter ${text}: a delimiter is one character.`, {
    hint: 'Say for example --delimiter ";" or --delimiter tab.',
  });
}

function lineOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UsageError(`--header-line ${text}: this is not the number of a line.`, {
    hint: 'Lines count from 1: say for example --header-line 3.',
  });
}
