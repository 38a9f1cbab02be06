import * as z from 'zod';
import type { SourceAdapter } from '../../src/adapter/contract.ts';
import { SourceError } from '../../src/model/errors.ts';
import { entities } from './fields.ts';

/** The Kyero adapter; its reader follows. */
export const kyero: SourceAdapter = {
  name: 'kyero',
  title: 'Kyero',
  options: z.strictObject({}),
  entities,
  detect: () => undefined,
  read: () => {
    throw new SourceError('The reader of Kyero is not built yet.');
  },
  count: () => Promise.reject(new SourceError('The reader of Kyero is not built yet.')),
};
