import type { Fields } from '../model/record.ts';
import type { SourceEntity } from './contract.ts';

/** A header is an entity's when it has all of `all` and none of `none`; `some` make it surer. */
export interface CsvHeader {
  readonly all: readonly string[];
  readonly some?: readonly string[];
  readonly none?: readonly string[];
}

/**
 * One kind of row of a system that exports CSV or sheets: how its header is recognised, and who a row is. Names of
 * columns are compared without case, accents, spaces, `_` and `-`, and without a trailing ` *`; a record's fields
 * have the declared names, whatever the file's spelling; columns that are not declared keep their own. Cells that
 * are empty give no field: CSV cannot tell what is empty from what is absent.
 */
export interface CsvEntity extends Omit<SourceEntity, 'id'> {
  /** Column of the row's id. */
  readonly id?: string;
  /**
   * Natural keys, tried in turn where there is no id: the row's key is the text of the first whose columns all hold
   * something, in lower case. A row without any is known by the hash of its content and its occurrence among equal
   * ones.
   */
  readonly keys?: readonly (readonly string[])[];
  /** How its header is known; several where the system writes the same rows in several ways. */
  readonly header: CsvHeader | readonly CsvHeader[];
  /** Tells entities with the same header apart, by the name of the file. */
  readonly fileName?: RegExp;
  /** Tells them apart by what the first rows hold, where they hold anything in the column. */
  readonly holds?: { readonly column: string; readonly values: readonly string[] };
  /** The row is deleted where the column holds one of the values, in any case. */
  readonly deleted?: { readonly column: string; readonly values: readonly string[] };
  /** Further spellings of columns, by declared name: other languages, older versions. */
  readonly spellings?: Readonly<Record<string, readonly string[]>>;
  /**
   * Brings the cells of a row into the shape of `fields`, where that is not one text a column, and back again, for
   * the file of rejects. Both pure. Ids, keys and the deleted marker are of the cells.
   */
  readonly shape?: {
    readonly read: (cells: Fields) => Fields;
    readonly write: (fields: Fields) => Fields;
  };
  /** Columns by whose values a baseline is split. */
  readonly countBy?: readonly string[];
  /** Column of the date that a row was made: a baseline is split by its year, too. */
  readonly countYearOf?: string;
}

/** A system that exports CSV: all that `csvAdapter` needs to make an adapter of it. */
export interface CsvSystem {
  readonly name: string;
  readonly title: string;
  readonly entities: Readonly<Record<string, CsvEntity>>;
  /** Takes any table, with little confidence: the entity of one that no header recognises has this name. */
  readonly anyTable?: (fileName: string) => string;
}
