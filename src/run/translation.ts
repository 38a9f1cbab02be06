import type { SourceAdapter } from '../adapter/contract.ts';
import { onTerms } from '../feeds/terms.ts';
import { compileMappings } from '../mapping/compile.ts';
import type { AccountDefaults, MappingSet } from '../mapping/contract.ts';
import type { MappingFile } from '../mapping/document.ts';
import type { GivenForms, SourceForms } from '../mapping/forms/contract.ts';
import { decideForms } from '../mapping/forms/decide.ts';
import type { Issue } from '../model/issue.ts';
import { mappingFilesFor, valueTableFiles } from './mappings.ts';
import {
  assertSure,
  headerKnowledge,
  proposedMapping,
  proposeTable,
  unmappedIssues,
} from './proposals.ts';
import type { ReadySource } from './source-of-run.ts';
import type { RunOptions } from './store.ts';
import {
  isTables,
  joinedTable,
  surveySource,
  type SourceSurvey,
  type SurveySurroundings,
} from './survey.ts';

/** How the records of a run are translated, found out before the first is: what every thread of the run goes by. */
export interface TranslationText {
  readonly files: readonly MappingFile[];
  readonly forms: SourceForms;
}

/** A translation ready to be applied. */
export interface Translation extends TranslationText {
  readonly mappings: MappingSet;
  /** What there is to say of whole columns. */
  readonly issues: readonly Issue[];
}

/** What decides about a translation. */
export type TranslationOptions = Pick<
  RunOptions,
  'mapping' | 'requirements' | 'as' | 'dates' | 'decimal' | 'proposed' | 'forms' | 'terms'
>;

/** Compiles a translation for an account. */
export function compileTranslation(
  adapter: SourceAdapter,
  { files, forms }: TranslationText,
  account: AccountDefaults,
  { requirements, terms }: TranslationOptions,
): MappingSet {
  const mappings = compileMappings(files, {
    adapter: adapter.name,
    entities: adapter.open === true ? undefined : adapter.entities,
    account,
    requirements,
    forms,
  });
  return terms === undefined ? mappings : onTerms(mappings, terms);
}

const givenForms = ({ dates, decimal }: TranslationOptions): GivenForms => ({ dates, decimal });

/** The mappings of a run without a look at its source: enough to apply what is staged. */
export async function mappingsFor(
  adapter: SourceAdapter,
  account: AccountDefaults,
  options: TranslationOptions,
): Promise<MappingSet> {
  const files = await knownFiles(adapter, options);
  const forms = { given: givenForms(options), files: {} };
  return compileTranslation(adapter, { files, forms }, account, options);
}

/** The translation of records that were read before: their columns are written as it was found out then. */
export async function translateKept(
  ready: ReadySource,
  account: AccountDefaults,
  options: TranslationOptions,
): Promise<TranslatedSource> {
  const { adapter } = ready.source;
  const files = await knownFiles(adapter, options);
  const forms: SourceForms = { given: givenForms(options), files: options.forms ?? {} };
  const mappings = compileTranslation(adapter, { files, forms }, account, options);
  return {
    ready,
    options: kept(options, forms),
    translation: { files, forms, mappings, issues: [] },
  };
}

/** The mappings that are there already: those given, those proposed before, or those that come with the tool. */
async function knownFiles(
  adapter: SourceAdapter,
  { mapping, proposed }: TranslationOptions,
): Promise<readonly MappingFile[]> {
  return proposed === undefined || mapping !== undefined
    ? mappingFilesFor(adapter.name, mapping)
    : [...proposed, ...(await valueTableFiles())];
}

/** A source with its translation; the proposals are to be kept with the run. */
export interface TranslatedSource {
  readonly ready: ReadySource;
  readonly translation: Translation;
  /** What was found out and is to be kept with the run. */
  readonly options: Pick<TranslationOptions, 'as' | 'proposed' | 'forms'>;
}

/**
 * Finds out how a source is translated. Tables are read once before: how their dates and numbers are written is decided
 * over whole columns, and where no mapping is there one is proposed, of which only what is sure is used. Throws
 * UsageError where it is not sure what the rows are.
 */
export async function translate(
  ready: ReadySource,
  account: AccountDefaults,
  options: TranslationOptions,
  surroundings: SurveySurroundings,
): Promise<TranslatedSource> {
  const { adapter } = ready.source;
  const isProposed =
    adapter.open === true && options.mapping === undefined && options.proposed === undefined;
  if (isProposed) {
    const survey = await surveySource(ready, surroundings);
    return proposedTranslation(ready, account, options, survey);
  }
  const files = await knownFiles(adapter, options);
  const given = givenForms(options);
  const bare = compileTranslation(
    adapter,
    { files, forms: { given, files: {} } },
    account,
    options,
  );
  const { wantedForms } = bare;
  if (!isTables(ready) || wantedForms.length === 0)
    return {
      ready,
      options: kept(options, { given, files: {} }),
      translation: { files, forms: { given, files: {} }, mappings: bare, issues: [] },
    };
  const survey = await surveySource(ready, surroundings);
  const { forms, issues } = decideForms(survey.forms, wantedForms, given);
  const mappings = compileTranslation(adapter, { files, forms }, account, options);
  return { ready, options: kept(options, forms), translation: { files, forms, mappings, issues } };
}

const kept = (
  { as, proposed }: TranslationOptions,
  { files }: SourceForms,
): TranslatedSource['options'] => ({ as, proposed, ...formsOf(files) });

/** Kept only where there are some. */
const formsOf = (files: SourceForms['files']): Pick<TranslationOptions, 'forms'> =>
  Object.keys(files).length === 0
    ? {}
    : {
        forms: Object.fromEntries(
          Object.entries(files).map(([file, columns]) => [file, { ...columns }]),
        ),
      };

async function proposedTranslation(
  ready: ReadySource,
  account: AccountDefaults,
  options: TranslationOptions,
  survey: SourceSurvey,
): Promise<TranslatedSource> {
  const { adapter } = ready.source;
  const knowledge = await headerKnowledge();
  const apart = survey.tables.map((table) => proposeTable(table, knowledge, options.as));
  for (const proposal of apart) assertSure(proposal);
  // Rows are called what they are, so that the same rows are the same records under another file name.
  const kinds = new Set(apart.map(({ kind }) => kind.kind));
  const [only] = kinds;
  const as = options.as ?? (kinds.size === 1 ? only : undefined);
  const entityOf = (entity: string): string => as ?? entity;
  const proposals =
    as === undefined || survey.tables.length < 2
      ? apart
      : [proposeTable(joinedTable(survey.tables), knowledge, as)];
  const named = proposals.map((proposal) => ({ ...proposal, entity: entityOf(proposal.entity) }));
  const proposed = named.map((proposal) =>
    proposedMapping(proposal, adapter.name, proposal.entity, 'high'),
  );
  const files = [...proposed, ...(await valueTableFiles())];
  const given = givenForms(options);
  const bare = compileTranslation(
    adapter,
    { files, forms: { given, files: {} } },
    account,
    options,
  );
  const columns = survey.forms.map((column) => ({ ...column, entity: entityOf(column.entity) }));
  const { forms, issues } = decideForms(columns, bare.wantedForms, given);
  const mappings = compileTranslation(adapter, { files, forms }, account, options);
  return {
    ready: as === undefined || as === options.as ? ready : ready.named(as),
    options: kept({ as, proposed: proposed.map(({ name, text }) => ({ name, text })) }, forms),
    translation: {
      files,
      forms,
      mappings,
      issues: [...named.flatMap(unmappedIssues), ...issues],
    },
  };
}
