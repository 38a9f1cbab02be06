/** A name as SQL takes it, schema and all: `crm.people` becomes `"crm"."people"`. */
export function quoteName(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** `COPY … FROM` in text format. */
export function copySql(table: string, columns: readonly string[], from: string): string {
  return `COPY ${quoteName(table)} (${columns.map(quoteName).join(', ')}) FROM ${from} WITH (FORMAT text, ENCODING 'UTF8')`;
}
