import type { Catalog } from '../../api.ts';
import { api } from '../api/index.ts';
import { useLoaded, type Loaded } from './loaded.ts';

let asked: Promise<Catalog> | undefined;

/** What there is to choose from; asked for once. */
export function useCatalog(): Loaded<Catalog> {
  return useLoaded('catalog', () => {
    asked ??= api.catalog().catch((thrown: unknown) => {
      asked = undefined;
      throw thrown;
    });
    return asked;
  });
}
