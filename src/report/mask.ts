/**
 * A text for logs and terminals, without what may be somebody's: e-mail addresses, telephone numbers with their
 * country, and the values of rows that a database quotes. Ids, paths, hashes and times stay.
 */
export function masked(text: string): string {
  return text
    .replace(/\(([^()]*)\)=\((?:[^()]|\([^()]*\))*\)/g, '($1)=(…)')
    .replace(/(Failing row contains )\([^\n]*\)/g, '$1(…)')
    .replace(/(invalid input [^:\n]*|out of range[^:\n]*): "[^\n]*?"/g, '$1: "…"')
    .replace(/[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu, '…@…')
    .replace(/(?<![\w/.-])(?:\+|00)\d(?:[ ().-]{0,2}\d){7,14}(?![\w/-])/g, '+…');
}
