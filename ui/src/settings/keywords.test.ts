import { expect, test } from 'vitest';

import { LONGEST_WORD, MOST_WORDS, withTyped } from './keywords';

const many = Array.from({ length: MOST_WORDS }, (_, index) => `word ${index}`);

test.each([
  [[], ' urgent ', { kind: 'added', words: ['urgent'] }],
  [['a'], 'b, c d ,,', { kind: 'added', words: ['a', 'b', 'c d'] }],
  [['a'], ' , ', { kind: 'nothing' }],
  [['Urgent'], 'refund, urgent', { kind: 'known', word: 'urgent' }],
  [[], 'twice, Twice', { kind: 'known', word: 'Twice' }],
  [[], '🔥'.repeat(LONGEST_WORD), { kind: 'added', words: ['🔥'.repeat(LONGEST_WORD)] }],
  [[], 'x'.repeat(LONGEST_WORD + 1), { kind: 'tooLong' }],
  [many.slice(1), 'last', { kind: 'added', words: [...many.slice(1), 'last'] }],
  [many, 'last', { kind: 'tooMany' }],
])('%j with “%s”', (words, typed, expected) => {
  expect(withTyped(words, typed)).toEqual(expected);
});
