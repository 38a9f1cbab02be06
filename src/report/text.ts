// What the terminal shows, a file a document.
export { renderInspectText } from './text/inspect.ts';
export { renderRunText } from './text/run.ts';
export { renderRunsText } from './text/runs.ts';
export { renderVerifyText } from './text/verify.ts';
export type { TextOptions } from './text/layout.ts';
