import type { SourceField } from './contract.ts';

/** Fields that hold one text each, by name. */
export function columns(...names: readonly string[]): Readonly<Record<string, SourceField>> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
