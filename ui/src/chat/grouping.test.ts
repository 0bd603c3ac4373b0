import { describe, expect, test } from 'vitest';

import { threadItems } from './grouping';
import { message } from './testing';

const NOON = new Date(2026, 2, 18, 12).getTime();
const MINUTE = 60_000;
const at = (id: number, minutes: number, change = {}) => message(id, { sentAt: NOON + minutes * MINUTE, ...change });

describe('messages stand together', () => {
  const shape = (...rows: Parameters<typeof threadItems>[0]) =>
    threadItems(rows, null).map(({ startsGroup, endsGroup }) => `${startsGroup ? '[' : ''}${endsGroup ? ']' : ''}`);

  test('from one side within minutes', () => {
    expect(shape(at(1, 0), at(2, 1), at(3, 2))).toEqual(['[', '', ']']);
  });

  test('but not across sides, writers, or a pause', () => {
    expect(shape(at(1, 0), at(2, 1, { direction: 'out' }))).toEqual(['[]', '[]']);
    expect(shape(at(1, 0, { author: 'Tom' }), at(2, 1, { author: 'Maria' }))).toEqual(['[]', '[]']);
    expect(shape(at(1, 0), at(2, 5))).toEqual(['[]', '[]']);
  });
});

test('a note stands alone', () => {
  const items = threadItems([at(1, 0), at(2, 1, { content: { kind: 'welcome' } }), at(3, 2)], null);
  expect(items.every(({ startsGroup, endsGroup }) => startsGroup && endsGroup)).toBe(true);
});

test('a day begins at local midnight, and with the first message', () => {
  const items = threadItems([at(1, 0), at(2, 11 * 60 + 59), at(3, 12 * 60)], null);
  expect(items.map((item) => item.startsDay)).toEqual([true, false, true]);
});

test('the unread line stands before one message and parts a group', () => {
  const items = threadItems([at(1, 0), at(2, 1)], 2);
  expect(items.map((item) => item.startsUnread)).toEqual([false, true]);
  expect(items[0]?.endsGroup).toBe(true);
});
