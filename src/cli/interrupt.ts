/** What of the process the interruption needs. */
interface Interruptible {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * A signal that Ctrl-C (or a polite kill) gives: the run stops where it can be resumed. The second Ctrl-C
 * ends the program at once.
 */
export function interruptSignal(process: Interruptible, tell: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    tell('\nStopping after the batch that is being written. Ctrl-C again stops at once.\n');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
