import { describe, expect, test } from 'vitest';

import { hook, trouble } from '../host/fixture/outside-sets';
import type { PublicUrlRow } from '../host/generated/PublicUrlRow';
import type { UrlStatus } from '../host/generated/UrlStatus';
import { backAgainWords, hostOf, localPlace, quotaState, statusWords } from './status';

const NOW = new Date(2026, 2, 18, 14, 2).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function words(status: UrlStatus) {
  const row: PublicUrlRow = { way: 'ngrok', url: 'https://x.example.org', status, former: null, quota: null };
  return statusWords(row, NOW, 'en-GB', '127.0.0.1:4280');
}

describe('the state of the public URL', () => {
  test('is said in one sentence', () => {
    expect(words({ kind: 'off' }).title).toBe('No public URL yet');
    expect(words({ kind: 'connecting' }).title).toBe('Connecting…');
    expect(words({ kind: 'online', checkedAt: NOW, milliseconds: 1 }).title).toBe('Reachable, checked 14:02');
    expect(words({ kind: 'online', checkedAt: NOW - DAY, milliseconds: 1 }).title).toBe(
      'Reachable, checked yesterday 14:02',
    );
  });

  test('promises only as much as is known while it is not reachable', () => {
    const away = (since: number) => words({ kind: 'reconnecting', since, attempt: 3, trouble: trouble('noNetwork') });
    expect(away(NOW - MINUTE).title).toBe('Not reachable since 14:01 — providers keep trying, nothing is lost yet');
    expect(away(NOW - 7 * DAY).title).toContain('nothing is lost yet');
    expect(away(NOW - 7 * DAY - 1).title).toMatch(/^Not reachable since .* what is older than 7 days may be lost$/);
    expect(away(NOW).why).toBe('This computer is not connected to the internet.');
    expect(away(NOW).cure).toEqual({ does: 'retry', label: 'Try now' });
  });

  test('names the one thing to do where it needs the user', () => {
    const needs = words({ kind: 'needsYou', since: NOW, trouble: trouble('urlAnswersOther') });
    expect(needs).toMatchObject({ tone: 'alarm', title: 'Needs you:' });
    expect(needs.why).toBe('Something else answers at your public URL. Point it to 127.0.0.1:4280.');
  });

  test('is announced only when it changes, and not with each check', () => {
    const checked = (checkedAt: number) => words({ kind: 'online', checkedAt, milliseconds: 1 }).spoken;
    expect(checked(NOW)).toBe(checked(NOW - 60 * MINUTE));
    const away = (attempt: number) =>
      words({ kind: 'reconnecting', since: NOW, attempt, trouble: trouble('asleep') }).spoken;
    expect(away(1)).toBe(away(20));
  });
});

test('what is over is told with its days where they are not today', () => {
  const outage = (beganAt: number, endedAt: number, late: number) =>
    backAgainWords({ id: 1, beganAt, endedAt, trouble: trouble('asleep'), late }, NOW, 'en-GB');
  const at = (day: number, hour: number, minute: number) => new Date(2026, 2, day, hour, minute).getTime();
  expect(outage(at(18, 9, 10), at(18, 9, 55), 1)).toBe(
    'Back again. Not reachable 09:10–09:55; 1 message arrived late.',
  );
  expect(outage(at(17, 22, 10), at(18, 7, 55), 14)).toBe(
    'Back again. Not reachable yesterday 22:10 – today 07:55; 14 messages arrived late.',
  );
  expect(outage(at(15, 9, 10), at(15, 9, 55), 0)).toBe('Back again. Not reachable Sun 09:10–09:55.');
});

test.each([
  [15_999, 20_000, 'fine'],
  [16_000, 20_000, 'near'],
  [20_000, 20_000, 'over'],
  [20_001, 20_000, 'over'],
  [5, 0, 'fine'],
])('%d of %d requests is %s', (used, of, state) => {
  expect(quotaState({ used, of, resetsAt: 0 })).toBe(state);
});

test('a URL is shortened to its server, and what is none is left as it is', () => {
  expect(hostOf('https://calm-otter-41.ngrok-free.app/hook/x')).toBe('calm-otter-41.ngrok-free.app');
  expect(hostOf('nonsense')).toBe('nonsense');
  expect(localPlace([hook('default', 'x', null)])).toBe('127.0.0.1:8642');
});
