// Numbers, sizes, times and excerpts as a person reads them; the same in the terminal and on paper.

const integers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** `1234567` → `1,234,567`. */
export function number(value: number): string {
  return integers.format(value);
}

/** `1 record`, `1,234 records`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** A share in percent; never `100 %` or `0 %` for what is not quite that. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  if (share > 0 && share < 0.1) return '< 0.1 %';
  if (share < 100 && share > 99.9) return '> 99.9 %';
  return `${decimals.format(share)} %`;
}

const sizeUnits = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `397568` → `397.6 KB`; units of 1,000. */
export function size(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const step = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${decimals.format(bytes / 1000 ** step)} ${sizeUnits[step] ?? ''}`;
}

/** `95` → `1 min 35 s`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${decimals.format(seconds)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${number(hours)} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** An ISO time as `29 July 2026 at 14:03 UTC`. */
export function moment(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${moments.format(time)} UTC`;
}

// Control characters could move the cursor of a terminal or hide text in it; format characters could
// turn the direction of the rest of a line.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A customer's text on one line, without control characters, cut to `length` characters. */
export function excerpt(text: string, length = 80): string {
  const line = text.replace(invisible, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= length
    ? line
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** The id of a record as a person can take it in: of a fingerprint, the beginning tells it apart. */
export function recordId(sourceId: string, length = 40): string {
  return excerpt(sourceId.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}/, '$1…'), length);
}

/** Whether a record has no id of its own, and is known by what it holds. */
export const isFingerprint = (sourceId: string): boolean => sourceId.startsWith('sha256:');

/** A record as a person finds it: by its id, or, where it has none of its own, by its line. */
export function recordName(
  { sourceId, line }: { readonly sourceId: string; readonly line?: number | null | undefined },
  length = 40,
): string {
  return isFingerprint(sourceId) && typeof line === 'number'
    ? `line ${String(line)}`
    : recordId(sourceId, length);
}

/** A customer's text as part of a sentence. */
export function quoted(text: string, length = 80): string {
  // Blanks alone stay visible as such.
  return `“${excerpt(text, length) || ' '}”`;
}
