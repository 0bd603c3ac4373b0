import { describe, expect, test } from 'vitest';

import { byNewest, byPosition, merged, upserted } from './order';
import { conversation, ids, message } from './testing';

describe('upserted', () => {
  const rows = [message(1), message(2), message(4)];

  test('puts a new row where its time belongs', () => {
    expect(ids(upserted(rows, message(5), byPosition))).toEqual([1, 2, 4, 5]);
    expect(ids(upserted(rows, message(9, { sentAt: 1500 }), byPosition))).toEqual([1, 9, 2, 4]);
    expect(ids(upserted([], message(1), byPosition))).toEqual([1]);
  });

  test('breaks ties of time by row', () => {
    expect(ids(upserted(rows, message(3, { sentAt: 4000 }), byPosition))).toEqual([1, 2, 3, 4]);
    expect(ids(upserted(rows, message(7, { sentAt: 4000 }), byPosition))).toEqual([1, 2, 4, 7]);
  });

  test('replaces a row it has, and moves it if its time changed', () => {
    const changed = upserted(rows, message(2, { edited: true }), byPosition);
    expect(ids(changed)).toEqual([1, 2, 4]);
    expect(changed[1]?.edited).toBe(true);
    expect(ids(upserted(rows, message(1, { sentAt: 9000 }), byPosition))).toEqual([2, 4, 1]);
  });

  test('leaves the rows it was given as they were', () => {
    upserted(rows, message(3), byPosition);
    expect(ids(rows)).toEqual([1, 2, 4]);
  });
});

test('conversations stand newest first, the higher row first among equals', () => {
  const rows = [conversation(1, 10), conversation(2, 30), conversation(3, 30)].sort(byNewest);
  expect(ids(rows)).toEqual([3, 2, 1]);
});

test('of two runs that overlap each row is kept once, as the newer run has it', () => {
  const rows = merged([message(1), message(2)], [message(2, { edited: true }), message(3)], byPosition);
  expect(ids(rows)).toEqual([1, 2, 3]);
  expect(rows[1]?.edited).toBe(true);
});
