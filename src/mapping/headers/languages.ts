import type { HeaderReading } from './header.ts';

const names = new Intl.DisplayNames('en', { type: 'language' });

/** Languages in words: `Spanish`, `Dutch or German`. */
export function languageWords(languages: ReadonlySet<string>): string {
  const words = [...languages].map((language) => names.of(language) ?? language).sort();
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

/** The languages that the headers of a file are in: a header that several languages share speaks for each a little. */
export function fileLanguages(
  readings: readonly (HeaderReading | undefined)[],
): ReadonlySet<string> {
  const votes = new Map<string, number>();
  for (const reading of readings) {
    if (reading === undefined || reading.reach === 'misspelt') continue;
    const languages = new Set(reading.senses.flatMap((sense) => [...sense.languages]));
    for (const language of languages)
      votes.set(language, (votes.get(language) ?? 0) + 1 / languages.size);
  }
  const most = Math.max(0, ...votes.values());
  return new Set([...votes].filter(([, count]) => count >= most / 2).map(([language]) => language));
}
