/** Words that foreign words are looked up for: those of the catalogue, and those that nobody has seen yet. */
import { describe, expect, test } from 'vitest';

import { kinds } from './kinds.en';
import { reread, terms } from './log.en';

/** Every value that webhook catalogue §3 lists for `unsupported.type`. */
const CATALOGUE = [
  'button',
  'edit',
  'errors',
  'gif',
  'group_invite',
  'hsm',
  'image',
  'interactive',
  'keep_in_chat',
  'link_preview',
  'list',
  'location',
  'media_placeholder',
  'order',
  'pin',
  'poll_creation',
  'poll_update',
  'product',
  'reaction',
];

describe('what WhatsApp does not pass on', () => {
  test.each(CATALOGUE)('%s has words of its own', (wanted) => {
    expect(kinds.unsupported.title(wanted)).toMatch(
      /^WhatsApp sent something this API can’t show: an? \p{L}[\p{L} ]+$/u,
    );
    expect(kinds.unsupported.title(wanted)).not.toContain('_');
  });

  test('is said as written where nobody has seen it, and without a word where there is none', () => {
    expect(kinds.unsupported.title('hologram')).toMatch(/: hologram$/);
    expect(kinds.unsupported.title(null)).toMatch(/can’t show$/);
  });
});

test.each([
  ['audio/ogg; codecs=opus', 'Ogg audio'],
  ['IMAGE/JPEG', 'JPEG picture'],
  ['application/x-hologram', 'application/x-hologram'],
  [';', null],
  [null, null],
])('the type %j is %j', (mimeType, words) => {
  expect(kinds.media.type(mimeType)).toBe(words);
});

test('what reading again has changed is one sentence', () => {
  const outcome = { deliveries: 1204, added: 1, changed: 17, removed: 0, events: 2 };
  expect(reread.done(outcome)).toBe(
    '1204 deliveries read again: 1 new message, 17 messages changed, and 2 other events changed.',
  );
  expect(reread.done({ deliveries: 1, added: 0, changed: 0, removed: 0, events: 0 })).toBe(
    '1 delivery read again: nothing is different.',
  );
});

test('words about prices are plain, or as written', () => {
  expect(terms.categoryWord('authentication-international')).toBe('Authentication, international');
  expect(terms.categoryWord('hologram')).toBe('hologram');
  expect(terms.modelWord('PMP')).toBe('Per message');
});
