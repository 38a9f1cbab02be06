import type { Value } from '../model/record.ts';
import { canonicalObject } from './canonical-json.ts';
import { storableText } from '../model/name-text.ts';
import { isList } from './shape.ts';

const none: readonly string[] = [];

/**
 * What a row keeps of its source beside its columns, by source path: fields without a rule, and originals of values that
 * changed on their way.
 */
export class CustomFields {
  #kept: Map<string, Value> | undefined;
  #replaced: string[] | undefined;

  /** Names whose texts held characters that the database cannot. */
  get replaced(): readonly string[] {
    return this.#replaced ?? none;
  }

  keep(name: string, value: Value): void {
    this.#kept ??= new Map();
    if (isStorable(value)) {
      this.#kept.set(storableText(name), value);
      return;
    }
    const stored = storable(value);
    if (stored.replaced) (this.#replaced ??= []).push(name);
    this.#kept.set(storableText(name), stored.value);
  }

  get isEmpty(): boolean {
    return this.#kept === undefined;
  }

  /** JSON text; null where nothing is kept. */
  text(): string | null {
    return this.#kept === undefined ? null : canonicalObject(this.#kept);
  }
}

/** Whether the database can hold all texts and names of a value, as it nearly always can. */
function isStorable(value: Value): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return storableText(value) === value;
  if (isList(value)) return value.every(isStorable);
  return Object.keys(value).every((name) => isStorable(name) && isStorable(value[name] ?? null));
}

interface Storable {
  readonly value: Value;
  readonly replaced: boolean;
}

/** The value with the texts as they are written, but for what the database cannot hold. */
function storable(value: Value): Storable {
  if (value === null) return { value, replaced: false };
  if (typeof value === 'string') {
    const text = storableText(value);
    return { value: text, replaced: text !== value };
  }
  if (isList(value)) {
    const items = value.map(storable);
    return {
      value: items.map((item) => item.value),
      replaced: items.some((item) => item.replaced),
    };
  }
  const members = Object.entries(value).map(
    ([name, member]) => [storableText(name), storable(member)] as const,
  );
  return {
    value: Object.fromEntries(members.map(([name, member]) => [name, member.value])),
    replaced: members.some(([, member]) => member.replaced),
  };
}
