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
  /** Whether only rules use it that do not apply to every record. */
  atTimes = false;
  /** The record or item of which such a rule last used it. */
  usedOf = 0;
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
  /** What says how the field is used: its own declaration, or the nearest above it. */
  readonly governing: Declared | undefined;
  readonly children: Map<string, Field>;
  items: Field | undefined;
}

/**
 * The fields of one source entity: which of them a mapping uses, and how many records had data in each. A walk over a
 * record counts its fields and hands over those that no rule uses.
 */
export class FieldTree {
  readonly #declared = new Declared();
  readonly #top = fieldOf(new Counter('', 'custom'), '', this.#declared, undefined);
  readonly #counters: Counter[] = [];
  readonly #overflow = new Map<FieldUse, Counter>();
  readonly #itemsByPath = new Map<string, Field>();
  /** Records and items are numbered in one row; `#sequence` is the number of the record. */
  #begun = 0;
  #sequence = 0;

  /** Declares a field, and what is under it, as used. To be done before the first record. */
  declare(path: string, use: 'mapped' | 'ignored'): void {
    const declared = this.#declared.make(path.replaceAll('[]', ''));
    declared.use ??= use;
    declared.atTimes = false;
  }

  /** The same for a rule that does not apply to every record; when it does, it calls what this gives. */
  declareAtTimes(path: string): () => void {
    const declared = this.#declared.make(path);
    if (declared.use === undefined) {
      declared.use = 'mapped';
      declared.atTimes = true;
    }
    return () => {
      declared.usedOf = this.#begun;
    };
  }

  /** Declares that rows are made of the items of a list. */
  declareEach(path: string): void {
    this.#declared.make(path).each = true;
  }

  /** A record begins, or an item that transforms have made: what rules use from now on, they use of it. */
  begin(): void {
    this.#begun += 1;
    this.#sequence = this.#begun;
  }

  /** An item of a list of the record begins. */
  beginItem(): void {
    this.#begun += 1;
  }

  /** Counts the fields of what began and keeps those that no rule used. To be done when its rows are made. */
  walk(fields: Value, custom: CustomFields): void {
    this.#walk(fields, this.#top, custom);
  }

  /** Keeps what no rule used of one item of the list at a path, before the walk over its record. */
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
      if (!this.#isUsed(field)) custom?.keep(field.name, value);
    } else {
      // Unlike Object.keys, this needs no list, and the engine knows where each value is. Records inherit nothing.
      for (const name in value) {
        const inner = value[name] ?? null;
        const child = field.children.get(name) ?? this.#makeChild(field, name);
        if (inner !== null) this.#walk(inner, child, custom);
      }
    }
  }

  #isUsed({ counter, governing }: Field): boolean {
    if (counter.use === 'custom') return false;
    if (governing?.atTimes !== true) return true;
    return governing.usedOf === this.#begun || governing.usedOf === this.#sequence;
  }

  /** A list is kept whole where something in it has no rule, unless its items are rows. */
  #walkList(list: readonly Value[], field: Field, custom: CustomFields | undefined): void {
    const items = this.#itemsOf(field);
    const unused = custom === undefined || makesRows(field) ? undefined : new CustomFields();
    for (const item of list) this.#walk(item, items, unused);
    if (unused?.isEmpty === false) custom?.keep(field.name, list);
  }

  #child(field: Field, name: string): Field {
    return field.children.get(name) ?? this.#makeChild(field, name);
  }

  #makeChild(field: Field, name: string): Field {
    const above = field.counter.field;
    const inside = field.name === '' || field.name === itemItself;
    const hasRoom = this.#hasRoom;
    const child = fieldOf(
      this.#counterOf(above === '' ? name : `${above}.${name}`, field, field.declared?.find(name)),
      inside ? name : `${field.name}.${name}`,
      field.declared?.find(name),
      field.governing,
    );
    if (hasRoom) field.children.set(name, child);
    return child;
  }

  #itemsOf(field: Field): Field {
    if (field.items !== undefined) return field.items;
    const hasRoom = this.#hasRoom;
    const counter = this.#counterOf(`${field.counter.field}[]`, field, field.declared);
    const items = fieldOf(counter, itemItself, field.declared, field.governing);
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

function fieldOf(
  counter: Counter,
  name: string,
  declared: Declared | undefined,
  above: Declared | undefined,
): Field {
  const governing = declared?.use === undefined ? above : declared;
  return { counter, name, declared, governing, children: new Map(), items: undefined };
}

/** Whether rows are made of the items of a field; an item that is such a list's is not one itself. */
function makesRows(field: Field): boolean {
  return field.declared?.each === true && field.name !== itemItself;
}
