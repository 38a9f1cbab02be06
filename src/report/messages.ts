// The wording of every finding, in this one place: terminal, pages and files take their sentences from here.
import { issueCodes } from '../model/issue-codes.ts';
import type { Issue, IssueCode } from '../model/issue.ts';
import { excerpt, quoted, isFingerprint, recordId } from './figures.ts';

/** What a sentence may speak of. */
interface Subject {
  /** The value, quoted and cut to a readable length, or "the value". */
  readonly value: string;
  readonly entity: string;
  /** An argument of the issue; the sentence must also read well without it. */
  readonly arg: (name: string) => string | undefined;
}

interface Wording {
  /** What was found; the part of the sentence after the place, so it begins in lower case. */
  readonly says: (subject: Subject) => string;
  /** What the tool does about it. An issue of severity `error` always rejects its record instead. */
  readonly effect?: string;
  /** What a person can do about it. */
  readonly advice: string;
}

const leftEmpty = 'The field is left empty and the original is kept with the record.';
const correctInSource = 'Correct it in the source and import again, or fill it in in the CRM.';
const nothing = 'Nothing has to be done.';

const because = (reason: string | undefined) => (reason === undefined ? '' : ` (${reason})`);

const looksLike = (reason: string | undefined) => (reason ? `; it looks like ${reason}` : '');
const readsAs = (words: string | undefined) => (words ? `; it reads: ${words}` : '');

/** How often, and on which line, in brackets. */
const rowsOf = (rows: string | undefined, line?: string) =>
  because(
    [
      rows === undefined ? '' : `${rows} ${rows === '1' ? 'row' : 'rows'}`,
      line === undefined ? '' : `line ${line}`,
    ]
      .filter((part) => part !== '')
      .join(', ') || undefined,
  );

const formWords: Readonly<Record<string, string>> = {
  dmy: 'the day first',
  mdy: 'the month first',
  ymd: 'the year first',
  point: 'a point before the decimals',
  comma: 'a comma before the decimals',
};

/** Forms of dates and numbers in words. */
const inWords = (forms: string | undefined) =>
  forms
    ?.split(', ')
    .map((form) => formWords[form] ?? form)
    .join(', or ');

// Only a fate that keeps the record itself out is worth a word.
const fateOf = (fate: string | undefined) => (fate === 'parked' ? '; the record waits for it' : '');

const brokenRule = (rule: string | undefined) =>
  `a rule of the source does not hold${rule === undefined ? '' : `: ${rule}`}`;

const wordings: Readonly<Record<IssueCode, Wording>> = {
  // The record as a whole
  RECORD_WITHOUT_ID: {
    says: () => 'the record has no id in the source',
    advice: 'Give it an id in the source and export again.',
  },
  RECORD_UNREADABLE: {
    says: ({ value }) => `where a record should stand there is ${value}`,
    advice: 'Look at this place of the file, or export again.',
  },
  RECORD_MALFORMED: {
    says: ({ arg }) => `the record cannot be read${because(arg('reason'))}`,
    advice: 'Correct this place of the file; the records before and after it were read.',
  },
  ENTITY_NOT_MAPPED: {
    says: ({ entity }) => `no mapping takes records of the kind “${entity}”`,
    advice: 'Add a mapping for them, or a mapping that excludes them on purpose.',
  },
  DUPLICATE_ID: {
    says: ({ arg }) => {
      const [file, line] = [arg('lastFile'), arg('lastLine')];
      const last = [file, line === undefined ? undefined : `line ${line}`];
      return `another record of the same kind has the same id${because(last.filter((part) => part !== undefined).join(', ') || undefined)}`;
    },
    effect: 'The last of them is imported.',
    advice: 'Check in the old CRM which of them is right.',
  },
  TWIN_APART: {
    says: ({ value }) => `it names ${value} as the same, which another record is already`,
    effect: 'Both come in, as two.',
    advice: 'Merge the two in the CRM, if they are one.',
  },
  DUPLICATE_ROW: {
    says: ({ arg }) => `another record stands for the same row of the CRM${because(arg('table'))}`,
    effect: 'The row is there once.',
    advice: nothing,
  },
  REQUIRED_VALUE_MISSING: {
    says: ({ arg }) => `a required value is missing${because(arg('column'))}`,
    advice: 'Fill it in in the source and import again.',
  },
  RECORD_INCOMPLETE: {
    says: ({ arg }) => `a value that the CRM asks for is missing${because(arg('columns'))}`,
    effect: 'The record comes in and is marked as incomplete.',
    advice: 'Fill it in in the CRM.',
  },
  REFUSED_BY_DATABASE: {
    says: ({ arg }) => `the database refuses the row${because(arg('reason'))}`,
    advice: 'Please report it: the tool should have found the reason before.',
  },
  PART_OF_REJECTED: {
    says: () => 'the record that this row belongs to was rejected',
    advice: 'Correct that record; this row comes with it.',
  },

  // The document
  DECLARED_COUNT_DIFFERS: {
    says: ({ arg }) =>
      `the file says that it holds ${arg('declared') ?? 'another number of'} records, but ${arg('found') ?? 'others'} were read`,
    effect: 'All records that are there are imported.',
    advice: 'Ask for a new export: this one may not be whole.',
  },
  UNKNOWN_COLLECTION: {
    says: ({ entity }) => `the file has a collection that the tool does not know: ${entity}`,
    effect:
      'No mapping takes its records; they are not imported, and listed among the rejects where they could be read.',
    advice: 'If they hold data that you need, write a mapping for them.',
  },
  DOCUMENT_VERSION_MISSING: {
    says: () => 'the file does not say which version of its format it has',
    effect: 'It is read as the newest version known.',
    advice: 'Look at a few records in the preview.',
  },
  DOCUMENT_VERSION_UNKNOWN: {
    says: ({ value }) =>
      `the file has a version of its format that the tool does not know: ${value}`,
    effect: 'It is read as the newest version known.',
    advice: 'Look at a few records in the preview.',
  },
  DOCUMENT_PAGE_MISSING: {
    says: ({ arg }) =>
      `pages of the export are missing: ${arg('missing') ?? '?'} of ${arg('pages') ?? '?'}`,
    effect: 'Their records are not imported.',
    advice: 'Add the missing pages and import again.',
  },
  FILE_NOT_READ: {
    says: ({ arg }) =>
      `the file is not of ${arg('source') ?? 'the system that is read'}${looksLike(arg('reason'))}`,
    effect: 'It was not read.',
    advice: 'If it holds data that you need, import it on its own, with --source or --as.',
  },
  MEDIA_MISSING: {
    says: ({ value }) => `the file ${value} is not beside the export`,
    effect: 'The record comes in without its file.',
    advice: 'Put the file beside the export, in a folder or archive, and import again.',
  },
  MEDIA_AMBIGUOUS: {
    says: ({ value, arg }) => `${arg('files') ?? 'several'} files beside the export fit ${value}`,
    effect: 'None of them is taken.',
    advice: 'Name the file with its folder in the source, or leave one, and import again.',
  },
  MEDIA_UNREADABLE: {
    says: ({ value, arg }) => `the file ${value} cannot be read${because(arg('reason'))}`,
    effect: 'The record comes in without its file.',
    advice: 'Check the file or archive, and import again.',
  },
  MEDIA_DIFFERS: {
    says: ({ value, arg }) =>
      `the file ${value} has ${arg('bytes') ?? 'other'} bytes${arg('source') === undefined ? '' : `, and ${arg('source') ?? ''} by the source`}`,
    effect: 'The file is stored as it is; the size stays as the source says it.',
    advice: 'Open it and check that it is whole.',
  },
  FILES_BESIDE: {
    says: ({ arg }) => `${arg('files') ?? 'some'} files lie beside the data: ${arg('first') ?? ''}`,
    effect: 'They were not read.',
    advice: nothing,
  },
  ENCODING_UNCERTAIN: {
    says: ({ arg }) =>
      `the encoding of the file had to be guessed${because(arg('encoding'))}${readsAs(arg('words'))}`,
    effect: 'It is read in that encoding.',
    advice: 'If words with accents look wrong, name the encoding: --encoding.',
  },
  DELIMITER_UNCERTAIN: {
    says: ({ value }) => `several characters could divide the cells; ${value} was taken`,
    advice: 'Look at the columns in "inspect"; if they are wrong, name the character: --delimiter.',
  },
  HEADER_REPEATED: {
    says: ({ value }) => `the header has the column ${value} more than once`,
    effect: 'The first of them is read under that name; the others have a number after it.',
    advice: 'Give each column a name of its own, or let the mapping use both.',
  },
  ROW_TOO_SHORT: {
    says: ({ arg }) =>
      `the row has ${arg('cells') ?? 'fewer'} cells, the header has ${arg('columns') ?? 'more'}`,
    effect: 'The record comes in; the cells that are not there are empty.',
    advice: 'Check that no delimiter or line is missing in this row.',
  },
  ROW_TOO_LONG: {
    says: ({ arg }) =>
      `the row has ${arg('cells') ?? 'more'} cells, the header has ${arg('columns') ?? 'fewer'}`,
    effect: 'The record comes in; the cells beyond the header are kept with it.',
    advice: 'Check that no cell with a delimiter in it lacks its quotes.',
  },
  ROWS_EMPTY: {
    says: ({ arg }) => `rows that hold nothing: ${arg('rows') ?? 'some'}`,
    effect: 'They are no records.',
    advice: nothing,
  },
  COLUMN_DATES_AMBIGUOUS: {
    says: ({ value, arg }) =>
      `every date of the column can be read in several ways, such as ${value}${because(inWords(arg('forms')))}`,
    effect: 'Its dates are left empty and the originals are kept with the records.',
    advice: 'Say which it is: --dates dmy for the day first, --dates mdy for the month first.',
  },
  COLUMN_DATES_CONTRADICT: {
    says: ({ value, arg }) =>
      `some dates of the column are written like ${value}${rowsOf(arg('rows'))}, others like ${quoted(arg('other') ?? 'another')}${rowsOf(arg('otherRows'), arg('otherLine'))}`,
    effect: 'Its dates are left empty and the originals are kept with the records.',
    advice:
      'Correct the odd ones in the source, or say which is right: --dates dmy for the day first, --dates mdy for the month first.',
  },
  COLUMN_DATES_BORROWED: {
    says: ({ value, arg }) =>
      `nothing in the column decides how ${value} is read; it is read like the column ${quoted(arg('column') ?? 'beside it')}, where ${quoted(arg('proof') ?? 'a date')}${rowsOf(undefined, arg('proofLine'))} leaves one reading${because(inWords(arg('form')))}`,
    advice: 'If that is wrong, say how dates are written: --dates dmy or --dates mdy.',
  },
  COLUMN_SHORT_YEARS: {
    says: ({ value }) => `the years of the column have two digits, such as ${value}`,
    effect: 'They are read as 1930 to 2029.',
    advice: 'Export with years of four digits where that is wrong.',
  },
  COLUMN_NUMBERS_AMBIGUOUS: {
    says: ({ value }) =>
      `every number of the column with a point or a comma can be read in two ways, such as ${value}`,
    effect: 'Such numbers are left empty and the originals are kept with the records.',
    advice:
      'Say which sign stands before the decimals: --decimal comma where 1.250 is over a thousand, else --decimal point.',
  },
  COLUMN_NUMBERS_CONTRADICT: {
    says: ({ value, arg }) =>
      `some numbers of the column are written like ${value}${rowsOf(arg('rows'))}, others like ${quoted(arg('other') ?? 'another')}${rowsOf(arg('otherRows'), arg('otherLine'))}`,
    effect:
      'Those with one reading are taken; the others are left empty and kept with the records.',
    advice:
      'Look at them in the source, or say which is right: --decimal comma or --decimal point.',
  },
  COLUMN_NUMBERS_BORROWED: {
    says: ({ value, arg }) =>
      `nothing in the column decides how ${value} is read; it is read like the column ${quoted(arg('column') ?? 'beside it')}, where ${quoted(arg('proof') ?? 'a number')}${rowsOf(undefined, arg('proofLine'))} leaves one reading${because(inWords(arg('form')))}`,
    advice:
      'If that is wrong, say which sign is before the decimals: --decimal comma or --decimal point.',
  },
  COLUMN_ZEROS_LOST: {
    says: ({ value, arg }) =>
      `codes of the column are a digit shorter than the others, such as ${value}${rowsOf(arg('rows'))}: a spreadsheet may have taken the zero before them`,
    effect: 'They come in as they are, unless the country of the row says how long they are.',
    advice: 'Format the column as text in the spreadsheet and export again.',
  },
  COLUMN_NOT_MAPPED: {
    says: ({ arg }) => `the column is not imported into a field${because(arg('reason'))}`,
    effect: 'What it holds is kept with each record in custom_fields.',
    advice: 'If it has a place, say so in a mapping: "mapping suggest" writes one to begin with.',
  },
  DUPLICATE_KEY: {
    says: () => 'the field stands twice in the same record',
    effect: 'The last value is taken.',
    advice: 'Check in the old CRM which of the two is right.',
  },

  // Values
  VALUE_NOT_A_NUMBER: {
    says: ({ value }) => `${value} is not a number`,
    effect: leftEmpty,
    advice: correctInSource,
  },
  VALUE_PARTLY_A_NUMBER: {
    says: ({ value }) => `${value} begins with a number and goes on with text`,
    effect: 'The number is taken and the original is kept with the record.',
    advice: 'Check that the number is the right one.',
  },
  VALUE_AMBIGUOUS_NUMBER: {
    says: ({ value, arg }) =>
      `${value} can be read as two different numbers${because(arg('readings'))}`,
    effect: 'The original is kept with the record.',
    advice:
      'Say how this source writes numbers: --decimal comma, --decimal point, or in the mapping.',
  },
  VALUE_OUT_OF_RANGE: {
    says: ({ value }) => `${value} is outside what the field can hold`,
    effect: leftEmpty,
    advice: correctInSource,
  },
  VALUE_NOT_A_DATE: {
    says: ({ value }) => `${value} is not a date or time that the tool can read`,
    effect: leftEmpty,
    advice: 'Correct it in the source, or say in the mapping how this source writes dates.',
  },
  VALUE_AMBIGUOUS_DATE: {
    says: ({ value, arg }) =>
      `${value} can be read as two different dates${because(arg('readings'))}`,
    effect: 'The original is kept with the record.',
    advice:
      'Say whether the day or the month comes first: --dates dmy, --dates mdy, or in the mapping.',
  },
  LOCAL_TIME_MISSING: {
    says: ({ value }) => `${value} never was: the clocks went forward over it`,
    effect: 'The time is moved forward by the same step.',
    advice: nothing,
  },
  LOCAL_TIME_DOUBLED: {
    says: ({ value }) => `${value} was twice: the clocks went back over it`,
    effect: 'The earlier of the two is taken.',
    advice: nothing,
  },
  VALUE_NOT_A_BOOLEAN: {
    says: ({ value }) => `${value} means neither yes nor no`,
    effect: leftEmpty,
    advice: correctInSource,
  },
  VALUE_NOT_IN_TABLE: {
    says: ({ value, arg }) => {
      const table = arg('table');
      return `${value} is not in the value table${table === undefined ? '' : ` “${table}”`}`;
    },
    effect: 'The original is kept with the record.',
    advice: 'Add the value to the table and import again.',
  },
  VALUE_NOT_FOR_COLUMN: {
    says: ({ value, arg }) => {
      const column = arg('column');
      return `${value} does not fit ${column === undefined ? 'the field of the CRM' : `the CRM's field “${column}”`}`;
    },
    effect: leftEmpty,
    advice: correctInSource,
  },
  VALUE_TOO_LONG: {
    says: ({ arg }) => {
      const max = arg('max');
      return `the text is longer than the field may be${max === undefined ? '' : ` (${max} characters)`}`;
    },
    effect: 'The original is kept with the record.',
    advice: 'Shorten it in the source and import again, or edit it in the CRM.',
  },
  VALUE_NOT_EXPECTED_SHAPE: {
    says: ({ arg }) => {
      const expected = arg('expected');
      return expected === undefined
        ? 'the value is a list, a group or a text where something else is expected'
        : `the value is not ${expected}`;
    },
    effect: leftEmpty,
    advice: 'The source may have changed its format: compare the mapping with the file.',
  },
  NUMBER_SHORTENED: {
    says: ({ value, arg }) =>
      `${value} is a long number in the short form of spreadsheets, without its last digits${rowsOf(arg('rows'))}`,
    effect: 'A telephone number is left empty, another text stays as it is.',
    advice: 'Format the column as text in the spreadsheet and export again.',
  },
  SPREADSHEET_ERROR: {
    says: ({ value, arg }) =>
      `${value} is what a spreadsheet shows where a formula fails${rowsOf(arg('rows'))}`,
    effect: leftEmpty,
    advice:
      'Repair the formula in the spreadsheet and export again, or fill in the value in the CRM.',
  },
  DATE_AS_NUMBER: {
    says: ({ value, arg }) =>
      `${value} is the number that a spreadsheet has for a date${rowsOf(arg('rows'))}`,
    effect: leftEmpty,
    advice: 'Format the column as a date in the spreadsheet, such as 2024-12-31, and export again.',
  },
  LEADING_ZERO_LOST: {
    says: ({ value, arg }) =>
      `${value} has lost the zero before it, as numbers do in a spreadsheet${because(arg('read'))}`,
    effect: 'The zero is put back and the original is kept with the record.',
    advice: 'Format such columns as text before the file is saved.',
  },
  EMAIL_INVALID: {
    says: ({ value }) => `${value} is not an e-mail address`,
    effect: 'The original is kept with the record.',
    advice: correctInSource,
  },
  PHONE_INVALID: {
    says: ({ value }) => `${value} is not a telephone number`,
    effect: 'The number is kept as it is written.',
    advice: correctInSource,
  },
  URL_INVALID: {
    says: ({ value }) => `${value} is not a web address`,
    effect: leftEmpty,
    advice: correctInSource,
  },
  URL_REPAIRED: {
    says: ({ value }) => `the web address ${value} had spaces or no beginning`,
    effect: 'It was repaired.',
    advice: nothing,
  },
  COORDINATES_INVALID: {
    says: ({ value }) => `the coordinates ${value} are incomplete, out of range or a placeholder`,
    effect: leftEmpty,
    advice: 'Place the property on the map in the CRM.',
  },
  COORDINATES_FAR_AWAY: {
    says: ({ value }) => `the coordinates ${value} lie outside the country of the record`,
    effect: leftEmpty,
    advice: 'Place the property on the map in the CRM.',
  },
  PHONE_WRITTEN_AS_NUMBER: {
    says: ({ value }) => `the telephone number ${value} is a number in the source, not a text`,
    effect: 'It is taken as it is; leading zeros may have been lost before the export.',
    advice: 'Check the number with the person when you next speak.',
  },
  LANGUAGE_UNKNOWN: {
    says: ({ value }) => `${value} is not the code of a language`,
    effect: 'The original is kept with the record.',
    advice: 'Add the code to the value table of languages.',
  },
  JSON_IN_TEXT_INVALID: {
    says: ({ value }) => `the text ${value} should hold data and cannot be read`,
    effect: leftEmpty,
    advice: correctInSource,
  },
  NAME_WITH_DIGITS: {
    says: ({ value }) => `the name ${value} holds digits, which the CRM's forms do not accept`,
    effect: 'The name is taken as it is.',
    advice: 'Correct it in the CRM when you next edit the person.',
  },
  MINIMUM_ABOVE_MAXIMUM: {
    says: ({ value, arg }) =>
      `the minimum is greater than the maximum (${arg('minimum') ?? value} and ${arg('maximum') ?? 'less'})`,
    effect: 'Both are taken as they are.',
    advice: 'Check which of the two is right.',
  },
  TEXT_REPAIRED: {
    says: () => 'the text had broken letters (such as “Ã±” for “ñ”)',
    effect: 'It was repaired, and the original is kept with the record.',
    advice: nothing,
  },
  TEXT_CHARACTER_REPLACED: {
    says: () => 'the text has a character that the database cannot hold',
    effect: 'The character is replaced by “�”.',
    advice: 'Look at the text in the CRM.',
  },
  IMAGE_REPEATED: {
    says: ({ value }) => `the image ${value} stands twice in the record`,
    effect: 'The first is kept.',
    advice: nothing,
  },

  // Links and rows of the CRM
  PARENT_MISSING: {
    says: ({ value, arg }) => `it refers to ${value}, which is not there${fateOf(arg('fate'))}`,
    effect: 'The id that it refers to is kept with the record.',
    advice: 'Add the missing record to the import, or link it in the CRM.',
  },
  PARENT_NOT_IMPORTED: {
    says: ({ value, arg }) => `it refers to ${value}, which was not imported${fateOf(arg('fate'))}`,
    effect: 'The id that it refers to is kept with the record.',
    advice: 'Correct that record first, and import again.',
  },
  LINK_AMBIGUOUS: {
    says: ({ value, arg }) =>
      `it refers to ${value}, and several rows of ${arg('parent') ?? 'the CRM'} have that value${fateOf(arg('fate'))}`,
    effect: 'It is linked to none of them, and the value is kept with the record.',
    advice: 'Link the right one in the CRM, or tell them apart in the source and import again.',
  },
  PARENT_OF_OTHER_KIND: {
    says: ({ value, arg }) =>
      `it refers to ${value}, which is not one of the ${arg('parent') ?? 'expected kind'}${fateOf(arg('fate'))}`,
    effect: 'The row that would link the two is left out, or waits.',
    advice: 'Link the record by hand, or enter a person for the company and import again.',
  },
  USER_PLACEHOLDER: {
    says: ({ value, arg }) => `the agent ${arg('parent') ?? value} is not known to the CRM`,
    effect: 'A placeholder is entered, without access to the CRM.',
    advice: 'Invite the agent, or hand the records over to another.',
  },
  RULE_BROKEN: {
    says: ({ arg }) => brokenRule(arg('rule')),
    effect: 'The record comes in as it is.',
    advice: 'Look at the record in the old CRM, or put it right in the new one.',
  },
  REFERENCE_TAKEN: {
    says: ({ value }) => `another row already has ${value}, which must be unique`,
    effect: 'The field is left empty and the original is kept with the record.',
    advice: 'Decide which of the two keeps it, and give the other a new one.',
  },
  REFERENCE_CHANGED: {
    says: ({ value, arg }) => {
      const old = arg('old');
      return `the reference is now ${value}${old === undefined ? '' : `; it was ${quoted(old)}`}`;
    },
    effect: 'The same record keeps its row and takes the new reference.',
    advice: nothing,
  },
  VALUE_KEPT: {
    says: ({ value, arg }) => {
      const source = arg('source');
      return `the CRM keeps ${value}, where the source ${source === undefined ? 'is empty' : `has ${quoted(source)}`}`;
    },
    effect: 'The mapping says so, or an empty value never erases.',
    advice: nothing,
  },
  EDITED_IN_CRM: {
    says: ({ value, arg }) => {
      const source = arg('source');
      const theirs = source === undefined ? 'is empty' : `has ${quoted(source)}`;
      return arg('both') === undefined
        ? `the value was changed to ${value} in the CRM; the source ${theirs}, as before`
        : `the value was changed to ${value} in the CRM, and in the source, which now ${theirs}`;
    },
    effect: 'The value of the CRM stays.',
    advice: 'If the source is right, correct it in the CRM, or import with --conflicts overwrite.',
  },
  EDIT_OVERWRITTEN: {
    says: ({ value, arg }) => {
      const source = arg('source');
      return `the value was changed to ${value} in the CRM, and in the source, which now ${source === undefined ? 'is empty' : `has ${quoted(source)}`}`;
    },
    effect: 'The value of the source is taken.',
    advice: 'If the CRM was right, correct it there; a rollback of the run brings it back, too.',
  },
  MATCH_AMBIGUOUS: {
    says: ({ arg }) =>
      `${arg('rows') ?? 'several'} rows have an e-mail or another value that should tell the record apart`,
    effect: 'None of them is chosen.',
    advice: 'Merge them where they are one, or leave them as they are.',
  },
  MATCH_REFUSED: {
    says: ({ value, arg }) =>
      arg('reason') === 'taken'
        ? `another record of this input has the row of the CRM that ${value} matches`
        : `a row of the CRM has ${value}, but another name`,
    effect: 'The record comes in as a row of its own.',
    advice: 'Merge the two in the CRM where they are one.',
  },
  MATCH_LINKED: {
    says: ({ arg }) => {
      const kept = arg('differs');
      const differs = kept === undefined ? '' : `; the source says otherwise of ${kept}`;
      return `a row that is in the CRM already stands for the record${differs}`;
    },
    effect: 'That row stays as it is.',
    advice: nothing,
  },
  MATCH_SKIPPED: {
    says: () => 'a row that is in the CRM already stands for the record',
    effect: 'The record is skipped, and what belongs to it with it.',
    advice: nothing,
  },
  LISTING_EXCLUDED: {
    says: ({ value }) => `the filters of the feed exclude it, for ${value}`,
    effect: 'It does not come in; one that is in the CRM is withdrawn as the feed says.',
    advice: 'Change the filters of the feed where it is wanted: it comes in with the next sync.',
  },
  AGENCY_IS_PARTNER: {
    says: () => 'this agency is the partner that the feed names',
    effect: 'It comes in no second time.',
    advice: nothing,
  },
};

const rejected = 'The record is not imported.';

const isIssueCode = (code: string): code is IssueCode => Object.hasOwn(wordings, code);

function placeOf(issue: Issue): string {
  const { sourceId, line: at } = issue;
  // A fingerprint tells a person nothing that the line does not.
  const isNamed = sourceId !== undefined && !(isFingerprint(sourceId) && at !== undefined);
  const id = isNamed ? recordId(sourceId) : undefined;
  const record = [issue.entity, id].filter((part) => part !== undefined).join(' ');
  const line = at === undefined ? '' : `line ${at}`;
  const position =
    issue.file === undefined ? line : [excerpt(issue.file), line].filter(Boolean).join(', ');
  const subject = [excerpt(record), issue.field].filter(Boolean).join(', ');
  if (subject === '') return position;
  return position === '' ? subject : `${subject} (${position})`;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The finding as sentences: about what, what was found, what the tool does, what a person can do. */
export function messageOf(issue: Issue): string {
  const { says, effect, advice } = wordings[issue.code];
  const found = says({
    value: issue.value === undefined || issue.value === '' ? 'the value' : quoted(issue.value),
    entity: issue.entity ?? 'unknown',
    // A stored argument that was empty comes back as an empty text.
    arg: (name) => issue.args?.[name] || undefined,
  });
  const place = placeOf(issue);
  const sentence = place === '' ? capitalised(found) : `${place}: ${found}`;
  const outcome = issue.severity === 'error' ? rejected : effect;
  return [`${sentence}.`, outcome, advice].filter(Boolean).join(' ');
}

/** What findings of a kind are, without a certain record; a code of an older version stands for itself. */
export function titleOf({
  code,
  rule,
  columns,
}: {
  readonly code: string;
  readonly rule?: string;
  readonly columns?: string;
}): string {
  if (!isIssueCode(code)) return code;
  if (rule !== undefined) return `${capitalised(brokenRule(rule))}.`;
  const { about } = issueCodes[code];
  return columns === undefined ? about : `${about.replace(/\.$/, '')}: ${columns}.`;
}

/** What the tool does about findings of the code, and what a person can do. */
export function adviceOf(code: string, severity: Issue['severity']): string {
  if (!isIssueCode(code)) return '';
  const { effect, advice } = wordings[code];
  return [severity === 'error' ? rejected : effect, advice].filter(Boolean).join(' ');
}

/** The reference of all codes, as Markdown; `docs/issue-codes.md` is this text. */
export function issueCodeReference(): string {
  const codes = Object.keys(issueCodes).filter(isIssueCode);
  const sections = codes.map((code) => {
    const { severity, about } = issueCodes[code];
    const { says } = wordings[code];
    const found = says({
      value: '{value}',
      entity: '{entity}',
      arg: (name) => `{${name}}`,
    });
    return [
      `## ${code}`,
      `**${severity}** · ${about}`,
      `> ${capitalised(found)}.`,
      adviceOf(code, severity),
    ].join('\n\n');
  });
  return `${[
    '# Issue codes',
    'Generated from `src/model/issue-codes.ts` and `src/report/messages.ts`; `UPDATE=1 npx vitest run report-messages` writes it anew.',
    'Every finding about the data has a code. An **error** rejects its record; a **warning** leaves a field empty or in doubt; an **info** explains what the tool did. The mark `{value}` stands for the value, other marks for the arguments of the issue.',
    ...sections,
  ].join('\n\n')}\n`;
}
