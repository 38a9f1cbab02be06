import type { Transform } from '../transform.ts';
import { lookup } from './lookup.ts';
import { trim } from './trim.ts';

/** Every transform that a mapping may name. */
export const transforms: readonly Transform[] = [lookup, trim];
