import type { TableName } from '../crm/column.ts';
import { nameText } from '../model/name-text.ts';
import type { Value } from '../model/record.ts';
import { compileConditions } from './condition.ts';
import { FieldTree } from './coverage.ts';
import { CustomFields } from './custom-fields.ts';
import type { Place } from './document.ts';
import { itemItself } from './path.ts';
import type { RecordPass } from './record-pass.ts';
import type { MakeRow, RowContent } from './row.ts';
import type { EachText } from './schema.ts';
import { type MappingScope, type PathScope, pathIn } from './scope.ts';
import { hasData, isList } from './shape.ts';
import { findField } from './source-field.ts';
import { compileSteps, runSteps } from './steps.ts';

/** A further row of a record, made from an item of a list. */
export interface ItemRow {
  readonly table: TableName;
  readonly part: string;
  readonly content: RowContent;
  readonly custom: CustomFields;
}

/** Makes the further rows of a record from the items of one of its lists. */
export type MakeItemRows = (pass: RecordPass) => readonly ItemRow[];

export interface EachOptions {
  /** The entry's name under `fields`: the first half of its rows' part. */
  readonly name: string;
  readonly table: TableName;
  readonly each: EachText;
  readonly place: Place;
  readonly mapping: MappingScope;
  /** The fields of the record, where what no rule uses of an item is known. */
  readonly tree: FieldTree;
  readonly ignored: readonly string[];
  /** Compiles the rules of the item's row. */
  compileRow(paths: PathScope): MakeRow;
}

/** Compiles an `each`. */
export function compileEach(options: EachOptions): MakeItemRows {
  const { name, table, each, place, mapping } = options;
  const path = pathIn(mapping.record, each.each, place.at('each'), 'list');
  const steps = compileSteps(each.do, place, mapping);
  const items = steps.length === 0 ? sourceItems(options) : madeItems(options);
  const condition = compileConditions(each, (text, word) =>
    pathIn(items.paths, text, place.at(word, text), 'condition'),
  );
  const key = each.key === undefined ? undefined : pathIn(items.paths, each.key, place.at('key'));
  const makeRow = options.compileRow(items.paths);
  const repeated = table === 'property_images' ? 'IMAGE_REPEATED' : 'DUPLICATE_KEY';

  return (pass) => {
    const input = path.read(pass.record.fields);
    pass.begin(each.each, input);
    const list = listOf(runSteps(steps, input, pass));
    const rows: ItemRow[] = [];
    const known = new Set<string>();
    for (const [index, item] of list.entries()) {
      if (!hasData(item) || condition?.(item) === false) continue;
      const text = key?.read(item);
      const keyText = typeof text === 'string' ? nameText(text.trim()) : '';
      // A double slash keeps a place in the list apart from a key that looks like one.
      const partKey = key === undefined ? `${index + 1}` : keyText || `/${index + 1}`;
      if (known.has(partKey)) {
        pass.begin(key === undefined ? each.each : `${each.each}[].${key.text}`, keyText);
        pass.issue(repeated);
        continue;
      }
      known.add(partKey);
      const custom = new CustomFields();
      items.begin();
      const content = makeRow(item, pass, custom);
      items.keepUnused(item, custom);
      rows.push({ table, part: `${name}/${partKey}`, content, custom });
    }
    return rows;
  };
}

/** One thing and a list of one are the same to many formats. */
function listOf(value: Value): readonly Value[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

/** What the rules of an item's row look at. */
interface Items {
  readonly paths: PathScope;
  /** An item begins: what is used from now on is used of it. */
  begin(): void;
  /** Keeps what no rule uses of an item. */
  keepUnused(item: Value, custom: CustomFields): void;
}

/** The items are those of the source: what its other rules use of them counts as used here too. */
function sourceItems({ each, mapping, tree }: EachOptions): Items {
  tree.declareEach(each.each);
  const pathInRecord = (path: string): string =>
    path === itemItself ? each.each : `${each.each}.${path}`;
  return {
    paths: {
      list: each.each,
      fields: findField(each.each, mapping.record.fields).fields,
      use: (path) => {
        mapping.record.use(pathInRecord(path));
      },
      useAtTimes: (path) => mapping.record.useAtTimes(pathInRecord(path)),
    },
    begin: () => {
      tree.beginItem();
    },
    keepUnused: (item, custom) => {
      tree.walkItem(each.each, item, custom);
    },
  };
}

/**
 * The items are made by transforms, which use the whole list; their fields are no longer the source's. With `keep` the
 * list stays with the record, too.
 */
function madeItems({ each, mapping, ignored }: EachOptions): Items {
  if (each.do?.includes('keep') !== true) mapping.record.use(each.each);
  const made = new FieldTree();
  for (const path of ignored)
    if (path.startsWith(`${each.each}.`)) made.declare(path.slice(each.each.length + 1), 'ignored');
  return {
    paths: {
      list: each.each,
      fields: undefined,
      use: (path) => {
        made.declare(path, 'mapped');
      },
      useAtTimes: (path) => made.declareAtTimes(path),
    },
    begin: () => {
      made.begin();
    },
    keepUnused: (item, custom) => {
      made.walk(item, custom);
    },
  };
}
