// Findings in English, as an agency's admin should read them: what is wrong, and what to do. `{value}` stands for the
// value, other names for the arguments of the finding.
const wordings = {
  REQUIRED_VALUE_MISSING: {
    title: 'A required value is missing',
    says: '{column} has no value that can be used.',
    cure: 'Fill in the cell.',
  },
  RECORD_INCOMPLETE: {
    title: 'Incomplete',
    says: 'Missing: {columns}.',
    cure: 'It is marked as incomplete. Fill in the cell, or do it in the CRM later.',
  },
  RECORD_MALFORMED: {
    title: 'A row cannot be read',
    says: 'This row cannot be read: {reason}.',
    cure: 'Correct this place of the file. The rows before and after it were read.',
  },
  RECORD_UNREADABLE: {
    title: 'A row cannot be read',
    says: 'In the place of a row there is {value}.',
    cure: 'Look at this place of the file.',
  },
  DUPLICATE_ID: {
    title: 'Two rows have the same number',
    says: 'Another row has the same number in the source.',
    cure: 'The last of them is imported. Check which of them is right.',
  },
  DUPLICATE_ROW: {
    title: 'Stands for another row',
    says: 'Another row stands for the same person or thing.',
    cure: 'It is there once; nothing has to be done.',
  },
  REFUSED_BY_DATABASE: {
    title: 'The database refuses the row',
    says: 'The database refuses the row: {reason}.',
    cure: 'Please report it: this should have been found before.',
  },
  ENCODING_UNCERTAIN: {
    title: 'The encoding had to be guessed',
    says: 'The encoding had to be guessed: {encoding}.',
    cure: 'If words with accents look wrong, choose another encoding at “Reading”.',
  },
  DELIMITER_UNCERTAIN: {
    title: 'Several characters could divide the cells',
    says: 'Several characters could divide the cells; {value} was taken.',
    cure: 'Look at the first rows at “Reading”.',
  },
  HEADER_REPEATED: {
    title: 'Two columns have the same name',
    says: 'The column “{value}” is there more than once.',
    cure: 'The further ones have a number after their name.',
  },
  ROW_TOO_SHORT: {
    title: 'The row has too few cells',
    says: 'The row has {cells} cells, the header has {columns}.',
    cure: 'The cells that are not there are empty. Check that no line break cuts the row in two.',
  },
  ROW_TOO_LONG: {
    title: 'The row has too many cells',
    says: 'The row has {cells} cells, the header has {columns}.',
    cure: 'What is beyond the header is kept. Check that a cell with a comma in it has quotes.',
  },
  ROWS_EMPTY: {
    title: 'Empty rows',
    says: '{rows} rows are empty.',
    cure: 'They are not imported; nothing has to be done.',
  },
  COLUMN_DATES_AMBIGUOUS: {
    title: 'Dates can be read in two ways',
    says: 'Every date of the column can be read in several ways, such as {value}.',
    cure: 'Say at “Columns” how they are written. Until then they stay empty, and the originals are kept.',
  },
  COLUMN_DATES_CONTRADICT: {
    title: 'Dates are written in two ways',
    says: 'Some dates are written like {value}, others like {other}.',
    cure: 'Correct the odd ones, or say at “Columns” how they are written.',
  },
  COLUMN_DATES_BORROWED: {
    title: 'Dates are read like those of another column',
    says: 'Nothing in the column decides how {value} is read; it is read like “{column}”.',
    cure: 'If that is wrong, say so at “Columns”.',
  },
  COLUMN_NUMBERS_AMBIGUOUS: {
    title: 'Numbers can be read in two ways',
    says: 'Every number of the column can be read in several ways, such as {value}.',
    cure: 'Say at “Columns” how they are written. Until then they stay empty, and the originals are kept.',
  },
  COLUMN_NUMBERS_CONTRADICT: {
    title: 'Numbers are written in two ways',
    says: 'Some numbers are written like {value}, others like {other}.',
    cure: 'Correct the odd ones, or say at “Columns” how they are written.',
  },
  COLUMN_NOT_MAPPED: {
    title: 'A column has no field',
    says: 'The column has no field.',
    cure: 'What it holds is kept with each row. Give it a field at “Columns”, if there is one.',
  },
  VALUE_NOT_A_NUMBER: {
    title: 'Not a number',
    says: '“{value}” is not a number.',
    cure: 'The field stays empty and the original is kept. Correct the cell.',
  },
  VALUE_PARTLY_A_NUMBER: {
    title: 'A number with text behind it',
    says: '“{value}” begins with a number and goes on with text.',
    cure: 'The number is taken. Check that it is the right one.',
  },
  VALUE_AMBIGUOUS_NUMBER: {
    title: 'A number that can be read in two ways',
    says: '“{value}” can be read as two different numbers.',
    cure: 'The original is kept. Correct the cell, or say at “Columns” how numbers are written.',
  },
  VALUE_OUT_OF_RANGE: {
    title: 'A number out of range',
    says: '“{value}” is more or less than the field can hold.',
    cure: 'The field stays empty and the original is kept. Correct the cell.',
  },
  VALUE_NOT_A_DATE: {
    title: 'Not a date',
    says: '“{value}” is not a date.',
    cure: 'The field stays empty and the original is kept. Correct the cell, such as 31/12/2025.',
  },
  VALUE_AMBIGUOUS_DATE: {
    title: 'A date that can be read in two ways',
    says: '“{value}” can be read as two different dates.',
    cure: 'The original is kept. Correct the cell, or say at “Columns” how dates are written.',
  },
  VALUE_NOT_A_BOOLEAN: {
    title: 'Neither yes nor no',
    says: '“{value}” means neither yes nor no.',
    cure: 'The field stays empty and the original is kept. Correct the cell.',
  },
  VALUE_NOT_IN_TABLE: {
    title: 'The CRM does not know this value',
    says: 'The CRM has no “{value}” in this list.',
    cure: 'The original is kept. Say at “Values” what it means, or correct the cell.',
  },
  VALUE_NOT_FOR_COLUMN: {
    title: 'The value does not fit the field',
    says: '“{value}” does not fit the field.',
    cure: 'The field stays empty and the original is kept. Correct the cell.',
  },
  VALUE_TOO_LONG: {
    title: 'Too long',
    says: 'The text is longer than the field may be ({max} characters).',
    cure: 'The original is kept. Shorten it.',
  },
  NUMBER_SHORTENED: {
    title: 'A spreadsheet has cut off digits',
    says: '“{value}” is a long number in the short form of spreadsheets: its last digits are gone.',
    cure: 'Format the column as text in the spreadsheet and export it again, or correct the cell.',
  },
  SPREADSHEET_ERROR: {
    title: 'A formula failed',
    says: '“{value}” is what a spreadsheet shows where a formula fails.',
    cure: 'The field stays empty. Correct the cell.',
  },
  DATE_AS_NUMBER: {
    title: 'A number in the place of a date',
    says: '“{value}” is the number that a spreadsheet has for a date.',
    cure: 'Format the column as a date and export it again, or correct the cell.',
  },
  LEADING_ZERO_LOST: {
    title: 'A leading zero was lost',
    says: '“{value}” has lost the zero before it.',
    cure: 'The zero is put back; nothing has to be done.',
  },
  EMAIL_INVALID: {
    title: 'Not an e-mail address',
    says: '“{value}” is not an e-mail address.',
    cure: 'The original is kept. Correct the cell.',
  },
  PHONE_INVALID: {
    title: 'Not a telephone number',
    says: '“{value}” is not a telephone number.',
    cure: 'It is kept as it is written. Correct the cell, such as +34 612 345 678.',
  },
  PHONE_WRITTEN_AS_NUMBER: {
    title: 'A telephone number without its zero',
    says: '“{value}” is written as a number; a leading zero may be lost.',
    cure: 'Check the number.',
  },
  URL_INVALID: {
    title: 'Not a web address',
    says: '“{value}” is not a web address.',
    cure: 'The field stays empty and the original is kept. Correct the cell.',
  },
  URL_REPAIRED: {
    title: 'A web address was repaired',
    says: 'The web address “{value}” had spaces or no beginning, and was repaired.',
    cure: 'Nothing has to be done.',
  },
  LANGUAGE_UNKNOWN: {
    title: 'An unknown language',
    says: '“{value}” is not the code of a language.',
    cure: 'The original is kept. Write en, es, nl …',
  },
  NAME_WITH_DIGITS: {
    title: 'A name with digits',
    says: 'The name “{value}” holds digits.',
    cure: 'It is taken as it is. Correct the cell if it is a mistake.',
  },
  MINIMUM_ABOVE_MAXIMUM: {
    title: 'A minimum above its maximum',
    says: 'The minimum ({minimum}) is greater than the maximum ({maximum}).',
    cure: 'Both are taken as they are. Check which is right.',
  },
  TEXT_REPAIRED: {
    title: 'Broken letters were repaired',
    says: 'The text had broken letters (such as “Ã±” for “ñ”), which were repaired.',
    cure: 'Nothing has to be done.',
  },
  PARENT_MISSING: {
    title: 'It refers to something that is not there',
    says: 'It refers to “{value}”, which is not there.',
    cure: 'What it refers to is kept with the row. Correct the cell, or link it in the CRM.',
  },
  PARENT_NOT_IMPORTED: {
    title: 'It refers to something that does not come in',
    says: 'It refers to “{value}”, which does not come in.',
    cure: 'Correct that row first.',
  },
  LINK_AMBIGUOUS: {
    title: 'It could refer to several rows',
    says: 'Several rows of the CRM have “{value}”.',
    cure: 'It is linked to none of them. Link the right one in the CRM.',
  },
  USER_PLACEHOLDER: {
    title: 'An agent whom the CRM does not know',
    says: 'The CRM has no agent “{value}”.',
    cure: 'A placeholder is entered, without access. Choose the agent at “Values”, or invite them.',
  },
  REFERENCE_TAKEN: {
    title: 'The value is taken',
    says: 'Another row already has “{value}”, which must be unique.',
    cure: 'The field stays empty and the original is kept. Decide which of the two keeps it.',
  },
  VALUE_KEPT: {
    title: 'The CRM keeps its value',
    says: 'The CRM keeps “{value}”.',
    cure: 'Nothing has to be done.',
  },
  MATCH_AMBIGUOUS: {
    title: 'Several rows of the CRM match',
    says: '{rows} rows of the CRM match; none was chosen.',
    cure: 'Merge them in the CRM where they are one.',
  },
  MATCH_REFUSED: {
    title: 'Same e-mail or telephone, another name',
    says: 'A row of the CRM has “{value}”, but another name.',
    cure: 'It comes in as a row of its own. Merge the two in the CRM where they are one.',
  },
  MATCH_LINKED: {
    title: 'Already in the CRM, and stays as it is',
    says: 'A row of the CRM already stands for this one, and stays as it is.',
    cure: 'Nothing has to be done.',
  },
  MATCH_SKIPPED: {
    title: 'Already in the CRM, and skipped',
    says: 'A row of the CRM already stands for this one.',
    cure: 'Nothing has to be done.',
  },
} as const;

/** Findings that the page has words for; others are said in the words of the server, which are English. */
export type WordedCode = keyof typeof wordings;

export interface IssueWording {
  readonly title: string;
  readonly says: string;
  readonly cure: string;
}

/** Wordings by the code of the finding. */
export type IssueWords = ReadonlyMap<string, IssueWording>;

/** A catalogue of findings that lacks none. */
export const issueWords = (all: Readonly<Record<WordedCode, IssueWording>>): IssueWords =>
  new Map(Object.entries(all));

export const issuesEn = issueWords(wordings);
