import * as z from 'zod';
import type { SourceAdapter } from '../../src/adapter/contract.ts';
import { SourceError } from '../../src/model/errors.ts';
import { entities } from './fields.ts';

/** The Sooprema adapter; its reader follows. */
export const sooprema: SourceAdapter = {
  name: 'sooprema',
  title: 'Sooprema',
  options: z.strictObject({}),
  entities,
  detect: () => undefined,
  read: () => {
    throw new SourceError('The reader of Sooprema is not built yet.');
  },
  count: () => Promise.reject(new SourceError('The reader of Sooprema is not built yet.')),
};
