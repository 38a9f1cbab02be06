import fc from 'fast-check';

/** Text or bytes that arrive in the given pieces. */
export async function* arriving<Piece>(pieces: Iterable<Piece>): AsyncGenerator<Piece> {
  await Promise.resolve();
  yield* pieces;
}

/** Everything that comes, and the message of the error that ends it. */
export async function allOf<Item>(
  items: AsyncIterable<Item>,
): Promise<{ items: Item[]; error: string | undefined }> {
  const all: Item[] = [];
  try {
    for await (const item of items) all.push(item);
  } catch (error) {
    return {
      items: all,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
  return { items: all, error: undefined };
}

/** Widths of pieces, used again and again until the whole is cut. */
export const widths: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 1, max: 40 }), {
  minLength: 1,
  maxLength: 8,
});

/** Cuts text or bytes into pieces. */
export function cut<
  Whole extends { readonly length: number; slice(start: number, end: number): Whole },
>(whole: Whole, pieceWidths: readonly number[]): Whole[] {
  const pieces: Whole[] = [];
  for (let start = 0, turn = 0; start < whole.length; turn++) {
    const end = start + (pieceWidths[turn % pieceWidths.length] ?? 1);
    pieces.push(whole.slice(start, end));
    start = end;
  }
  return pieces;
}
