/**
 * The same function of a text, which remembers what it gave: the values of a source repeat. It forgets all when it
 * knows `bound` texts, so memory stays bounded and new texts are remembered too. `undefined` is found out anew.
 */
export function remembering<Result>(
  bound: number,
  read: (text: string) => Result | undefined,
): (text: string) => Result | undefined {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    if (result === undefined) return undefined;
    if (known.size >= bound) known.clear();
    known.set(text, result);
    return result;
  };
}
