/** An address of the web, and whether it had to be repaired. */
export interface WebAddress {
  readonly url: string;
  readonly repaired: boolean;
}

/** What may not stand in an address as it is; `%` only where it does not begin an escape. */
const illegal =
  /[^\u0021\u0023-\u003B\u003D\u003F-\u005B\u005D\u005F\u0061-\u007A~]|%(?![0-9a-fA-F]{2})/gu;

const scheme = /^(?:https?|ftp):\/\//i;

/** `://host`, `//host`, `www.host` and `host.tld/…`: a scheme got lost on the way. */
const withoutScheme = /^(?::?\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d+)?(?:[/?#].*)?)$/su;

/** A name like `photo.jpg` has the form of a host and is none. */
const fileName =
  /^[^/?#]+\.(?:jpe?g|png|gif|webp|bmp|tiff?|pdf|docx?|xlsx?|txt|html?|php|aspx?|mp4|mov|zip)$/i;

/**
 * Reads an address: spaces and letters outside ASCII are percent-encoded, a missing scheme is https. Nothing where the
 * text is no address of http, https or ftp.
 */
export function webAddress(text: string): WebAddress | undefined {
  const written = text.trim();
  const complete = scheme.test(written) ? written : completed(written);
  if (complete === undefined) return undefined;
  const url = complete.toWellFormed().replace(illegal, encodeURIComponent);
  return URL.canParse(url) ? { url, repaired: url !== written } : undefined;
}

/** The name or the path of an image in the export, which is no address of the web: `fotos/1.jpg`. */
export function imagePath(text: string): string | undefined {
  const path = text.trim();
  return /^[^:?#\0-\x1f]+\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|avif)$/i.test(path) &&
    !path.startsWith('//')
    ? path
    : undefined;
}

function completed(written: string): string | undefined {
  if (fileName.test(written)) return undefined;
  const rest = withoutScheme.exec(written)?.[1];
  return rest === undefined ? undefined : `https://${rest}`;
}
