/** Failures are said in plain words where the code is known, in the provider's where it is not, and never in none. */
import { expect, test } from 'vitest';

import { strings } from './en';

const { failure } = strings.bubble;

test.each([
  [{ code: 131047, title: 'Re-engagement message', details: '…' }, /24 hours.*templates.*\(code 131047\)$/],
  [{ code: 999999, title: 'Odd', details: 'An odd thing.' }, /^An odd thing\. \(code 999999\)$/],
  [{ code: 999999, title: 'Odd', details: null }, /^Odd \(code 999999\)$/],
  [{ code: null, title: 'Odd', details: null }, /^Odd$/],
  [{ code: 0, title: null, details: null }, /log in.*\(code 0\)$/],
  [null, /gave no reason/],
])('%j is said as %s', (told, said) => {
  expect(failure(told)).toMatch(said);
});
