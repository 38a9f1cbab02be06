import { type Key, keyOf } from '../model/draft.ts';
import { InternalError } from '../model/errors.ts';
import { type Issue, issue } from '../model/issue.ts';
import type { IssueCode, Severity } from '../model/issue.ts';
import type { SourceRecord, Value } from '../model/record.ts';
import type { AccountDefaults } from './contract.ts';
import type { ColumnForm, SourceForms } from './forms/contract.ts';
import { shownValue } from './shape.ts';
import type { TransformContext, ValueTable } from './transform.ts';

/** What stays the same for all records of a mapping set. */
export interface Surroundings {
  readonly account: AccountDefaults;
  readonly tables: ReadonlyMap<string, ValueTable>;
  /** How the columns of the source are written, where it is a table. */
  readonly forms?: SourceForms | undefined;
}

const none: readonly Issue[] = [];
const noForm: ColumnForm = {};

/** One record on its way through its mapping: which rule is at work, and what has been found so far. */
export class RecordPass implements TransformContext {
  readonly record: SourceRecord;
  readonly #surroundings: Surroundings;
  #issues: Issue[] | undefined;
  #findings: Set<string> | undefined;
  #field = '';
  #columns: readonly string[] = [];
  #input: Value = null;
  #silent = false;
  #rootKey: Key | undefined;
  /** Whether a finding rejects the record. */
  rejected = false;
  /** Whether the rule at work asked that the original be kept, or found something doubtful. */
  originalAtRisk = false;
  /** Whether a transform asked for it, however the value came out. */
  originalWanted = false;

  constructor(record: SourceRecord, surroundings: Surroundings) {
    this.record = record;
    this.#surroundings = surroundings;
  }

  /** The key of the row that the record stands for. */
  get rootKey(): Key {
    this.#rootKey ??= keyOf(this.record.entity, this.record.sourceId);
    return this.#rootKey;
  }

  get account(): AccountDefaults {
    return this.#surroundings.account;
  }

  get issues(): readonly Issue[] {
    return this.#issues ?? none;
  }

  /** A rule begins: its findings are about this field with this value, which is of these columns. */
  begin(field: string, input: Value, columns: readonly string[] = []): void {
    this.#field = field;
    this.#columns = columns;
    this.#input = input;
    this.originalAtRisk = false;
    this.originalWanted = false;
  }

  /** What was said for the whole run, else what the columns of the rule at work all have in common. */
  form(): ColumnForm {
    const { forms } = this.#surroundings;
    if (forms === undefined) return noForm;
    const { given } = forms;
    const file = forms.files[this.record.file];
    const [first, ...others] = this.#columns.map((column) => file?.[column]);
    const same = <Key extends keyof ColumnForm>(key: Key): ColumnForm[Key] =>
      others.every((other) => other?.[key] === first?.[key]) ? first?.[key] : 'undecided';
    return { dates: given.dates ?? same('dates'), decimal: given.decimal ?? same('decimal') };
  }

  /** The record does not come in, so what is found from now on concerns nobody. */
  silence(): void {
    this.#silent = true;
  }

  table(name: string): ValueTable {
    const table = this.#surroundings.tables.get(name);
    // The loader has checked every table that a transform declares.
    if (table === undefined)
      throw new InternalError(`A transform asks for the unknown table "${name}".`);
    return table;
  }

  issue(
    code: IssueCode,
    details: { value?: string; args?: Record<string, string>; severity?: Severity } = {},
  ): void {
    if (this.#silent) return;
    const value = shownValue(details.value ?? this.#input);
    // Several columns may be made of one value; what is wrong with it is one finding.
    const finding = JSON.stringify([code, this.#field, value, details.args, details.severity]);
    const isNew = this.#findings?.has(finding) !== true;
    const found = issue(code, {
      entity: this.record.entity,
      sourceId: this.record.sourceId,
      file: this.record.file,
      line: this.record.line,
      ...(this.#field === '' ? {} : { field: this.#field }),
      ...(value === undefined ? {} : { value }),
      ...(details.args === undefined ? {} : { args: details.args }),
      ...(details.severity === undefined ? {} : { severity: details.severity }),
    });
    if (isNew) {
      this.#findings ??= new Set();
      this.#findings.add(finding);
      this.#issues ??= [];
      this.#issues.push(found);
    }
    if (found.severity === 'error') this.rejected = true;
    if (found.severity !== 'info') this.originalAtRisk = true;
  }

  keepOriginal(): void {
    this.originalWanted = true;
  }
}
