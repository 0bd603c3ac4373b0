import { expect, test } from 'vitest';

import { ids } from '../chat/testing';
import type { DeliveryRow } from '../host/generated/DeliveryRow';
import type { LogQuery } from '../host/generated/LogQuery';
import { EventLog } from './event-log.svelte';

const delivery = (id: number, change: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id,
  receivedAt: '2026-03-18T14:02:00Z',
  hook: 'default',
  client: null,
  outcome: 'read',
  note: null,
  bytes: 100,
  repeats: null,
  lines: [],
  ...change,
});

function handHost() {
  const asked: { query: LogQuery; answer: (rows: DeliveryRow[]) => void; refuse: () => void }[] = [];
  const host = {
    eventLog: (query: LogQuery) =>
      new Promise<DeliveryRow[]>((answer, refuse) => {
        asked.push({ query, answer, refuse: () => refuse(new Error('no')) });
      }),
  };
  return { log: new EventLog(host), asked };
}

async function shown(...rows: DeliveryRow[]) {
  const { log, asked } = handHost();
  const showing = log.show(null);
  asked[0]?.answer(rows);
  await showing;
  return { log, asked };
}

test('more is read after the oldest, until a page is empty', async () => {
  const { log, asked } = await shown(delivery(3), delivery(2));
  const more = log.loadMore();
  expect(asked[1]?.query).toEqual({ outcome: null, before: 2 });
  asked[1]?.answer([]);
  await more;
  await log.loadMore();
  expect(asked).toHaveLength(2);
});

test('what has come is put before the rest, and what changed is replaced', async () => {
  const { log, asked } = await shown(delivery(3), delivery(2, { outcome: 'unread' }), delivery(1));
  const refreshing = log.refresh();
  asked[1]?.answer([delivery(4), delivery(3), delivery(2)]);
  await refreshing;
  expect(ids(log.rows)).toEqual([4, 3, 2, 1]);
  expect(log.rows[2]?.outcome).toBe('read');
  expect(log.grewAtStart).toBe(true);
});

test('after a gap only the newest are known', async () => {
  const { log, asked } = await shown(delivery(3));
  const refreshing = log.refresh();
  asked[1]?.answer([delivery(90), delivery(80)]);
  await refreshing;
  expect(ids(log.rows)).toEqual([90, 80]);
});

test('much that comes at once is read twice, not more', async () => {
  const { log, asked } = await shown(delivery(1));
  const first = log.refresh();
  void log.refresh();
  void log.refresh();
  expect(asked).toHaveLength(2);
  asked[1]?.answer([delivery(2), delivery(1)]);
  await Promise.resolve();
  await expect.poll(() => asked.length).toBe(3);
  asked[2]?.answer([delivery(3), delivery(2), delivery(1)]);
  await first;
  expect(ids(log.rows)).toEqual([3, 2, 1]);
  expect(asked).toHaveLength(3);
});

test('the answer for another filter is dropped, and a failure is a state', async () => {
  const { log, asked } = handHost();
  const before = log.show('unread');
  const now = log.show('rejected');
  asked[1]?.answer([delivery(9, { outcome: 'rejected' })]);
  asked[0]?.answer([delivery(1, { outcome: 'unread' })]);
  await Promise.all([before, now]);
  expect(ids(log.rows)).toEqual([9]);
  const again = log.show(null);
  asked[2]?.refuse();
  await again;
  expect(log.phase).toBe('failed');
});
