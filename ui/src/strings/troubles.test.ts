/** Whatever is in the way has a sentence, a name and one thing to do. That none is forgotten is the type's to see. */
import { expect, test } from 'vitest';

import { trouble } from '../host/fixture/outside-sets';
import type { TroubleKind } from '../host/generated/TroubleKind';
import { safeUrl } from '../chat/kinds/link';
import { lasting } from './public-url.en';
import { troubleDetail, troubles, troubleSentence } from './troubles.en';

const kinds = Object.keys(troubles) as TroubleKind[];

test('there are as many as the engine tells', () => {
  expect(kinds).toHaveLength(24);
});

test.each(kinds)('%s is said in plain words and has one cure', (kind) => {
  const sentence = troubleSentence(trouble(kind), '127.0.0.1:4280');
  expect(sentence).toMatch(/^(\p{Lu}|ngrok).*\.$/u);
  const { cause, cure } = troubles[kind];
  expect(cause).toMatch(/^(\p{Lu}|ngrok).*[^.]$/u);
  expect(cure.label).toMatch(/^\p{Lu}/u);
  if (cure.does === 'open') expect(safeUrl(cure.url), 'the host opens it').not.toBeNull();
});

test('the words of others are shown as theirs, once', () => {
  expect(troubleSentence(trouble('refused', { detail: 'not today' }), '')).toBe('ngrok refused: not today.');
  expect(troubleSentence(trouble('refused'), '')).toBe('ngrok refused the connection.');
  expect(troubleDetail(trouble('refused', { detail: 'not today', code: 'ERR_NGROK_1' }))).toBe('ERR_NGROK_1');
  expect(troubleDetail(trouble('closed', { detail: 'bye', code: 'ERR_NGROK_2' }))).toBe('bye · ERR_NGROK_2');
  expect(troubleDetail(trouble('closed'))).toBeNull();
});

test.each([
  [20_000, 'less than a minute'],
  [60_000, '1 min'],
  [9 * 3_600_000 + 45 * 60_000, '9 h 45 min'],
  [3_600_000, '1 h'],
  [46 * 3_600_000, '1 day 22 h'],
  [48 * 3_600_000 + 60_000, '2 days'],
])('%d milliseconds are %s', (milliseconds, said) => {
  expect(lasting(milliseconds)).toBe(said);
});
