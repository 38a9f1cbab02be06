import * as z from 'zod';
import type { Value } from '../model/record.ts';

/** A place in a record or in an item of a list, compiled once: `location.latitude`. */
export interface Path {
  readonly text: string;
  read(from: Value): Value;
}

/** The path of a list's item itself. */
export const itemItself = '.';

function child(from: Value, name: string): Value {
  if (from === null || typeof from === 'string') return null;
  if (Array.isArray(from)) return childOfItems(from as readonly Value[], name);
  const value = (from as Group)[name];
  // A text is the record's own; what objects inherit (a column may be called `constructor`) never is one.
  if (typeof value === 'string') return value;
  return value !== undefined && Object.hasOwn(from, name) ? value : null;
}

/** A path through a list gives the list of what its items hold there. */
function childOfItems(items: readonly Value[], name: string): Value {
  const found = items.map((item) => child(item, name)).filter((value) => value !== null);
  return found.length === 0 ? null : found;
}

type Group = Readonly<Record<string, Value>>;

/** Compiles a path. A flat field whose own name has the dots (`address.city` of a CSV) is found too. */
export function compilePath(text: string): Path {
  if (text === itemItself) return { text, read: (from) => from };
  const names = text.split('.');
  if (names.length === 1) return { text, read: (from) => child(from, text) };
  return {
    text,
    read: (from) => child(from, text) ?? names.reduce<Value>(child, from),
  };
}

/** A path in the options of a transform. */
export const pathOption = z.string().min(1).transform(compilePath);
