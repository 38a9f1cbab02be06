// Texts are compared the same way in TypeScript and in SQL, on every database.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  foldCode,
  foldEmail,
  foldedCodeSql,
  foldedEmailSql,
  foldedPhoneSql,
  foldedSql,
  foldPhone,
  foldText,
} from '../../src/crm/folding.ts';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { databaseKinds, freshDatabase, type TestLocation } from '../support/databases.ts';

const seed = Number(
  process.env['FAST_CHECK_SEED'] ?? (process.env['CI'] ? 20_261_121 : Date.now() % 2 ** 31),
);

// Letters that fold in a way of their own, in any order and number.
const letters = 'AzñÑéÉÜßẞÆæŒøØŁłĐİıſςΣΑωЖжЙё \u00a0\u2003\t\n\r\u0301\u0327ﬁⅧ１@+().-ŉǅ한'.split(
  '',
);
const texts = fc
  .oneof(
    fc.array(fc.constantFrom(...letters), { maxLength: 20 }).map((found) => found.join('')),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
  )
  .map((found) => found.replaceAll('\0', ''));

describe.each(databaseKinds)('folding (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;

  beforeAll(async () => {
    place = await freshDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  it('gives the same of the same text in TypeScript and in SQL', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 50, maxLength: 100 }), async (found) => {
        const { rows } = await database.query(
          `SELECT ${foldedSql('t')} AS text, ${foldedEmailSql('t')} AS email, ${foldedPhoneSql('t')} AS phone, ${foldedCodeSql('t')} AS code
             FROM unnest($1::text[]) WITH ORDINALITY x(t, n) ORDER BY n`,
          [found],
        );
        expect(rows).toEqual(
          found.map((text) => ({
            text: foldText(text),
            email: foldEmail(text),
            phone: foldPhone(text),
            code: foldCode(text),
          })),
        );
      }),
      { numRuns: 40, seed },
    );
  });
});

describe('a folded text', () => {
  it.each([
    ['  José   PÉREZ ', 'jose perez'],
    ['Straße', 'strasse'],
    ['ØRSTED ÆRØ', 'orsted aero'],
    ['Ángel\u00a0Núñez', 'angel nunez'],
    ['ΣΟΦΟΣ', 'σοφοσ'],
    ['σοφος', 'σοφοσ'],
    ['ЁЛКА', 'елка'],
  ])('of %j is %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('is folded already', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { seed },
    );
  });
});
