import type { SourceRecord, Value } from '../../model/record.ts';
import { isList } from '../shape.ts';
import { DamageTally } from './damage.ts';
import { DateTally } from './dates.ts';
import { NumberTally } from './numbers.ts';

/** The columns of so many names are looked at, over all files; no table that people make has more. */
const mostColumns = 5_000;

/** What the whole of a column says about how it is written. */
export interface SurveyedColumn {
  readonly file: string;
  readonly entity: string;
  readonly field: string;
  readonly dates: DateTally;
  readonly numbers: NumberTally;
  readonly damage: DamageTally;
}

/** Goes over the records of a source once, and remembers of each column what its values leave open: no more. */
export class FormSurvey {
  readonly #files = new Map<string, Map<string, SurveyedColumn>>();
  #columns = 0;

  add(
    file: string,
    { entity, fields, line }: Pick<SourceRecord, 'entity' | 'fields' | 'line'>,
  ): void {
    let columns = this.#files.get(file);
    if (columns === undefined) this.#files.set(file, (columns = new Map<string, SurveyedColumn>()));
    for (const name in fields) this.#walk(columns, file, entity, name, fields[name] ?? null, line);
  }

  /** The columns that were met, in the order in which they were. */
  columns(): readonly SurveyedColumn[] {
    return [...this.#files.values()].flatMap((columns) => [...columns.values()]);
  }

  #walk(
    columns: Map<string, SurveyedColumn>,
    file: string,
    entity: string,
    field: string,
    value: Value,
    line: number | undefined,
  ): void {
    if (value === null) return;
    if (typeof value !== 'string') {
      const parts = isList(value)
        ? value.map((item): readonly [string, Value] => [field, item])
        : Object.entries(value).map(([name, inner]) => [`${field}.${name}`, inner] as const);
      for (const [name, inner] of parts) this.#walk(columns, file, entity, name, inner, line);
      return;
    }
    const text = value.trim();
    if (text === '') return;
    let column = columns.get(field);
    if (column === undefined) {
      if (this.#columns >= mostColumns) return;
      this.#columns += 1;
      column = {
        file,
        entity,
        field,
        dates: new DateTally(),
        numbers: new NumberTally(),
        damage: new DamageTally(),
      };
      columns.set(field, column);
    }
    column.dates.add(text, line);
    column.numbers.add(text, line);
    column.damage.add(text, line);
  }
}
