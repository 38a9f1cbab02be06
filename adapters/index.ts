import type { SourceAdapter } from '../src/adapter/contract.ts';
import { kyero } from './kyero/index.ts';
import { sooprema } from './sooprema/index.ts';

/** Every source system there is; a new one is added here. */
export const adapters: readonly SourceAdapter[] = [sooprema, kyero];
