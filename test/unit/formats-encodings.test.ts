import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeHead, detectEncoding } from '../../src/formats/text.ts';
import { root } from '../support/cli.ts';

/** Invented people, with the letters of their languages. */
const people: Readonly<Record<string, readonly string[]>> = {
  Spanish: [
    'José Muñoz Ibáñez,Málaga,Está interesado en un ático; ¿cuándo puede visitarlo?',
    'María Ángeles Núñez Güell,Cádiz,Llamará mañana por teléfono',
    'Íñigo Peña Álvarez,A Coruña,Urbanización «El Rincón», 2.º dcha.',
    'Begoña Sánchez López,León,Envió su oferta el miércoles: 250.000 €',
    'Andrés Ordóñez,Jerez de la Frontera,Español e inglés',
    'Verónica Pérez,Logroño,Jardín pequeño y trastero',
  ],
  German: [
    'Jürgen Müller,Köln,Möchte ein Häuschen mit Garten',
    'Käthe Groß,Düsseldorf,Rückruf übermorgen',
    'Björn Schäfer,Nürnberg,Straße und Hausnummer fehlen',
    'Ursula Böhm,Würzburg,Größe ungefähr 90 m²',
    'Günther Weiß,Lübeck,Für die Eltern',
    'Änne Öztürk,München,Übergabe im März',
  ],
  Dutch: [
    'Zoë de Vries,Coevorden,Belt terug vóór vrijdag',
    'Daniëlle Coöper,Haarlem,Zoekt een penthouse à 300.000 euro',
    'René van Gaalen,Den Haag,Geïnteresseerd in nieuwbouw',
    'Chloë Mulder,IJsselstein,Twee slaapkamers, één badkamer',
    'Noël Böhmer,Leeuwarden,Heeft het huis al bekeken',
    'Anaïs Smit,Groningen,Reünie in mei',
  ],
  Polish: [
    'Łukasz Wiśniewski,Łódź,Proszę zadzwonić później',
    'Małgorzata Zając,Kraków,Mieszkanie z dużym tarasem',
    'Paweł Dąbrowski,Gdańsk,Interesuje się domem nad morzem',
    'Żaneta Kołodziej,Częstochowa,Budżet około 200 tysięcy',
    'Grażyna Świątek,Wrocław,Spotkanie w środę',
    'Michał Grześkowiak,Poznań,Już widział zdjęcia',
  ],
  Russian: [
    'Иван Соколов,Москва,Перезвонить после обеда',
    'Мария Кузнецова,Санкт-Петербург,Ищет квартиру у моря',
    'Алексей Щербаков,Казань,Две спальни и терраса',
    'Ольга Чернышёва,Екатеринбург,Бюджет до 300 тысяч',
    'Дмитрий Жуков,Нижний Новгород,Просмотр в среду',
    'Юлия Фёдорова,Сочи,Предпочитает новостройки',
  ],
};

const bom = '\ufeff';
/** How each file is written: its name in the table, its encoding, and what stands before the text. */
const written: readonly (readonly [string, string, string])[] = [
  ['UTF-8', 'utf-8', ''],
  ['UTF-8 with BOM', 'utf-8', bom],
  ['UTF-16LE with BOM', 'utf-16le', bom],
  ['UTF-16BE with BOM', 'utf-16be', bom],
  ['UTF-16LE', 'utf-16le', ''],
  ['UTF-16BE', 'utf-16be', ''],
  ['Windows-1252', 'windows-1252', ''],
  ['ISO-8859-1', 'iso-8859-1', ''],
  ['ISO-8859-15', 'iso-8859-15', ''],
  ['Mac Roman', 'macroman', ''],
  ['Windows-1250', 'windows-1250', ''],
  ['ISO-8859-2', 'iso-8859-2', ''],
  ['Windows-1251', 'windows-1251', ''],
  ['KOI8-R', 'koi8-r', ''],
];

type Outcome = 'right' | 'right, guessed' | 'wrong, shown as a guess' | 'WRONG';

const encoded = (text: string, encoding: string): Buffer =>
  encoding === 'utf-16be'
    ? iconv.encode(text, encoding, { addBOM: false })
    : iconv.encode(text, encoding);

function outcomeOf(text: string, encoding: string, before: string): Outcome {
  const bytes = encoded(before + text, encoding);
  const found = detectEncoding(bytes);
  const isRight = decodeHead(bytes, found.encoding).replace(bom, '') === text;
  if (found.certain) return isRight ? 'right' : 'WRONG';
  return isRight ? 'right, guessed' : 'wrong, shown as a guess';
}

const header = 'name,city,notes\n';
const rows = Object.entries(people).flatMap(([language, lines]) =>
  written.flatMap(([title, encoding, before]) => {
    // A row that the code page cannot write is no case.
    const own = lines.filter((line) => iconv.decode(encoded(line, encoding), encoding) === line);
    if (own.length < 3) return [];
    const whole = outcomeOf(header + own.join('\n'), encoding, before);
    const each = own.map((line) => outcomeOf(header + line, encoding, before));
    return [{ language, title, whole, each }];
  }),
);

describe('the encoding of a file', () => {
  it('is never wrong without being shown as a guess', () => {
    expect(rows.length).toBeGreaterThan(35);
    for (const { title, language, whole, each } of rows) {
      expect([whole, ...each], `${language} in ${title}`).not.toContain('WRONG');
    }
  });

  it('is right in a file of a few rows', () => {
    const wrong = rows.filter(({ whole }) => !whole.startsWith('right'));
    expect(wrong.map(({ title, language }) => `${language} in ${title}`)).toEqual([]);
  });

  it('is documented as it is found (UPDATE=1 writes docs/encodings.md)', () => {
    const path = join(root, 'docs/encodings.md');
    const rendered = render();
    if (process.env['UPDATE'] === '1') writeFileSync(path, rendered);
    expect(readFileSync(path, 'utf8')).toBe(rendered);
  });
});

function render(): string {
  const lines = rows.map(({ language, title, whole, each }) => {
    const right = each.filter((outcome) => outcome.startsWith('right')).length;
    return [title, language, whole, `${String(right)} of ${String(each.length)}`];
  });
  const titles = ['encoding', 'language', 'up to six rows', 'one row, right in'];
  const widths = titles.map((cell, column) =>
    Math.max(cell.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const table = [row(titles), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)];
  return `# Encodings

Made by \`UPDATE=1 npx vitest run test/unit/formats-encodings.test.ts\`; not to be edited. The test writes files of invented
people in each encoding and looks at what is found. "Right" is sure: a byte order mark, UTF-16 by its zeros, or valid UTF-8.
Every other encoding is a guess, and a guess is always shown: a warning in \`inspect\` and a finding of the run, with words
as they were read. \`--encoding\` says it better. The last column is files of a single row, where there is least to go by.

${table.join('\n')}
`;
}
