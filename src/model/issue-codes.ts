interface IssueCodeDeclaration {
  readonly severity: 'error' | 'warning' | 'info';
  /** What the code stands for, for the reference; the sentence with its arguments is in `report/`. */
  readonly about: string;
}

const error = (about: string): IssueCodeDeclaration => ({ severity: 'error', about });
const warning = (about: string): IssueCodeDeclaration => ({ severity: 'warning', about });
const info = (about: string): IssueCodeDeclaration => ({ severity: 'info', about });

/** Every kind of finding there is. Code outside this list does not compile. */
export const issueCodes = {
  // The record as a whole
  RECORD_WITHOUT_ID: error('The record has no identity in the source.'),
  RECORD_UNREADABLE: error('The place of a record holds something that is not a record.'),
  RECORD_MALFORMED: error('The record could not be parsed; the reading went on after it.'),
  ENTITY_NOT_MAPPED: error('No mapping takes records of this kind.'),
  DUPLICATE_ID: warning('Two records of one kind share an id; the last one is imported.'),
  TWIN_APART: warning(
    'Two records are said to be one, and have a row each: one of them is another one already.',
  ),
  DUPLICATE_ROW: info('Another record stands for the same row of the CRM.'),
  REQUIRED_VALUE_MISSING: error('A value that the mapping requires is absent.'),
  RECORD_INCOMPLETE: warning(
    'A value that the CRM asks for is absent; the record comes in all the same.',
  ),
  REFUSED_BY_DATABASE: error('The database refused the row.'),
  PART_OF_REJECTED: error('The record that this row belongs to was rejected.'),
  // The document
  DECLARED_COUNT_DIFFERS: warning('The source declares another number of records than it holds.'),
  UNKNOWN_COLLECTION: warning('The source has a collection that the adapter does not know.'),
  DOCUMENT_VERSION_MISSING: warning('The document does not say its version.'),
  DOCUMENT_VERSION_UNKNOWN: warning('The document says a version that the adapter does not know.'),
  DOCUMENT_PAGE_MISSING: warning('A page of a paged export is missing.'),
  FILE_NOT_READ: warning('A file of the input is data, but not of the system that is read.'),
  FILES_BESIDE: info('Files lie beside the data; no record names them.'),
  MEDIA_MISSING: warning('The record names a file that is not beside the export.'),
  MEDIA_AMBIGUOUS: warning('The record names a file of which there are several.'),
  MEDIA_UNREADABLE: warning('The file that the record names cannot be read.'),
  MEDIA_DIFFERS: warning('The file that the record names is not as large as the source says.'),
  ENCODING_UNCERTAIN: warning('The encoding of a text file had to be guessed.'),
  DELIMITER_UNCERTAIN: warning('Several characters could divide the cells of a table.'),
  HEADER_REPEATED: warning('Two columns of a table have the same name.'),
  ROW_TOO_SHORT: warning('A row of a table has fewer cells than the header.'),
  ROW_TOO_LONG: warning('A row of a table has more cells than the header.'),
  ROWS_EMPTY: info('Rows of a table hold nothing; they are no records.'),
  COLUMN_DATES_AMBIGUOUS: warning('All dates of a column can be read in two ways.'),
  COLUMN_DATES_CONTRADICT: warning('Dates of a column are written in two ways.'),
  COLUMN_DATES_BORROWED: warning(
    'The dates of a column are read like those of another column of the file.',
  ),
  COLUMN_SHORT_YEARS: info('Dates of a column have years of two digits.'),
  COLUMN_NUMBERS_AMBIGUOUS: warning('All numbers of a column can be read in two ways.'),
  COLUMN_NUMBERS_CONTRADICT: warning('Numbers of a column are written in two ways.'),
  COLUMN_NUMBERS_BORROWED: warning(
    'The numbers of a column are read like those of another column of the file.',
  ),
  COLUMN_ZEROS_LOST: warning('Codes of a column are shorter than the others.'),
  COLUMN_NOT_MAPPED: warning('A column of a table without a mapping was not recognised.'),
  DUPLICATE_KEY: warning('A key stands twice in one object; the last value is taken.'),
  // Values
  VALUE_NOT_A_NUMBER: warning('The text is not a number.'),
  VALUE_PARTLY_A_NUMBER: warning('The text begins with a number; the rest was left out.'),
  VALUE_AMBIGUOUS_NUMBER: warning('The text can be read as two different numbers.'),
  VALUE_OUT_OF_RANGE: warning('The number is outside what the field can hold.'),
  VALUE_NOT_A_DATE: warning('The text is not a date or time of the expected form.'),
  VALUE_AMBIGUOUS_DATE: warning('The text can be read as two different dates.'),
  LOCAL_TIME_MISSING: info('The clock skipped this local time; it was moved forward.'),
  LOCAL_TIME_DOUBLED: info('The clock showed this local time twice; the earlier instant is taken.'),
  VALUE_NOT_A_BOOLEAN: warning('The text says neither yes nor no.'),
  VALUE_NOT_IN_TABLE: warning('The value table has no entry for the text.'),
  VALUE_NOT_FOR_COLUMN: warning('The value does not fit the column.'),
  VALUE_TOO_LONG: warning('The text is longer than the field may be.'),
  VALUE_NOT_EXPECTED_SHAPE: warning(
    'A list, a group or a text stands where another shape is expected.',
  ),
  NUMBER_SHORTENED: warning('A spreadsheet has written a long number in short form.'),
  SPREADSHEET_ERROR: warning('A spreadsheet shows that a formula failed.'),
  DATE_AS_NUMBER: warning('A spreadsheet has made a number of a date.'),
  LEADING_ZERO_LOST: warning('A code has lost the zero before it, as numbers do in spreadsheets.'),
  EMAIL_INVALID: warning('The text is not an e-mail address.'),
  PHONE_INVALID: warning('The text is not a telephone number.'),
  PHONE_WRITTEN_AS_NUMBER: warning(
    'The telephone number is a number in the source, which loses leading zeros.',
  ),
  URL_INVALID: warning('The text is not a web address.'),
  URL_REPAIRED: info('The web address was repaired (spaces, scheme).'),
  COORDINATES_INVALID: warning('The coordinates are incomplete, out of range or a placeholder.'),
  COORDINATES_FAR_AWAY: warning('The coordinates lie outside the country of the record.'),
  LANGUAGE_UNKNOWN: warning('The language code is not known.'),
  JSON_IN_TEXT_INVALID: warning('A text that should hold JSON does not.'),
  NAME_WITH_DIGITS: warning('A name holds digits, which the CRM does not accept in its forms.'),
  MINIMUM_ABOVE_MAXIMUM: warning('A minimum is greater than its maximum; both are kept.'),
  TEXT_REPAIRED: info('A text was decoded twice by the source and has been repaired.'),
  TEXT_CHARACTER_REPLACED: warning('A character that the database cannot hold was replaced.'),
  IMAGE_REPEATED: info('An image stands twice in one record; the first is kept.'),
  // Links and rows of the CRM
  PARENT_MISSING: warning('The record that this one refers to is not there.'),
  PARENT_NOT_IMPORTED: warning('The record that this one refers to was rejected or parked.'),
  LINK_AMBIGUOUS: warning('Several rows have the value by which this record refers to one.'),
  PARENT_OF_OTHER_KIND: warning(
    'The record that this one refers to is there, but is not of the kind that it must be.',
  ),
  USER_PLACEHOLDER: info('An unknown agent was entered as a placeholder.'),
  RULE_BROKEN: warning(
    'The source breaks a rule that it keeps across its records; the record comes in as it is.',
  ),
  REFERENCE_TAKEN: warning(
    'Another row already has this value, which must be unique; it was left empty.',
  ),
  REFERENCE_CHANGED: info('The reference of a known record has changed.'),
  VALUE_KEPT: info('The source is empty where the CRM has a value; the CRM keeps it.'),
  EDITED_IN_CRM: info('A person has changed the value in the CRM since the last import; it stays.'),
  EDIT_OVERWRITTEN: warning(
    'A person has changed the value in the CRM, and the source has a new one, which was taken.',
  ),
  MATCH_AMBIGUOUS: warning('Several rows of the CRM match; none was chosen.'),
  MATCH_REFUSED: info(
    'A row of the CRM has the same e-mail or telephone number; it was not taken for the same.',
  ),
  MATCH_LINKED: info('A row that is in the CRM already stands for the record, and stays as it is.'),
  MATCH_SKIPPED: info('The record was skipped, for a row of the CRM stands for it already.'),
  // Feeds
  LISTING_EXCLUDED: info('The filters of the feed exclude the listing.'),
  AGENCY_IS_PARTNER: info('The agency of the document is the partner that the feed names.'),
} as const satisfies Record<string, IssueCodeDeclaration>;
