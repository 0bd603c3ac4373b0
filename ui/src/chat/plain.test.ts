import { expect, test } from 'vitest';

import { initials, plainLine } from './plain';

test('a foreign line loses what could steer the text around it, and nothing else', () => {
  expect(plainLine('\u202Egnp.exe\u202C\u2066 x\u2069')).toBe('gnp.exe x');
  expect(plainLine('a\u0000\n\n b\tc')).toBe('a b c');
  expect(plainLine('<b>&lt; 👨‍👩‍👧 محمد')).toBe('<b>&lt; 👨‍👩‍👧 محمد');
});

test.each([
  ['Anna Berger', 'AB'],
  ['anna maria von berger', 'AB'],
  ['Élodie', 'É'],
  ['محمد السيد', 'ما'],
  ['+43 660 1234567', ''],
  ['👩‍👩‍👧‍👦', ''],
  ['\u202Eevil name', 'EN'],
  ['', ''],
])('initials of %j are %j', (title, expected) => {
  expect(initials(title)).toBe(expected);
});
