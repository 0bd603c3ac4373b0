import { expect, test } from 'vitest';

import { mapUrl, safeUrl } from './link';

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  [' HTTPS://Example.org ', 'https://example.org/'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['https://\u0430pple.com/', 'https://xn--pple-43d.com/'],
])('%j may be a link, and shows where it leads', (text, url) => {
  expect(safeUrl(text)).toBe(url);
});

test.each([
  'http://example.org/',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'tel:+43123',
  'https://paypal.com@evil.example/',
  'https://',
  '//example.org',
  'example.org',
  '',
])('%j stays text', (text) => {
  expect(safeUrl(text)).toBeNull();
});

test('a map needs a place on earth', () => {
  expect(mapUrl(48.2082, -16.5)).toBe('https://www.google.com/maps?q=48.2082,-16.5');
  expect(mapUrl(0, 0)).toBe('https://www.google.com/maps?q=0,0');
  expect(mapUrl(48, null)).toBeNull();
  expect(mapUrl(91, 0)).toBeNull();
  expect(mapUrl(0, Number.NaN)).toBeNull();
});
