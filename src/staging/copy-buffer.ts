import type { Queryable } from '../database/contract.ts';

// Large enough that a COPY is worth its overhead, small enough that a dozen tables fit in memory.
const flushAt = 2 * 1024 * 1024;

/**
 * Gathers lines of COPY text per table and loads each table's lines when they are many, one load at a time
 * while the next lines are being made. Holds at most one flush per table and one in flight.
 */
export class CopyBuffer {
  readonly #database: Pick<Queryable, 'copyIn'>;
  readonly #columns: Readonly<Record<string, readonly string[]>>;
  readonly #lines = new Map<string, { lines: string[]; size: number }>();
  #inFlight: Promise<unknown> = Promise.resolve();
  #failure: { cause: unknown } | undefined;

  /** `columns`: for each table, the columns that its lines give, in order. */
  constructor(
    database: Pick<Queryable, 'copyIn'>,
    columns: Readonly<Record<string, readonly string[]>>,
  ) {
    this.#database = database;
    this.#columns = columns;
  }

  /** Adds one line (without its line end); waits only while an earlier load is still going on. */
  add(table: string, line: string): Promise<void> | undefined {
    let entry = this.#lines.get(table);
    if (entry === undefined) this.#lines.set(table, (entry = { lines: [], size: 0 }));
    entry.lines.push(line);
    entry.size += line.length + 1;
    return entry.size >= flushAt ? this.#flush(table) : undefined;
  }

  /** Loads what is left. */
  async finish(): Promise<void> {
    for (const table of this.#lines.keys()) await this.#flush(table);
    await this.#settle();
  }

  async #flush(table: string): Promise<void> {
    const entry = this.#lines.get(table);
    if (entry === undefined || entry.lines.length === 0) return;
    this.#lines.set(table, { lines: [], size: 0 });
    const data = Buffer.from(`${entry.lines.join('\n')}\n`, 'utf8');
    await this.#settle();
    this.#inFlight = this.#database
      .copyIn(table, this.#columns[table] ?? [], data)
      .catch((cause: unknown) => {
        this.#failure = { cause };
      });
  }

  async #settle(): Promise<void> {
    await this.#inFlight;
    if (this.#failure !== undefined) throw this.#failure.cause;
  }
}
