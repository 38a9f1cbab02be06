const secretNames = /key|token|secret|pass|pwd|auth|sig|cred|session|code|hash/i;
// Long and without a blank or a dot: nobody reads it, and it may open a door.
const opaque = /^[\w~+/=-]{20,}$/;

/** A URL for people: without user and password, and with `…` for values that may be secrets. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '');
  const parsed = new URL(url);
  const query = [...parsed.searchParams].map(([name, value]) => {
    const hidden = value !== '' && (secretNames.test(name) || opaque.test(value));
    return `${encodeURIComponent(name)}=${hidden ? '…' : encodeURIComponent(value)}`;
  });
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
