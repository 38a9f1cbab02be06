/** The hash of what a staged row says and of the rows that its links found. */
export const hashOf = (linked: readonly string[]): string =>
  linked.length === 0 ? 's._hash' : `md5(concat_ws('|', s._hash, ${linked.join(', ')}))::uuid`;
