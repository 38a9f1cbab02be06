import { createHash, randomBytes } from 'node:crypto';

/** A secret that nobody guesses: 256 bits, as text that may stand in an address. */
export const newSecret = (prefix: string): string =>
  `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is kept of a secret. It has too many bits to be tried out, so a fast hash does. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
