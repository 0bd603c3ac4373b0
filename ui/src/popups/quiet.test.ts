import { expect, test } from 'vitest';

import { FOR_GOOD, quietAt, untilWords } from './quiet';

const NOW = new Date(2026, 2, 18, 14, 2).getTime();

test('it is quiet until the moment and not at it', () => {
  expect(quietAt(null, NOW)).toBeNull();
  expect(quietAt(NOW, NOW)).toBeNull();
  expect(quietAt(NOW - 1, NOW)).toBeNull();
  expect(quietAt(NOW + 1, NOW)).toBe(NOW + 1);
  expect(quietAt(FOR_GOOD, NOW)).toBe(FOR_GOOD);
});

test('the end is named, where there is one', () => {
  expect(untilWords(NOW + 3_600_000, NOW, 'en-GB')).toBe('15:02');
  expect(untilWords(new Date(2026, 2, 19, 8).getTime(), NOW, 'en-GB')).toBe('tomorrow 08:00');
  expect(untilWords(FOR_GOOD, NOW, 'en-GB')).toBeNull();
  expect(new Date(FOR_GOOD).toISOString()).toBe('9999-12-31T23:59:59.000Z');
});
