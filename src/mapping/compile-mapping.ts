import { type TableName, isTableName, tableNames } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import type { Draft } from '../model/draft.ts';
import type { SourceRecord } from '../model/record.ts';
import { didYouMean } from './closest.ts';
import { type Condition, compileConditions } from './condition.ts';
import type { MappedRecord, RecordRule, Requirements } from './contract.ts';
import { FieldTree } from './coverage.ts';
import { CustomFields } from './custom-fields.ts';
import type { WantedForm } from './forms/contract.ts';
import type { Place } from './document.ts';
import { type MakeItemRows, compileEach } from './each.ts';
import type { LoadedMapping } from './load.ts';
import { checkEntity } from './link.ts';
import { checkLookupColumn, lookupOf } from './lookup.ts';
import { RecordPass, type Surroundings } from './record-pass.ts';
import { compileRecordRule } from './record-rule.ts';
import { type MakeRow, type RowContent, compileRow } from './row.ts';
import type { WrittenRule } from './rule.ts';
import type { EachText, MappingText, Rule, SameText } from './schema.ts';
import { type MappingScope, type Part, type PathScope, type TablesOf, pathIn } from './scope.ts';
import type { SourceFields } from './source-field.ts';
import type { TablePolicies } from './table-policy.ts';
import { compileTwin } from './twin.ts';
import type { ValueTable } from './transform.ts';

/** One mapping, ready to be applied to the records of its entity. */
export interface CompiledMapping {
  readonly root: TableName;
  readonly tree: FieldTree;
  readonly rules: readonly RecordRule[];
  readonly wantedForms: readonly WantedForm[];
  /** Whether the mapping's conditions hold for a record. */
  takes(record: SourceRecord): boolean;
  map(record: SourceRecord): MappedRecord;
}

/** What a mapping is compiled with beside itself. */
export interface CompileScope {
  readonly fields: SourceFields;
  /** The field that holds the id of a record, where the source declares it: no rule need name it. */
  readonly idField: string | undefined;
  readonly entities: readonly string[] | undefined;
  readonly tables: ReadonlyMap<string, ValueTable>;
  readonly policies: TablePolicies;
  readonly surroundings: Surroundings;
  /** Of the run, before the mapping's own. */
  readonly requirements: Requirements | undefined;
  readonly tablesOf: TablesOf;
}

/** The column with the time at which a row was deleted. */
const deletion = 'deleted_at';

interface AlsoRow {
  readonly table: TableName;
  readonly part: string;
  readonly condition: Condition | undefined;
  readonly make: MakeRow;
}

/** Compiles a mapping to closures. What is wrong with it is reported at its places. */
export function compileMapping(
  { text, place }: LoadedMapping,
  scope: CompileScope,
): CompiledMapping | undefined {
  const root = tableAt(text.to, place.at('to'));
  if (root === undefined) return undefined;
  const tree = new FieldTree();
  const record: PathScope = {
    list: '',
    fields: scope.fields,
    use: (path) => {
      tree.declare(path, 'mapped');
    },
    useAtTimes: (path) => tree.declareAtTimes(path),
  };
  const conditionOf = (written: Pick<MappingText, 'when' | 'unless'>, here: Place) =>
    compileConditions(written, (path, word) =>
      pathIn(record, path, here.at(word, path), 'condition'),
    );

  const parts = new Map<string, Part>();
  const conditions: (Condition | undefined)[] = [];
  for (const [index, also] of (text.also ?? []).entries()) {
    const here = place.at('also', index);
    const condition = conditionOf(also, here);
    conditions.push(condition);
    const { to, part } = also;
    if (part === undefined) {
      // It has the key of the record, and keys are told apart by their table.
      const alike = (text.also ?? []).filter(
        (other) => other.part === undefined && other.to === to,
      );
      if (to === text.to || alike.length > 1)
        here.report(`a second row of ${to} needs a "part", its name among the rows of the record`);
      continue;
    }
    if (parts.has(part) || part.includes('/'))
      here.at('part').report(`"${part}" is taken, or has a "/"`);
    parts.set(part, { table: to, condition });
  }
  const { entities, tables: valueTables, tablesOf } = scope;
  const wantedForms: WantedForm[] = [];
  const mapping: MappingScope = {
    entity: text.from,
    root,
    record,
    parts,
    tables: valueTables,
    entities,
    tablesOf,
    wantForm: (field, kind) => wantedForms.push({ entity: text.from, field, kind }),
  };
  const requirements = scope.requirements ?? text.requirements ?? 'lenient';

  /** Compiles a row's rules, and notes what the plan must know of its table. */
  const rowOf = (
    table: TableName,
    fields: Readonly<Record<string, Rule | readonly Rule[] | EachText>>,
    here: Place,
    paths: PathScope,
    { isRoot = false, atTimes = false }: { isRoot?: boolean; atTimes?: boolean } = {},
  ): MakeRow => {
    const columns = writtenColumns(fields, here);
    const owner = isRoot ? undefined : ownerOf(table, root, columns);
    scope.policies.addColumns(table, [
      ...columns.keys(),
      ...(owner === undefined ? [] : [owner]),
      ...(deletion in text.fields ? [deletion] : []),
    ]);
    for (const [column, rules] of columns)
      for (const { rule, place: rulePlace } of rules) {
        if (rule.missing !== undefined)
          scope.policies.addMissing(table, column, rule.missing, rulePlace);
        const lookup = lookupOf(rule);
        if (lookup !== undefined) scope.policies.addLookup(table, column, lookup);
        const others = otherTablesOf(rule, tablesOf);
        if (others.length > 0) scope.policies.addElsewhere(table, column, others);
      }
    return compileRow({
      table,
      columns,
      scope: { mapping, paths, atTimes },
      place: here,
      requirements,
      owner,
    });
  };

  scope.policies.add(root, text, place);
  const condition = conditionOf(text, place);
  const makeRoot = rowOf(root, text.fields, place, record, { isRoot: true });
  const also = (text.also ?? []).flatMap((written, index): AlsoRow[] => {
    const here = place.at('also', index);
    const table = tableAt(written.to, here.at('to'));
    if (table === undefined) return [];
    scope.policies.add(table, written, here);
    const { part = '', same } = written;
    if (same !== undefined) {
      checkSame(table, { part, same }, here, mapping);
      scope.policies.addSame(table, { entity: text.from, part, as: same.entity, by: same.by });
    }
    const applies = conditions[index];
    return [
      {
        table,
        part,
        condition: applies,
        make: rowOf(table, written.fields, here, same === undefined ? record : keptBeside(record), {
          atTimes: applies !== undefined || same !== undefined,
        }),
      },
    ];
  });
  const eaches = Object.entries(text.fields).flatMap(([name, each]): MakeItemRows[] => {
    if (!isEach(each)) return [];
    const here = place.at('fields', name);
    const table = tableAt(each.to, here.at('to'));
    if (table === undefined) return [];
    scope.policies.add(table, {}, here);
    return [
      compileEach({
        name,
        table,
        each,
        place: here,
        mapping,
        tree,
        ignored: text.ignore ?? [],
        compileRow: (paths) => rowOf(table, each.fields, here, paths),
      }),
    ];
  });
  for (const [index, path] of (text.ignore ?? []).entries()) {
    pathIn({ ...record, use: () => undefined }, path, place.at('ignore', index));
    tree.declare(path, 'ignored');
  }
  const twinOf = compileTwin(text.twin, { to: root, place: place.at('twin'), scope: mapping });
  if (twinOf !== undefined) scope.policies.addTwins(root);
  if (scope.idField !== undefined) tree.declare(scope.idField, 'mapped');

  return {
    root,
    tree,
    rules: (text.rules ?? []).flatMap(
      (rule, index) =>
        compileRecordRule(
          rule,
          { entity: text.from, table: root, entities, tablesOf },
          place.at('rules', index),
        ) ?? [],
    ),
    wantedForms,
    takes: ({ fields }) => condition?.(fields) !== false,
    map: (sourceRecord) => {
      const pass = new RecordPass(sourceRecord, scope.surroundings);
      const { fields } = sourceRecord;
      const custom = new CustomFields();
      const excluded = condition?.(fields) === false;
      if (excluded) pass.silence();
      tree.begin();
      const content = makeRoot(fields, pass, custom);
      /** Only when all rows are made is it known what no rule used. */
      const rootDraft = (): Draft => {
        tree.walk(fields, custom);
        const draft = draftOf(pass, { table: root, part: '', content, custom }, true);
        const twin = twinOf?.(fields);
        return twin === undefined ? draft : { ...draft, twin };
      };
      if (excluded) return { drafts: [{ ...rootDraft(), fate: 'excluded' }], issues: pass.issues };

      /** A further row of a record was deleted with it. */
      const partDraft = (row: MadeRow): Draft => {
        if (sourceRecord.deleted) row.content.values[deletion] ??= content.values[deletion] ?? null;
        return draftOf(pass, row, false);
      };

      const drafts: Draft[] = [];
      for (const { table, part, condition: applies, make } of also) {
        if (applies?.(fields) === false) continue;
        const own = new CustomFields();
        drafts.push(partDraft({ table, part, content: make(fields, pass, own), custom: own }));
      }
      for (const makeRows of eaches) for (const row of makeRows(pass)) drafts.push(partDraft(row));
      drafts.unshift(rootDraft());
      return {
        drafts: pass.rejected ? drafts.map((draft) => ({ ...draft, fate: 'rejected' })) : drafts,
        issues: pass.issues,
      };
    },
  };
}

interface MadeRow {
  readonly table: TableName;
  readonly part: string;
  readonly content: RowContent;
  readonly custom: CustomFields;
}

function draftOf(
  pass: RecordPass,
  { table, part, content, custom }: MadeRow,
  root: boolean,
): Draft {
  const { entity, sourceId, deleted } = pass.record;
  for (const name of custom.replaced) {
    pass.begin(name, null);
    pass.issue('TEXT_CHARACTER_REPLACED');
  }
  const { values, links } = content;
  values['custom_fields'] = custom.text();
  return { table, entity, sourceId, part, root, deleted, values, links };
}

/** The tables, beside its own, in which the records that a link means may be rows. */
function otherTablesOf({ link, entity, part, by }: Rule, tablesOf: TablesOf): readonly TableName[] {
  if (entity === undefined || by !== undefined) return [];
  return tablesOf(entity, part)
    .filter(isTableName)
    .filter((table) => table !== link);
}

function isEach(entry: Rule | readonly Rule[] | EachText): entry is EachText {
  return 'each' in entry;
}

/** Checks the names of `same`; a row that may be another record's has a name of its own among those of its record. */
function checkSame(
  table: TableName,
  { part, same }: { readonly part: string; readonly same: SameText },
  place: Place,
  mapping: MappingScope,
): void {
  if (part === '')
    place.at('same').report('a row that may be the row of another record needs "part"');
  checkEntity(table, { entity: same.entity, part: undefined }, place.at('same'), mapping);
  for (const [index, column] of same.by.entries())
    checkLookupColumn(table, column, place.at('same', 'by', index));
}

/**
 * Paths whose fields the record keeps in custom_fields although rules use them: the row of those rules may turn out to
 * be another record's, and would take what they say with it.
 */
function keptBeside(paths: PathScope): PathScope {
  const use = (path: string): (() => void) => {
    paths.useAtTimes(path);
    return () => undefined;
  };
  return { ...paths, use, useAtTimes: use };
}

/** The rules by column, each with its place. */
function writtenColumns(
  fields: Readonly<Record<string, Rule | readonly Rule[] | EachText>>,
  place: Place,
): ReadonlyMap<string, readonly WrittenRule[]> {
  const columns = new Map<string, readonly WrittenRule[]>();
  for (const [column, entry] of Object.entries(fields)) {
    const here = place.at('fields', column);
    if (isRules(entry))
      columns.set(
        column,
        entry.map((rule, index) => ({ rule, place: here.at(index) })),
      );
    else if (!isEach(entry)) columns.set(column, [{ rule: entry, place: here }]);
  }
  return columns;
}

function isRules(entry: Rule | readonly Rule[] | EachText): entry is readonly Rule[] {
  return Array.isArray(entry);
}

/** The column of a further row that refers to the root row by itself: where no rule says otherwise. */
function ownerOf(
  table: TableName,
  root: TableName,
  columns: ReadonlyMap<string, unknown>,
): string | undefined {
  const { owner, columns: declared } = tables[table];
  if (owner === undefined || columns.has(owner)) return undefined;
  const type = declared[owner]?.type;
  return type?.kind === 'link' && type.to === root ? owner : undefined;
}

function tableAt(name: string, place: Place): TableName | undefined {
  if (isTableName(name)) return name;
  place.report(`the CRM has no table "${name}".${didYouMean(name, tableNames)}`);
  return undefined;
}
