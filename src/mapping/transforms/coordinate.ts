import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { isFarFrom } from '../country-boxes.ts';
import { pathOption } from '../path.ts';
import { defineTransform, type TransformContext } from '../transform.ts';
import { countryCode } from './country.ts';

const part = z.enum(['latitude', 'longitude']);

const options = z.union([
  part.transform((take) => ({ take, country: undefined, zero: undefined })),
  z.strictObject({
    take: part,
    country: pathOption.optional().describe('Field with the country that the place must lie in.'),
    zero: z.enum(['unknown']).optional().describe('One 0 alone is no coordinate, too.'),
  }),
]);

interface Pair {
  readonly latitude: string;
  readonly longitude: string;
}

/** What sources write for a place they do not know: the start of all degrees, and a street in Miami. */
const placeholders: readonly (readonly [latitude: number, longitude: number])[] = [
  [0, 0],
  [25.68654, -80.431345],
];

const degrees = /^[+-]?\d{1,3}(?:[.,]\d+)?$/;

/** Both texts as written; `undefined` where there is nothing, `invalid` where there is not a pair. */
function pairIn(value: Value): Pair | 'invalid' | undefined {
  const texts =
    typeof value === 'string'
      ? value.split(value.includes(';') ? ';' : ',')
      : Object.values(value ?? []);
  const filled = texts.map((text) => (typeof text === 'string' ? text.trim() : ''));
  if (filled.every((text) => text === '')) return undefined;
  const [latitude, longitude] = filled;
  if (filled.length !== 2 || latitude === undefined || longitude === undefined) return 'invalid';
  if (!degrees.test(latitude) || !degrees.test(longitude)) return 'invalid';
  return { latitude: latitude.replace(',', '.'), longitude: longitude.replace(',', '.') };
}

function isPlace({ latitude, longitude }: Pair, zeroIsUnknown: boolean): boolean {
  const [north, east] = [Number(latitude), Number(longitude)];
  if (zeroIsUnknown && (north === 0 || east === 0)) return false;
  if (Math.abs(north) > 90 || Math.abs(east) > 180) return false;
  return !placeholders.some(([latitude, longitude]) => north === latitude && east === longitude);
}

function countryOf(path: z.output<typeof options>['country'], context: TransformContext) {
  const text = path?.read(context.record.fields);
  return typeof text === 'string' ? countryCode(text) : undefined;
}

export const coordinate = defineTransform({
  name: 'coordinate',
  about:
    'Gives the latitude or the longitude of a text "lat,lng" or of a list of the two: both or none, and none for a placeholder or, where `country` names a field, a place outside that country.',
  options,
  paths: ({ country }) => (country === undefined ? [] : [country]),
  apply: (value, { take, country, zero }, context) => {
    const pair = pairIn(value);
    if (pair === undefined) return null;
    const refuse = (code: 'COORDINATES_INVALID' | 'COORDINATES_FAR_AWAY'): null => {
      context.keepOriginal();
      // The pair is one finding, though two columns are made of it.
      if (take === 'latitude') context.issue(code);
      return null;
    };
    if (pair === 'invalid' || !isPlace(pair, zero === 'unknown'))
      return refuse('COORDINATES_INVALID');
    const code = countryOf(country, context);
    if (code !== undefined && isFarFrom(code, Number(pair.latitude), Number(pair.longitude)))
      return refuse('COORDINATES_FAR_AWAY');
    return pair[take];
  },
});
