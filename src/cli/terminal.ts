/** A stream of the process that text goes to. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** What the command line touches of its process. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly processors?: number;
  /** From 0 to 1. */
  readonly random?: () => number;
  readonly signal: AbortSignal;
  /** Of the program. */
  /** Name of the user of the machine. */
  readonly user?: string | undefined;
  readonly version: string;
}

/** Writes to a stream, each piece after the one before is taken. */
export type Write = (text: string | Uint8Array) => Promise<void>;

/**
 * A writer that takes no offence when its reader has gone (`… | head`): the rest is dropped, and the work
 * that is going on comes to its end.
 */
export function writerTo(stream: OutputStream): Write {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    gone = true;
  });
  return (text) =>
    new Promise((resolve) => {
      if (gone) resolve();
      else
        stream.write(text, () => {
          resolve();
        });
    });
}

/** Whether colours are wanted on the stream. */
export function wantsColor(stream: OutputStream, terminal: Terminal, flag: boolean): boolean {
  return flag && stream.isTTY === true && !terminal.environment['NO_COLOR'];
}
