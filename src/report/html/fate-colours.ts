import type { Fate } from '../../model/fate.ts';

/** How a fate is drawn. */
export interface FateColour {
  readonly fill: string;
  /** Stripes over the colour: what asks for attention is told apart without colours too. */
  readonly stripes?: string;
}

/**
 * From Okabe and Ito's palette, which people with any kind of colour vision can tell apart; the order of
 * lightness survives a black and white printer. `retired` is not drawn: it is not part of what was read.
 */
export const fateColours: Readonly<Record<Exclude<Fate, 'retired'>, FateColour>> = {
  created: { fill: '#1b5e8c' },
  updated: { fill: '#56a5d8' },
  unchanged: { fill: '#c9d3dd' },
  duplicate: { fill: '#e9edf1', stripes: '#8794a3' },
  excluded: { fill: '#9aa5b1' },
  parked: { fill: '#f0c04c', stripes: '#c98a00' },
  rejected: { fill: '#d1560e', stripes: '#8f3200' },
};

/** The fates of a bar from left to right. */
export const barOrder = [
  'created',
  'updated',
  'unchanged',
  'duplicate',
  'excluded',
  'parked',
  'rejected',
] as const satisfies readonly Fate[];

export type BarFate = (typeof barOrder)[number];
