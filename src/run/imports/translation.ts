import { fieldsOf } from '../../mapping/headers/fields.ts';
import { mappingText } from '../../mapping/headers/mapping-text.ts';
import type { ColumnProposal } from '../../mapping/headers/propose.ts';
import type { ColumnForm, SourceForms, WantedForm } from '../../mapping/forms/contract.ts';
import { decideForms } from '../../mapping/forms/decide.ts';
import type { AccountDefaults } from '../../mapping/contract.ts';
import type { MappingFile } from '../../mapping/document.ts';
import { NotReadyError } from '../../model/errors.ts';
import type { Issue } from '../../model/issue.ts';
import type { RowKind } from '../contract.ts';
import { valueTableFiles } from '../mappings.ts';
import { headerKnowledge, proposeTable, unmappedIssues } from '../proposals.ts';
import type { ReadySource } from '../source-of-run.ts';
import {
  compileTranslation,
  translate,
  type TranslatedSource,
  type TranslationOptions,
} from '../translation.ts';
import { asProposals, chosenColumns, type ChosenColumn } from './chosen.ts';
import type { Choices } from './edits.ts';
import type { StoredProfile } from './contract.ts';
import { anyTable } from './source.ts';
import type { StoredImport } from './store.ts';
import type { Study } from './study.ts';
import { ownTables, valueTables } from './values.ts';

/** Everything that decides about the translation of an import. */
export interface Decisions {
  readonly one: StoredImport;
  readonly choices: Choices;
  readonly profile: StoredProfile | undefined;
}

/** What the rows of an import are. Throws NotReadyError where nobody has said it. */
export function kindOf({ kind }: StoredImport): RowKind {
  if (kind !== null) return kind;
  throw new NotReadyError('It is not sure what the rows are.', { hint: 'Choose it.' });
}

/** Tesoro's own imports need what they need; an export of another system comes in as it is, and is marked. */
export const requirementsOf = ({ requirements, system }: StoredImport): 'strict' | 'lenient' =>
  requirements ?? (system === null || system === anyTable ? 'strict' : 'lenient');

/** The columns of a table, with what becomes of each. */
export async function columnsOf(
  { one, choices, profile }: Decisions,
  study: Study,
): Promise<readonly ChosenColumn[]> {
  const kind = kindOf(one);
  const { columns } = proposeTable(study.table, await headerKnowledge(), kind);
  return chosenColumns(columns, kind, {
    person: choices.columns,
    profile: profile?.kind === kind ? profile.choices.columns : {},
  });
}

/** The mapping of a table whose columns were matched, as the files that it is compiled from. */
async function filesOf(
  { one, choices, profile }: Decisions,
  columns: readonly ChosenColumn[],
): Promise<readonly MappingFile[]> {
  const kind = kindOf(one);
  const said = { person: choices.values, profile: profile?.choices.values ?? {} };
  const own = ownTables(columns, said, await valueTables());
  const proposals: readonly ColumnProposal[] = asProposals(columns);
  const text = mappingText(proposals, {
    adapter: anyTable,
    entity: kind,
    kind,
    least: 'high',
    refused: columns.flatMap(({ proposal, use }) => (use === 'refused' ? [proposal.column] : [])),
    tables: own.tables,
    needsOwner: requirementsOf(one) === 'strict' && isRequired('owner_email', kind),
  });
  return [{ name: `mapping of ${kind}`, text }, ...own.files];
}

/** How the columns are written: as a person said, else as it is found out; and what there is to say about it. */
export function formsOf(
  { choices, profile }: Decisions,
  study: Pick<Study, 'forms'>,
  {
    wanted,
    entity,
  }: { readonly wanted: readonly WantedForm[]; readonly entity: string | undefined },
): { readonly forms: SourceForms; readonly issues: readonly Issue[] } {
  const columns = study.forms.map((column) => ({ ...column, entity: entity ?? column.entity }));
  const decided = decideForms(columns, wanted, {});
  const said = { ...profile?.choices.forms, ...choices.forms };
  return {
    forms: withSaid(decided.forms, wanted, said, new Set(columns.map(({ file }) => file))),
    issues: decided.issues.filter(
      ({ field, code }) =>
        field === undefined || !Object.hasOwn(said, field) || code === 'COLUMN_SHORT_YEARS',
    ),
  };
}

function withSaid(
  { given, files }: SourceForms,
  wanted: readonly WantedForm[],
  said: Choices['forms'],
  names: ReadonlySet<string>,
): SourceForms {
  const result: Record<string, Record<string, ColumnForm>> = {};
  for (const file of new Set([...names, ...Object.keys(files)])) {
    const columns: Record<string, ColumnForm> = { ...files[file] };
    for (const [column, form] of Object.entries(said)) {
      const isDate = form === 'dmy' || form === 'mdy';
      const kind = isDate ? 'dates' : 'numbers';
      if (!wanted.some((one) => one.field === column && one.kind === kind)) continue;
      columns[column] = { ...columns[column], ...(isDate ? { dates: form } : { decimal: form }) };
    }
    if (Object.keys(columns).length > 0) result[file] = columns;
  }
  return { given, files: result };
}

/** The translation of an import as it stands: what a check applies to every record. */
export async function translateImport(
  ready: ReadySource,
  decisions: Decisions,
  study: Study,
  from: {
    readonly account: AccountDefaults;
    readonly signal: AbortSignal;
  },
): Promise<TranslatedSource> {
  const { one } = decisions;
  const { adapter } = ready.source;
  const asked: TranslationOptions = { requirements: requirementsOf(one) };
  if (adapter.name !== anyTable) {
    const surroundings = { signal: from.signal, progress: () => undefined };
    const translated = await translate(ready, from.account, asked, surroundings);
    const { files } = translated.translation;
    const wanted = translated.translation.mappings.wantedForms;
    const { forms, issues } = formsOf(decisions, study, { wanted, entity: undefined });
    const mappings = compileTranslation(adapter, { files, forms }, from.account, asked);
    return {
      ready,
      options: { ...translated.options, ...keptForms(forms) },
      translation: { files, forms, mappings, issues },
    };
  }
  const kind = kindOf(one);
  const columns = await columnsOf(decisions, study);
  const proposed = await filesOf(decisions, columns);
  const files = [...proposed, ...(await valueTableFiles())];
  const open: SourceForms = { given: {}, files: {} };
  const bare = compileTranslation(adapter, { files, forms: open }, from.account, asked);
  const { forms, issues } = formsOf(decisions, study, { wanted: bare.wantedForms, entity: kind });
  const unmapped = unmappedIssues({
    entity: kind,
    file: study.table.file,
    kind: { kind, confidence: 1, level: 'high', reason: '', others: [] },
    columns: asProposals(columns.filter(({ use }) => use !== 'refused')),
  });
  return {
    ready,
    options: { as: kind, proposed: [...proposed], ...keptForms(forms) },
    translation: {
      files,
      forms,
      mappings: compileTranslation(adapter, { files, forms }, from.account, asked),
      issues: [...unmapped, ...issues],
    },
  };
}

/** Kept with the run only where there are some. */
const keptForms = ({ files }: SourceForms): Pick<TranslationOptions, 'forms'> =>
  Object.keys(files).length === 0
    ? {}
    : {
        forms: Object.fromEntries(
          Object.entries(files).map(([file, columns]) => [file, { ...columns }]),
        ),
      };

/** Required fields that no column fills. */
export function missingFields(columns: readonly ChosenColumn[], kind: RowKind): string[] {
  const filled = new Set(columns.flatMap(({ field }) => field?.name ?? []));
  if (filled.has('full_name')) for (const name of ['first_name', 'last_name']) filled.add(name);
  return [...fieldsOf(kind).keys()].filter((name) => isRequired(name, kind) && !filled.has(name));
}

const ofPeople = ['first_name', 'last_name', 'email', 'phone', 'owner_email'];
const requiredFields: Readonly<Partial<Record<RowKind, readonly string[]>>> = {
  leads: [...ofPeople, 'lead.status'],
  owners: [...ofPeople, 'lead.status'],
  contacts: ofPeople,
  relations: ['relation.name'],
};

/** Whether the CRM's own import of a kind needs a field. */
export const isRequired = (field: string, kind: RowKind): boolean =>
  requiredFields[kind]?.includes(field) ?? false;
