/** Failures are said in plain words where the code is known, in the provider's where it is not, and never in none. */
import { expect, test } from 'vitest';

import { strings } from './en';
import { failureReason } from './failures.en';

const { failure } = strings.bubble;

test.each([
  [{ code: 131047, title: 'Re-engagement message', details: '…' }, /24 hours.*templates.*\(code 131047\)$/],
  [{ code: 999999, title: 'Odd', details: 'An odd thing.' }, /^An odd thing\. \(code 999999\)$/],
  [{ code: 999999, title: 'Odd', details: null }, /^Odd \(code 999999\)$/],
  [{ code: null, title: 'Odd', details: null }, /^Odd$/],
  [{ code: 133999, title: 'Odd', details: null }, /registered.*\(code 133999\)$/],
  [{ code: 0, title: null, details: null }, /log in.*\(code 0\)$/],
  [null, /gave no reason/],
])('%j is said as %s', (told, said) => {
  expect(failure(told)).toMatch(said);
});

/** Every code that webhook catalogue §4.2 lists. */
const CATALOGUE = [
  0, 190, 368, 400, 501, 1026, 130429, 130472, 130497, 131000, 131005, 131008, 131009, 131016, 131021, 131026, 131031,
  131037, 131042, 131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131056, 131057, 131060, 132000,
  132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 133000, 133010, 133999, 135000, 2593109,
];

test.each(CATALOGUE)('the code %d has a reason in plain words', (code) => {
  expect(failureReason(code)).toMatch(/^\p{Lu}.*\.$/u);
});
