import * as z from 'zod';
import { hasData, isGroup } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const sameOnce = defineTransform({
  name: 'same-once',
  about:
    "Of a group in which every member says the same, keeps one: that of the account's language, else the first. A group whose members differ stays.",
  options: z.undefined(),
  apply: (value, _, context) => {
    if (value === null || !isGroup(value)) return value;
    const filled = Object.entries(value).filter(([, member]) => hasData(member));
    const said = new Set(filled.map(([, member]) => JSON.stringify(member)));
    const { language } = context.account;
    const kept = filled.find(([name]) => name === language) ?? filled[0];
    return said.size > 1 || kept === undefined ? value : Object.fromEntries([kept]);
  },
});
