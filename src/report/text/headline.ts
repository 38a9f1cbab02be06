import type { Tone, Verdict } from '../verdict.ts';
import type { Palette } from './layout.ts';
import { wrap } from './layout.ts';

const marks: Readonly<Record<Tone, string>> = { good: '✓', attention: '!', bad: '✗', open: '·' };

/** The outcome: a mark and the headline, then the sentences behind it. */
export function headline(
  { tone, headline: text, explanation }: Verdict,
  palette: Palette,
): string[] {
  const paint = {
    good: palette.green,
    attention: palette.yellow,
    bad: palette.red,
    open: palette.cyan,
  }[tone];
  return [palette.bold(paint(`${marks[tone]} ${text}`)), ...wrap(explanation)];
}
