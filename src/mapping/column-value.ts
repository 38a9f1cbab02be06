import type { ColumnType } from '../crm/column.ts';
import type { ColumnValue } from '../model/draft.ts';
import type { Value } from '../model/record.ts';
import { clockSeconds, dateExists, instantOf, readIso, timeExists } from './calendar.ts';
import { canonicalJson } from './canonical-json.ts';
import { cleanText } from './clean-text.ts';
import { canonicalNumber, isInt4 } from './number-text.ts';
import { isShortened } from './forms/damage.ts';
import { isFilled, isList } from './shape.ts';
import type { TransformContext } from './transform.ts';

/** What a check may do about a value that does not fit. */
type Reporter = Pick<TransformContext, 'issue' | 'keepOriginal'>;

/** Brings a value into the form of its column. What does not fit becomes null, with an issue, and is kept. */
export type ColumnReader = (value: Value, context: Reporter) => ColumnValue;

/** Compiles the check of a column; `column` is its name in messages. */
export function compileColumn(column: string, type: ColumnType): ColumnReader {
  const misfit = (value: Value, context: Reporter): null => {
    const given = typeof value === 'string' ? { given: value } : {};
    context.issue('VALUE_NOT_FOR_COLUMN', { args: { column, type: type.kind, ...given } });
    context.keepOriginal();
    return null;
  };
  /** For the types that are one text: checks the trimmed text; the canonical text, or nothing where it does not fit. */
  const oneText =
    (canonical: (text: string) => string | undefined): ColumnReader =>
    (value, context) => {
      if (value === null) return null;
      if (typeof value !== 'string') return wrongShape(context);
      const text = value.trim();
      return text === '' ? null : (canonical(text) ?? misfit(value, context));
    };

  switch (type.kind) {
    case 'text':
      return textReader(column, type.max);
    case 'texts':
      return readTexts;
    case 'json':
      return readJson;
    case 'enum': {
      const values = new Set(type.values);
      return oneText((text) => (values.has(text) ? text : undefined));
    }
    case 'boolean':
      return oneText((text) => (text === 'true' || text === 'false' ? text : undefined));
    case 'numeric':
      return oneText(canonicalNumber);
    case 'integer':
      return oneText(canonicalInteger);
    case 'date':
      return oneText(canonicalDate);
    case 'timestamp':
      return oneText(canonicalInstant);
    case 'link':
      return misfit;
  }
}

function wrongShape(context: Reporter): null {
  context.issue('VALUE_NOT_EXPECTED_SHAPE');
  context.keepOriginal();
  return null;
}

/** Cleans a text and says what was done to it. */
function cleaned(written: string, context: Reporter): string {
  const { text, repaired, replaced } = cleanText(written);
  if (repaired) {
    context.issue('TEXT_REPAIRED', { value: written });
    context.keepOriginal();
  }
  if (replaced) context.issue('TEXT_CHARACTER_REPLACED', { value: written });
  return text;
}

function textReader(column: string, max = Infinity): ColumnReader {
  return (value, context) => {
    if (value === null) return null;
    if (typeof value !== 'string') return wrongShape(context);
    const text = cleaned(value, context);
    if (isShortened(text)) context.issue('NUMBER_SHORTENED');
    if (text.length <= max) return text === '' ? null : text;
    context.issue('VALUE_TOO_LONG', { args: { column, max: String(max) } });
    context.keepOriginal();
    return null;
  };
}

/** A list of texts; one text is a list of one, for a format may not tell one from many. */
const readTexts: ColumnReader = (value, context) => {
  if (value === null) return null;
  const texts = new Set<string>();
  for (const item of isList(value) ? value : [value]) {
    if (item === null) continue;
    if (typeof item !== 'string') return wrongShape(context);
    const text = cleaned(item, context);
    if (text !== '') texts.add(text);
  }
  return texts.size === 0 ? null : [...texts];
};

const readJson: ColumnReader = (value, context) => {
  const clean = cleanedValue(value, context);
  return clean === null ? null : canonicalJson(clean);
};

/** A value with its texts cleaned and without what is empty; null where nothing is left. */
function cleanedValue(value: Value, context: Reporter): Value {
  if (value === null) return null;
  if (typeof value === 'string') return isFilled(value) ? cleaned(value, context) : null;
  if (isList(value)) {
    const items = value.map((item) => cleanedValue(item, context)).filter((item) => item !== null);
    return items.length === 0 ? null : items;
  }
  const members = Object.entries(value)
    .map(([name, member]) => [cleanText(name).text, cleanedValue(member, context)] as const)
    .filter(([, member]) => member !== null);
  return members.length === 0 ? null : Object.fromEntries(members);
}

function canonicalInteger(text: string): string | undefined {
  const canonical = canonicalNumber(text);
  return canonical !== undefined && isInt4(canonical) ? canonical : undefined;
}

const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;

function canonicalDate(text: string): string | undefined {
  const found = dateForm.exec(text);
  if (found === null) return undefined;
  return dateExists(Number(found[1]), Number(found[2]), Number(found[3])) ? text : undefined;
}

function canonicalInstant(text: string): string | undefined {
  const time = readIso(text);
  if (time?.offset === undefined || !timeExists(time)) return undefined;
  const isCanonical = text.length === 20 && text.endsWith('Z') && text[10] === 'T';
  if (isCanonical && time.hour < 24) return text;
  return instantOf(clockSeconds(time) - time.offset * 60, time.fraction);
}
