import type { SourceAdapter } from '../src/adapter/contract.ts';
import { csv } from './csv/index.ts';
import { kyero } from './kyero/index.ts';
import { sooprema } from './sooprema/index.ts';
import { tesoro } from './tesoro/index.ts';

/** Every source system there is; a new one is added here. */
export const adapters: readonly SourceAdapter[] = [sooprema, kyero, tesoro, csv];
