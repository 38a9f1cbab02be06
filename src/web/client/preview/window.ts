// Which rows of a very long list are drawn, and where. Browsers refuse elements beyond some tens of millions of pixels, so
// a longer list is scrolled in a smaller scale.

export const rowHeight = 34;

/** Pixels that every browser still lays out well. */
const tallest = 16_000_000;

export interface Shape {
  readonly rows: number;
  /** Height of the part that is seen, in pixels. */
  readonly view: number;
}

/** Height of the element that is scrolled. */
export const heightOf = ({ rows }: Shape): number => Math.min(rows * rowHeight, tallest);

/** Pixels of the list for a pixel of scrolling: 1 for all but very long lists. */
function scaleOf(shape: Shape): number {
  const whole = shape.rows * rowHeight;
  const travel = heightOf(shape) - shape.view;
  return whole <= tallest || travel <= 0 ? 1 : (whole - shape.view) / travel;
}

export interface Window {
  readonly first: number;
  /** One after the last. */
  readonly end: number;
  /** Where the first row is drawn in the scrolled element, in pixels. */
  readonly top: number;
}

const spare = 6;

/** The rows to draw at a position of the scroll bar, with a few beyond the edges. */
export function windowAt(scrollTop: number, shape: Shape): Window {
  const offset = scrollTop * scaleOf(shape);
  const seen = Math.floor(offset / rowHeight);
  const first = Math.max(0, Math.min(seen, shape.rows) - spare);
  const end = Math.min(shape.rows, seen + Math.ceil(shape.view / rowHeight) + 1 + spare);
  return { first, end, top: scrollTop - (offset - first * rowHeight) };
}

/** The position of the scroll bar at which a row is seen, as near as possible to where it is now. */
export function scrollTo(row: number, scrollTop: number, shape: Shape): number {
  const scale = scaleOf(shape);
  const offset = scrollTop * scale;
  const top = row * rowHeight;
  if (top < offset) return top / scale;
  const bottom = top + rowHeight - shape.view;
  return bottom > offset ? bottom / scale : scrollTop;
}
