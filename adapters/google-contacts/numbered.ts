import type { CsvEntity } from '../../src/adapter/csv-system.ts';
import { isGroup, isList } from '../../src/adapter/value.ts';
import type { Fields, Value } from '../../src/model/record.ts';

/** Between several values of one cell. */
const between = ' ::: ';
/** Before the label of the value that is preferred, and before the name of a group that Google keeps itself. */
const mark = '* ';

const addressParts: Readonly<Record<string, string>> = {
  Formatted: 'formatted',
  Street: 'street',
  City: 'city',
  'PO Box': 'poBox',
  Region: 'region',
  'Postal Code': 'postalCode',
  Country: 'country',
  'Extended Address': 'extended',
};
const oneValue = { Value: 'value' };

/** What is numbered: `E-mail 1 - Value`. The list of a record that it becomes, and the names of its parts there. */
const kinds: Readonly<
  Record<string, { readonly list: string; readonly parts: Readonly<Record<string, string>> }>
> = {
  'E-mail': { list: 'emails', parts: oneValue },
  Phone: { list: 'phones', parts: oneValue },
  Address: { list: 'addresses', parts: addressParts },
  Website: { list: 'websites', parts: oneValue },
  Event: { list: 'events', parts: oneValue },
  Relation: { list: 'relations', parts: oneValue },
  'Custom Field': { list: 'customFields', parts: oneValue },
};
const numbered = /^(E-mail|Phone|Address|Website|Event|Relation|Custom Field) (\d+) - (.+)$/;
/** The label of a value, which exports before 2024 call its type. */
const labelNames: Readonly<Record<string, string>> = { Label: 'label', Type: 'type' };

/** Lists in which one value may be preferred, and the field that says which. */
const preferredOf: Readonly<Record<string, string>> = {
  emails: 'preferredEmail',
  phones: 'preferredPhone',
};

/** Columns of any number as lists, cells with several values as lists too; the first address stands alone. */
function read(cells: Fields): Fields {
  const fields: Record<string, Value> = {};
  const groups = new Map<string, { list: string; number: number; texts: Record<string, string> }>();
  for (const [column, value] of Object.entries(cells)) {
    const [, kind = '', number = '', part = ''] = numbered.exec(column) ?? [];
    const { list = '', parts = {} } = kinds[kind] ?? {};
    const name = labelNames[part] ?? parts[part];
    if (name === undefined || typeof value !== 'string') {
      fields[column] = value;
      continue;
    }
    const key = `${kind} ${number}`;
    const group = groups.get(key) ?? { list, number: Number(number), texts: {} };
    group.texts[name] = value;
    groups.set(key, group);
  }
  const lists: Record<string, Fields[]> = {};
  for (const { list, texts } of [...groups.values()].sort((a, b) => a.number - b.number))
    (lists[list] ??= []).push(...itemsOf(texts));
  const { addresses: [address, ...otherAddresses] = [], ...others } = lists;
  return {
    ...fields,
    ...others,
    ...(address === undefined ? {} : { address }),
    ...(otherAddresses.length === 0 ? {} : { otherAddresses }),
    ...preferredIn(others),
    ...labelsOf(fields['Labels']),
  };
}

/** The items of one numbered group: one, or of addresses as many as its cells hold; all with its label. */
function itemsOf({
  label,
  type,
  value,
  ...parts
}: Readonly<Record<string, string>>): readonly Fields[] {
  const labelled = { ...labelOf('label', label), ...labelOf('type', type) };
  if (value !== undefined) {
    const values = value.split(between);
    return [{ ...labelled, value: values.length === 1 ? value : values }];
  }
  const split = Object.entries(parts).map(([name, text]) => [name, text.split(between)] as const);
  const count = Math.max(1, ...split.map(([, texts]) => texts.length));
  return Array.from({ length: count }, (_, index) => ({
    ...labelled,
    ...Object.fromEntries(
      split.flatMap(([name, texts]) => {
        const text = texts[index] ?? '';
        return text === '' ? [] : [[name, text] as const];
      }),
    ),
  }));
}

/** A label without its mark. The mark may stand alone. */
function labelOf(name: string, label: string | undefined): Fields {
  if (label === undefined) return {};
  if (!label.startsWith(mark.trim())) return { [name]: label };
  return { [name]: label.slice(mark.trim().length).trim(), isPreferred: 'true' };
}

function preferredIn(lists: Readonly<Record<string, readonly Fields[]>>): Fields {
  const found: Record<string, Value> = {};
  for (const [list, name] of Object.entries(preferredOf)) {
    const value = lists[list]?.find(({ isPreferred }) => isPreferred === 'true')?.['value'];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** Labels that people gave, and the groups that Google keeps itself (`* myContacts`). */
function labelsOf(cell: Value | undefined): Fields {
  if (typeof cell !== 'string') return {};
  const all = cell
    .split(between.trim())
    .map((label) => label.trim())
    .filter((label) => label !== '');
  const own = all.filter((label) => !label.startsWith(mark));
  const kept = all.filter((label) => label.startsWith(mark)).map((label) => label.slice(2));
  return { Labels: own, ...(kept.length === 0 ? {} : { googleGroups: kept }) };
}

/** The cells of a record, each item in a numbered group of its own. */
function write(fields: Fields): Fields {
  const { address = null, otherAddresses = [], Labels = [], googleGroups = [], ...rest } = fields;
  const cells: Record<string, Value> = {};
  const made = new Set([
    ...Object.values(kinds).map(({ list }) => list),
    ...Object.values(preferredOf),
  ]);
  for (const [name, value] of Object.entries(rest)) if (!made.has(name)) cells[name] = value;
  const addresses = [address, ...itemsIn(otherAddresses)];
  for (const [kind, { list, parts }] of Object.entries(kinds)) {
    const items = list === 'addresses' ? addresses : itemsIn(fields[list]);
    items.filter(isGroup).forEach((item, index) => {
      const group = `${kind} ${String(index + 1)}`;
      const before = item['isPreferred'] === 'true' ? mark : '';
      for (const [part, name] of Object.entries(labelNames))
        if (item[name] !== undefined)
          cells[`${group} - ${part}`] = `${before}${textOf(item[name])}`.trim();
      for (const [part, name] of Object.entries(parts))
        if (item[name] !== undefined) cells[`${group} - ${part}`] = textOf(item[name]);
    });
  }
  const labels = [
    ...itemsIn(Labels).map(textOf),
    ...itemsIn(googleGroups).map((group) => `${mark}${textOf(group)}`),
  ];
  return labels.length === 0 ? cells : { ...cells, Labels: labels.join(between) };
}

const itemsIn = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);

/** The text of a cell: of one value, or of several. */
function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  return itemsIn(value)
    .filter((text) => typeof text === 'string')
    .join(between);
}

/** Numbered columns as lists, and back again. */
export const numberedColumns: NonNullable<CsvEntity['shape']> = { read, write };
