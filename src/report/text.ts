// What the terminal shows, a file for each document.
export { renderBaselineText } from './text/baseline.ts';
export { renderDatabaseText } from './text/database.ts';
export { renderDoctorText } from './text/doctor.ts';
export { renderInspectText } from './text/inspect.ts';
export { renderAdaptersText, renderMappingsText } from './text/lists.ts';
export { renderMappingTestText } from './text/mapping-test.ts';
export { renderPurgeText } from './text/purge.ts';
export { renderReportText } from './text/report.ts';
export { renderRollbackText } from './text/rollback.ts';
export { renderRunText } from './text/run.ts';
export { renderRunsText } from './text/runs.ts';
export { renderSuggestionText } from './text/suggestion.ts';
export { renderRevokedText, renderTokensText, renderTokenText } from './text/tokens.ts';
export { renderVerifyText } from './text/verify.ts';
export type { TextOptions } from './text/layout.ts';
