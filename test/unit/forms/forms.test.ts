import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateOrder, readDate } from '../../../src/mapping/date-reading.ts';
import { decideForms } from '../../../src/mapping/forms/decide.ts';
import { markIn } from '../../../src/mapping/forms/numbers.ts';
import type { GivenForms, WantedForm } from '../../../src/mapping/forms/contract.ts';
import { FormSurvey } from '../../../src/mapping/forms/survey.ts';

type Columns = Readonly<Record<string, readonly string[]>>;

/** Surveys the columns of one file, and decides how those of dates (`d…`) and numbers (`n…`) are written. */
function decided(columns: Columns, given: GivenForms = {}) {
  const survey = new FormSurvey();
  const rows = Math.max(...Object.values(columns).map((values) => values.length));
  for (let row = 0; row < rows; row++) {
    const fields = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values[row] ?? null]),
    );
    survey.add('a.csv', { entity: 'rows', fields, line: row + 2 });
  }
  const wanted = Object.keys(columns).map((field): WantedForm => {
    const kind = field.startsWith('d') ? 'dates' : 'numbers';
    return { entity: 'rows', field, kind };
  });
  const { forms, issues } = decideForms(survey.columns(), wanted, given);
  return { forms: forms.files['a.csv'] ?? {}, issues };
}

const datesOf = (values: readonly string[], given?: GivenForms) => {
  const { forms, issues } = decided({ d: values }, given);
  return [forms['d']?.dates, issues.map(({ code }) => code)];
};

describe('the dates of a column', () => {
  it.each([
    ['a 31 in first place', ['03/04/2025', '31/01/2025'], 'dmy', []],
    ['a 31 in second place', ['03/04/2025', '01/31/2025'], 'mdy', []],
    ['nothing that decides', ['03/04/2025', '05/06/2025'], 'undecided', ['COLUMN_DATES_AMBIGUOUS']],
    ['both orders', ['31/01/2025', '01/31/2025'], 'undecided', ['COLUMN_DATES_CONTRADICT']],
    ['the same day either way', ['05/05/2025', '06/06/2025'], 'dmy', []],
    ['points, which stand after the day', ['03.04.2025', '05.06.2025'], 'dmy', []],
    [
      'points, where they cannot',
      ['01.31.2025', '03.04.2025'],
      'undecided',
      ['COLUMN_DATES_CONTRADICT'],
    ],
    ['a year first', ['2025-01-31', '2025/02/01'], undefined, []],
    ['no dates', ['soon', '12', '1.250'], undefined, []],
    ['dates that are none', ['31/31/2025'], undefined, []],
    ['short years that could be days', ['31/12/24'], 'undecided', ['COLUMN_DATES_AMBIGUOUS']],
    ['short years that cannot', ['31/12/24', '03/04/85'], 'dmy', ['COLUMN_SHORT_YEARS']],
  ])('with %s', (_about, values, form, codes) => {
    expect(datesOf(values)).toEqual([form, codes]);
    expect(datesOf([...values].reverse())).toEqual([form, codes]);
  });

  it('are as they are said to be', () => {
    const { forms, issues } = decided({ d: ['03/04/2025'] }, { dates: 'mdy' });
    expect([forms, issues]).toEqual([{}, []]);
  });

  it('are shown by value and line where somebody has to decide', () => {
    const { issues } = decided({ d: ['03/04/2025', '05/06/2025'] });
    expect(issues).toMatchObject([
      { file: 'a.csv', entity: 'rows', field: 'd', line: 2, value: '03/04/2025' },
    ]);
    const { issues: both } = decided({ d: ['31/01/2025', '30/01/2025', '01/31/2025'] });
    expect(both[0]?.args).toEqual({
      rows: '2',
      other: '01/31/2025',
      otherLine: '4',
      otherRows: '1',
    });
  });

  it('are read like another column of the file only if all that prove something agree, and it is said', () => {
    const open = ['03/04/2025', '05/06/2025'];
    const lent = decided({ d1: open, d2: ['31/01/2025'] });
    expect(lent.forms['d1']?.dates).toBe('dmy');
    expect(lent.issues).toMatchObject([
      { code: 'COLUMN_DATES_BORROWED', field: 'd1', args: { column: 'd2', proof: '31/01/2025' } },
    ]);
    const split = decided({ d1: open, d2: ['31/01/2025'], d3: ['01/31/2025'] });
    expect(split.forms['d1']?.dates).toBe('undecided');
    const torn = decided({ d1: open, d2: ['31/01/2025'], d3: ['01/31/2025', '31/01/2025'] });
    expect(torn.forms['d1']?.dates).toBe('undecided');
  });

  it('are never decided against how they were written', () => {
    const written = fc.tuple(
      fc.constantFrom<DateOrder>('dmy', 'mdy'),
      fc.array(
        fc.date({
          min: new Date('1940-01-01T00:00:00Z'),
          max: new Date('2029-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        { minLength: 1, maxLength: 30 },
      ),
      fc.boolean(),
    );
    fc.assert(
      fc.property(written, ([order, days, short]) => {
        const texts = days.map((day) => {
          const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
          const shown = short ? year.slice(2) : year;
          return order === 'dmy' ? `${date}/${month}/${shown}` : `${month}/${date}/${shown}`;
        });
        const [form] = datesOf(texts);
        if (form === 'undecided' || form === undefined) return;
        texts.forEach((text, place) => {
          const reading = readDate(text, form as DateOrder, true);
          const day = days[place];
          expect(reading).toMatchObject({
            kind: 'time',
            time: { day: day?.getUTCDate(), month: (day?.getUTCMonth() ?? 0) + 1 },
          });
        });
      }),
    );
  });
});

describe('the numbers of a column', () => {
  it.each([
    ['1.250,00', 'comma'],
    ['1,250.00', 'point'],
    ['1.250.000', 'comma'],
    ['1,250,000', 'point'],
    ['12,5', 'comma'],
    ['0.125', 'point'],
    ['€ 1.250', 'either'],
    ['€ 1.250,-', 'comma'],
    ['1,250', 'either'],
    ['1250', undefined],
    ['1 250', undefined],
    ['31.12.2024', undefined],
    ['120 m²', undefined],
    ['abc', undefined],
  ])('in %j show %j', (text, mark) => {
    expect(markIn(text)).toBe(mark);
  });

  it.each([
    ['one proof', ['1.250', '12,5'], 'comma', []],
    ['the other proof', ['1.250', '12.5'], 'point', []],
    ['none', ['1.250', '2.500'], 'undecided', ['COLUMN_NUMBERS_AMBIGUOUS']],
    ['both', ['1.250', '12,5', '12.5'], 'undecided', ['COLUMN_NUMBERS_CONTRADICT']],
    ['no sign at all', ['1250', '3'], undefined, []],
  ])('with %s', (_about, values, form, codes) => {
    const { forms, issues } = decided({ n: values });
    expect([forms['n']?.decimal, issues.map(({ code }) => code)]).toEqual([form, codes]);
  });

  it('are read like another column of the file, and it is said', () => {
    const { forms, issues } = decided({ n1: ['250.000'], n2: ['1.250,50'] });
    expect(forms['n1']?.decimal).toBe('comma');
    expect(issues.map(({ code }) => code)).toEqual(['COLUMN_NUMBERS_BORROWED']);
  });
});
