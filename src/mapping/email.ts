/** Local part and domain with a dot; the mail servers of the world decide about the rest. */
const form = /^[^\s@,;<>"()[\]\\]+@[^\s@,;<>"()[\]\\.]+(?:\.[^\s@,;<>"()[\]\\.]+)+$/;

/** The longest address that mail can be sent to (RFC 5321). */
const longest = 254;

/** An e-mail address in lower case; nothing where the text is none. */
export function emailAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  return address.length <= longest && form.test(address) ? address : undefined;
}
