import type { Argv } from 'yargs';
import { UsageError } from '../model/errors.ts';

/** The longest length of each list in a document. */
export function limitFlag<Flags>(yargs: Argv<Flags>, standard: number) {
  return yargs.option('limit', {
    type: 'number',
    requiresArg: true,
    default: standard,
    describe: 'Length of each list; the total stands beside it',
    coerce: (value: number) => {
      if (Number.isSafeInteger(value) && value > 0) return value;
      throw new UsageError('--limit takes a whole number from 1 on.');
    },
  });
}
