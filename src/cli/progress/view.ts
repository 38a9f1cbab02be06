import type { Progress } from '../../run/contract.ts';

/** Shows how far a run is. */
export interface ProgressView {
  show(progress: Progress): void;
  /** Leaves the screen in order; before anything else is written. */
  stop(): void;
}

/** Shows nothing. */
export const noProgress: ProgressView = { show: () => undefined, stop: () => undefined };
