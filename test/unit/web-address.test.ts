import { describe, expect, test } from 'vitest';
import { webAddress } from '../../src/mapping/web-address.ts';

describe('webAddress', () => {
  test.each([
    'https://example.com',
    'http://example.com/a?b=c&d=%20#e',
    'ftp://example.com/1.jpg',
    'https://Example.com/en/ref=X1lang=es',
    'https://example.com:8080/a(b),[c]',
  ])('leaves %s as it is', (text) => {
    expect(webAddress(text)).toEqual({ url: text, repaired: false });
    expect(webAddress(` ${text}\n`)?.url).toBe(text);
  });

  test.each([
    ['https://example.com/a b.jpg', 'https://example.com/a%20b.jpg'],
    ['https://example.com/ático.jpg', 'https://example.com/%C3%A1tico.jpg'],
    ['https://example.com/100%.jpg', 'https://example.com/100%25.jpg'],
    ['https://example.com/\uD800.jpg', 'https://example.com/%EF%BF%BD.jpg'],
    ['://example.com/1.jpg', 'https://example.com/1.jpg'],
    ['//example.com/1.jpg', 'https://example.com/1.jpg'],
    ['www.example.com', 'https://www.example.com'],
    ['example.com/a', 'https://example.com/a'],
  ])('repairs %s', (text, url) => {
    expect(webAddress(text)).toEqual({ url, repaired: true });
  });

  test.each([
    '',
    '-',
    'none',
    'photo.jpg',
    'images/photo.jpg',
    '/images/1.jpg',
    'javascript:alert(1)',
    'data:text/plain,a',
    'file:///etc/passwd',
    'https://',
    'ana@example.com',
  ])('gives nothing of %j', (text) => {
    expect(webAddress(text)).toBeUndefined();
  });
});
