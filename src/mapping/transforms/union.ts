import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { isFilled, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

const yes = new Set(['1', 'true', 'yes', 'si', 'sí']);
const no = new Set(['0', 'false', 'no']);

function* textsOf(value: Value, name = ''): Generator<string> {
  if (value === null) return;
  if (typeof value === 'string') {
    const word = value.trim().toLowerCase();
    if (name !== '' && yes.has(word)) yield name;
    else if (isFilled(value) && (name === '' || !no.has(word))) yield value;
  } else if (isList(value)) {
    for (const item of value) yield* textsOf(item);
  } else {
    for (const [inner, member] of Object.entries(value)) yield* textsOf(member, inner);
  }
}

export const union = defineTransform({
  name: 'union',
  about:
    'Gives every text in a list of texts, lists and groups once, in their order. In a group a text that says yes stands for its name, one that says no for nothing.',
  options: z.undefined(),
  apply: (value) => {
    const texts = new Set(textsOf(value));
    return texts.size === 0 ? null : [...texts];
  },
});
