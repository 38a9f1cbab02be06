import { UsageError } from '../model/errors.ts';
import type { MappingSuggestionDocument, SuggestRequest } from './contract.ts';
import { headerKnowledge, proposedMapping, proposeTable } from './proposals.ts';
import { openSource } from './source-of-run.ts';
import type { Session } from './session.ts';
import { isTables, joinedTable, surveySource } from './survey.ts';

/** Proposes a mapping for a table, from its headers and what it holds; needs no database. Throws UsageError for others. */
export async function suggestMapping(
  session: Session,
  request: SuggestRequest,
): Promise<MappingSuggestionDocument> {
  const ready = await openSource({ ...session, ...session.environment }, request);
  try {
    const { adapter } = ready.source;
    if (!isTables(ready))
      throw new UsageError(`A mapping is suggested for tables; this is ${adapter.title}.`, {
        hint: `See the mappings that come with the tool: tesoro-migrate mappings`,
      });
    const { tables } = await surveySource(ready, session.environment);
    const files = ready.source.input.files.length;
    if (tables.length > 1 && request.as === undefined)
      throw new UsageError(
        `${String(files)} files hold rows of different kinds: ${tables.map(({ entity }) => entity).join(', ')}.`,
        { hint: 'Suggest a mapping for each file by itself.' },
      );
    const knowledge = await headerKnowledge();
    const table = joinedTable(tables);
    const proposal = proposeTable(table, knowledge, request.as);
    // Rows of an unknown table are called what they are, as an import calls them.
    const isSure = proposal.kind.level === 'high';
    const entity = adapter.open === true && isSure ? proposal.kind.kind : table.entity;
    return {
      adapter: adapter.name,
      file: table.file,
      from: entity,
      rows: table.columns[0]?.rows ?? 0,
      kind: proposal.kind,
      columns: proposal.columns,
      mapping: proposedMapping(proposal, adapter.name, entity, 'medium').text,
    };
  } finally {
    await ready.opened.close();
  }
}
