import { describe, expect, test } from 'vitest';

import {
  clockTime,
  dateLocale,
  dayAlone,
  dayAndTime,
  dayName,
  fullTime,
  listTime,
  machineTime,
  momentAhead,
  pointInTime,
  timeSpan,
} from './format';
import { replyWindow } from './reply-window';

const WORDS = { today: 'Today', yesterday: 'Yesterday' };
const NOW = new Date(2026, 2, 18, 14, 2).getTime();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('dates follow the reader’s own kind of English, never another language', () => {
  expect(dateLocale('en', ['de-AT', 'en-US'])).toBe('en-US');
  expect(dateLocale('en', ['de-AT'])).toBe('en-GB');
  expect(dateLocale('de', [])).toBe('de');
});

describe('in the list', () => {
  test.each([
    [NOW - HOUR, '13:02'],
    [new Date(2026, 2, 18, 0, 0).getTime(), '00:00'],
    [new Date(2026, 2, 17, 23, 59).getTime(), 'Yesterday'],
    [NOW - 2 * DAY, 'Mon'],
    [NOW - 6 * DAY, 'Thu'],
    [NOW - 7 * DAY, '11/03/26'],
    [NOW + 3 * DAY, '21/03/26'],
  ])('%d is %s', (at, expected) => {
    expect(listTime(at, NOW, 'en-GB', WORDS)).toBe(expected);
  });

  test('other locales have their own ways', () => {
    expect(clockTime(NOW, 'en-US')).toMatch(/^02:02\sPM$/);
    expect(listTime(NOW - 7 * DAY, NOW, 'de-AT', WORDS)).toBe('11.03.26');
  });
});

test('between the days', () => {
  expect(dayName(NOW, NOW, 'en-GB', WORDS)).toBe('Today');
  expect(dayName(NOW - DAY, NOW, 'en-GB', WORDS)).toBe('Yesterday');
  expect(dayName(NOW - 3 * DAY, NOW, 'en-GB', WORDS)).toBe('Sunday');
  expect(dayName(NOW - 30 * DAY, NOW, 'en-GB', WORDS)).toBe('Mon 16 February');
  expect(dayName(NOW - 300 * DAY, NOW, 'en-GB', WORDS)).toMatch(/2025$/);
});

describe('a moment within a sentence', () => {
  const words = { today: 'today', yesterday: 'yesterday' };
  test.each([
    [NOW, '14:02'],
    [NOW - DAY, 'yesterday 14:02'],
    [NOW - 2 * DAY, 'Mon 14:02'],
    [NOW - 7 * DAY, '11 Mar 2026, 14:02'],
  ])('%d is %s', (at, expected) => {
    expect(pointInTime(at, NOW, 'en-GB', words)).toBe(expected);
  });

  test.each([
    [NOW + HOUR, '15:02'],
    [NOW + 10 * HOUR, 'tomorrow 00:02'],
    [NOW + DAY, 'tomorrow 14:02'],
    [NOW + 2 * DAY, 'Friday 14:02'],
    [NOW + 7 * DAY, '25 Mar 2026, 14:02'],
  ])('that is to come: %d is %s', (at, expected) => {
    expect(momentAhead(at, NOW, 'en-GB', { tomorrow: 'tomorrow' })).toBe(expected);
  });

  test('and from one to another', () => {
    expect(timeSpan(NOW - 2 * HOUR, NOW, NOW, 'en-GB', words)).toBe('12:02–14:02');
    expect(timeSpan(NOW - DAY, NOW, NOW, 'en-GB', words)).toBe('yesterday 14:02 – today 14:02');
    expect(timeSpan(NOW - 2 * DAY, NOW - DAY, NOW, 'en-GB', words)).toBe('Mon 14:02 – yesterday 14:02');
  });

  test('a day alone says its year where it is another one', () => {
    expect(dayAlone(NOW + 14 * DAY, NOW, 'en-GB')).toBe('1 April');
    expect(dayAlone(NOW + 300 * DAY, NOW, 'en-GB')).toMatch(/ 2027$/);
  });
});

test('nothing is left out of a full time', () => {
  expect(fullTime(new Date(2026, 2, 18, 14, 2, 9).getTime(), 'en-GB')).toBe('18 Mar 2026, 14:02:09');
  expect(dayAndTime(new Date(2026, 2, 18, 14, 2, 9).getTime(), 'en-GB')).toBe('18 Mar 2026, 14:02');
  expect(machineTime(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(machineTime(Number.MAX_VALUE)).toBe('');
});

describe('the window for free-form replies', () => {
  test('is open for 24 hours to the millisecond', () => {
    expect(replyWindow(NOW, NOW)).toEqual({ kind: 'open', until: NOW + DAY });
    expect(replyWindow(NOW - DAY + 1, NOW)).toEqual({ kind: 'open', until: NOW + 1 });
    expect(replyWindow(NOW - DAY, NOW)).toEqual({ kind: 'closed' });
  });

  test('never was, before the customer wrote', () => {
    expect(replyWindow(null, NOW)).toEqual({ kind: 'never' });
  });
});
