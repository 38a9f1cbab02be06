/** South, west, north, east, in degrees. */
type Box = readonly [south: number, west: number, north: number, east: number];

/**
 * Boxes around the countries in which listings are met, a tenth of a degree wider than the land; a country
 * with islands far away has several.
 */
const boxes: Readonly<Record<string, readonly Box[]>> = {
  AD: [[42.3, 1.3, 42.8, 1.9]],
  AE: [[22.5, 51.4, 26.3, 56.5]],
  AT: [[46.2, 9.4, 49.2, 17.3]],
  BE: [[49.4, 2.4, 51.7, 6.5]],
  BG: [[41.1, 22.2, 44.4, 28.8]],
  CH: [[45.7, 5.8, 47.9, 10.6]],
  CV: [[14.7, -25.5, 17.3, -22.5]],
  CY: [[34.4, 32.1, 35.9, 34.8]],
  CZ: [[48.4, 12, 51.2, 19]],
  DE: [[47.1, 5.7, 55.2, 15.2]],
  DK: [
    [54.4, 7.9, 57.9, 13],
    [54.9, 14.6, 55.5, 15.3],
  ],
  DO: [[17.4, -72.1, 20.1, -68.2]],
  EE: [[57.4, 21.6, 59.9, 28.3]],
  ES: [
    [35.1, -9.5, 43.9, 4.5],
    [27.5, -18.3, 29.6, -13.2],
  ],
  FI: [[59.4, 19, 70.2, 31.7]],
  FR: [
    [41.2, -5.3, 51.2, 9.7],
    [14.3, -61.9, 16.6, -60.7],
    [2, -54.7, 5.9, -51.5],
    [-21.5, 55.1, -20.8, 55.9],
  ],
  GB: [[49.8, -8.8, 60.9, 1.9]],
  GI: [[36, -5.5, 36.3, -5.2]],
  GR: [[34.7, 19.2, 41.9, 29.8]],
  HR: [[42.2, 13.3, 46.7, 19.6]],
  HU: [[45.6, 16, 48.7, 23]],
  IE: [[51.3, -10.8, 55.5, -5.9]],
  IT: [[35.4, 6.5, 47.2, 18.7]],
  LT: [[53.8, 20.8, 56.6, 27]],
  LU: [[49.3, 5.6, 50.3, 6.7]],
  LV: [[55.6, 20.8, 58.2, 28.4]],
  MA: [[20.7, -17.3, 36.1, -0.9]],
  MC: [[43.6, 7.3, 43.9, 7.6]],
  ME: [[41.7, 18.3, 43.7, 20.5]],
  MT: [[35.7, 14, 36.2, 14.7]],
  MX: [[14.4, -118.6, 32.9, -86.6]],
  NL: [[50.6, 3.2, 53.7, 7.4]],
  NO: [[57.8, 4.3, 71.4, 31.3]],
  PL: [[48.9, 14, 55, 24.3]],
  PT: [
    [36.8, -9.7, 42.3, -6],
    [32.2, -17.5, 33.3, -16],
    [36.8, -31.5, 39.9, -24.9],
  ],
  RO: [[43.5, 20.1, 48.4, 29.9]],
  SE: [[55.2, 10.8, 69.2, 24.3]],
  SI: [[45.3, 13.2, 47, 16.7]],
  SK: [[47.6, 16.7, 49.8, 22.7]],
  TH: [[5.5, 97.2, 20.6, 105.8]],
  TR: [[35.7, 25.5, 42.3, 45]],
  US: [
    [24.3, -125.1, 49.5, -66.8],
    [51, -180, 71.6, -129.8],
    [18.7, -160.6, 22.4, -154.6],
  ],
};

/** Whether a place lies outside a country (ISO 3166-1 alpha-2); never for a country that has no box here. */
export function isFarFrom(country: string, latitude: number, longitude: number): boolean {
  const known = boxes[country];
  if (known === undefined) return false;
  return !known.some(
    ([south, west, north, east]) =>
      latitude >= south && latitude <= north && longitude >= west && longitude <= east,
  );
}
