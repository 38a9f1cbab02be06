import type { Language } from '../../api.ts';

const regions = { en: 'en-GB', es: 'es-ES', nl: 'nl-NL' } as const;

/** Numbers, sizes and times as a language writes them. */
export function figures(language: Language) {
  const region = regions[language];
  // Spanish leaves numbers of four digits undivided, which in a column of counts reads badly.
  const number = new Intl.NumberFormat(region, { useGrouping: 'always' });
  const short = new Intl.NumberFormat(region, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(region, { style: 'percent' });
  const moment = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short' });
  const list = new Intl.ListFormat(region, { type: 'conjunction' });
  return {
    n: (count: number) => number.format(count),
    percent: (part: number) => share.format(part),
    time: (text: string) => moment.format(new Date(text)),
    day: (at: number) => day.format(new Date(at)),
    list: (texts: readonly string[]) => list.format(texts),
    bytes: (bytes: number) => {
      if (bytes < 1024) return `${number.format(bytes)} B`;
      if (bytes < 1024 * 1024) return `${short.format(bytes / 1024)} kB`;
      return `${short.format(bytes / 1024 / 1024)} MB`;
    },
    seconds: (seconds: number) =>
      seconds < 120 ? `${short.format(seconds)} s` : `${short.format(seconds / 60)} min`,
  };
}
