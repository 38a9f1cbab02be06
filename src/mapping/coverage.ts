import type { Value } from '../model/record.ts';
import type { FieldCoverage, FieldUse } from './contract.ts';
import { CustomFields } from './custom-fields.ts';
import { itemItself } from './path.ts';
import { isFilled, isList } from './shape.ts';

/** Names of groups can be data, so the fields that are counted one by one are bounded; the rest counts as `…`. */
export const mostCountedFields = 5000;

/** What a mapping says of a field and what is under it; lists are not told from their items. */
class Declared {
  use: 'mapped' | 'ignored' | undefined;
  /** Whether rows are made of its items, which then keep their own custom fields. */
  each = false;
  readonly children = new Map<string, Declared>();

  /** The place of a path, made where it is not there yet. */
  make(path: string): Declared {
    if (path === itemItself) return this;
    return path.split('.').reduce<Declared>((at, name) => {
      const child = at.children.get(name) ?? new Declared();
      at.children.set(name, child);
      return child;
    }, this);
  }

  /** The place of a name in a record, which may itself be written with dots. */
  find(name: string): Declared | undefined {
    const direct = this.children.get(name);
    if (direct !== undefined || !name.includes('.')) return direct;
    return name.split('.').reduce<Declared | undefined>((at, part) => at?.children.get(part), this);
  }
}

/** Counts the records that had data in a field. */
class Counter {
  readonly field: string;
  readonly use: FieldUse;
  filled = 0;
  #last = -1;

  constructor(field: string, use: FieldUse) {
    this.field = field;
    this.use = use;
  }

  count(sequence: number): void {
    if (this.#last === sequence) return;
    this.#last = sequence;
    this.filled += 1;
  }
}

/** A field as it was met in records. */
interface Field {
  readonly counter: Counter;
  /** Its name in custom_fields: its path in the record, or in the item that makes a row. */
  readonly name: string;
  readonly declared: Declared | undefined;
  readonly children: Map<string, Field>;
  items: Field | undefined;
}

/**
 * The fields of one source entity: which of them a mapping uses, and how many records had data in each. A walk over a
 * record counts its fields and hands over those that no rule uses.
 */
export class FieldTree {
  readonly #declared = new Declared();
  readonly #top = fieldOf(new Counter('', 'custom'), '', this.#declared);
  readonly #counters: Counter[] = [];
  readonly #overflow = new Map<FieldUse, Counter>();
  readonly #itemsByPath = new Map<string, Field>();
  #sequence = 0;

  /** Declares a field, and what is under it, as used. To be done before the first walk. */
  declare(path: string, use: 'mapped' | 'ignored'): void {
    this.#declared.make(path.replaceAll('[]', '')).use ??= use;
  }

  /** Declares that rows are made of the items of a list. */
  declareEach(path: string): void {
    this.#declared.make(path).each = true;
  }

  /** Counts the fields of a record, or of an item that transforms have made; those that no rule uses are kept. */
  walk(fields: Value, custom: CustomFields): void {
    this.#sequence += 1;
    this.#walk(fields, this.#top, custom);
  }

  /** Keeps what no rule uses of one item of the list at a path, after the walk over its record. */
  walkItem(path: string, item: Value, custom: CustomFields): void {
    let items = this.#itemsByPath.get(path);
    if (items === undefined) {
      const list =
        path === itemItself
          ? this.#top
          : path.split('.').reduce((at, name) => this.#child(at, name), this.#top);
      items = this.#itemsOf(list);
      this.#itemsByPath.set(path, items);
    }
    this.#walk(item, items, custom);
  }

  coverage(entity: string): readonly FieldCoverage[] {
    return [...this.#counters, ...this.#overflow.values()]
      .filter(({ filled }) => filled > 0)
      .map(({ field, filled, use }) => ({ entity, field, filled, use }));
  }

  #walk(value: Value, field: Field, custom: CustomFields | undefined): void {
    if (value === null) return;
    if (isList(value)) this.#walkList(value, field, custom);
    else if (makesRows(field)) this.#walk(value, this.#itemsOf(field), undefined);
    else if (typeof value === 'string') {
      if (!isFilled(value)) return;
      field.counter.count(this.#sequence);
      if (field.counter.use === 'custom') custom?.keep(field.name, value);
    } else {
      for (const name of Object.keys(value))
        this.#walk(value[name] ?? null, this.#child(field, name), custom);
    }
  }

  /** A list is kept whole where something in it has no rule, unless its items are rows. */
  #walkList(list: readonly Value[], field: Field, custom: CustomFields | undefined): void {
    const items = this.#itemsOf(field);
    const unused = custom === undefined || makesRows(field) ? undefined : new CustomFields();
    for (const item of list) this.#walk(item, items, unused);
    if (unused?.isEmpty === false) custom?.keep(field.name, list);
  }

  #child(field: Field, name: string): Field {
    const known = field.children.get(name);
    if (known !== undefined) return known;
    const above = field.counter.field;
    const inside = field.name === '' || field.name === itemItself;
    const hasRoom = this.#hasRoom;
    const child = fieldOf(
      this.#counterOf(above === '' ? name : `${above}.${name}`, field, field.declared?.find(name)),
      inside ? name : `${field.name}.${name}`,
      field.declared?.find(name),
    );
    if (hasRoom) field.children.set(name, child);
    return child;
  }

  #itemsOf(field: Field): Field {
    if (field.items !== undefined) return field.items;
    const hasRoom = this.#hasRoom;
    const counter = this.#counterOf(`${field.counter.field}[]`, field, field.declared);
    const items = fieldOf(counter, itemItself, field.declared);
    if (hasRoom) field.items = items;
    return items;
  }

  get #hasRoom(): boolean {
    return this.#counters.length < mostCountedFields;
  }

  #counterOf(path: string, above: Field, declared: Declared | undefined): Counter {
    const use = declared?.use ?? above.counter.use;
    if (this.#hasRoom) {
      const counter = new Counter(path, use);
      this.#counters.push(counter);
      return counter;
    }
    const overflow = this.#overflow.get(use) ?? new Counter('…', use);
    this.#overflow.set(use, overflow);
    return overflow;
  }
}

function fieldOf(counter: Counter, name: string, declared: Declared | undefined): Field {
  return { counter, name, declared, children: new Map(), items: undefined };
}

/** Whether rows are made of the items of a field; an item that is such a list's is not one itself. */
function makesRows(field: Field): boolean {
  return field.declared?.each === true && field.name !== itemItself;
}
