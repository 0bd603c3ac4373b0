import { expect, test } from 'vitest';

import { timeOfDay } from './time-of-day';

test.each([
  ['22:00', '22:00'],
  [' 7:05 ', '07:05'],
  ['00:00', '00:00'],
  ['24:00', null],
  ['7', null],
  ['12:60', null],
  ['', null],
])('“%s” is %s', (typed, expected) => {
  expect(timeOfDay(typed)).toBe(expected);
});
