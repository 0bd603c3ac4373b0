import { describe, expect, test } from 'vitest';

import { conversation, ids } from '../chat/testing';
import type { ConversationQuery } from '../host/generated/ConversationQuery';
import type { ConversationRow } from '../host/generated/ConversationRow';
import type { Host } from '../host/host';
import { Inbox } from './inbox.svelte';

function handHost() {
  const asked: { query: ConversationQuery; answer: (rows: ConversationRow[]) => void; refuse: () => void }[] = [];
  const host = {
    conversations: (query: ConversationQuery) =>
      new Promise<ConversationRow[]>((answer, refuse) => {
        asked.push({ query, answer, refuse: () => refuse(new Error('no')) });
      }),
  } as Partial<Host> as Host;
  return { inbox: new Inbox(host), asked };
}

async function withRows(...rows: ConversationRow[]) {
  const { inbox, asked } = handHost();
  await inbox.refresh(rows);
  return { inbox, asked };
}

test('more is read after the last row, until a page is empty', async () => {
  const { inbox, asked } = await withRows(conversation(2, 20), conversation(1, 10));
  const more = inbox.loadMore();
  expect(asked[0]?.query.after).toEqual({ sentAt: 10, id: 1 });
  asked[0]?.answer([]);
  await more;
  await inbox.loadMore();
  expect(asked.length).toBe(1);
});

test('a changed conversation moves to its place, or out of what has been read', async () => {
  const { inbox } = await withRows(conversation(2, 20), conversation(1, 10));
  inbox.upsert(conversation(1, 30));
  expect(ids(inbox.rows)).toEqual([1, 2]);
  inbox.upsert(conversation(7, 5));
  expect(ids(inbox.rows), 'older rows have not been read yet').toEqual([1, 2]);
});

test('what is told while a page is read is not overwritten by it', async () => {
  const { inbox, asked } = await withRows(conversation(2, 20));
  const more = inbox.loadMore();
  inbox.upsert(conversation(1, 30, { unread: 1 }));
  asked[0]?.answer([conversation(1, 10)]);
  await more;
  expect(ids(inbox.rows)).toEqual([1, 2]);
  expect(inbox.rows[0]?.unread).toBe(1);
});

describe('a filter', () => {
  test('drops what no longer belongs, but not the open conversation before another is opened', async () => {
    const { inbox, asked } = handHost();
    const showing = inbox.show('unread', null);
    asked[0]?.answer([conversation(2, 20, { unread: 1 }), conversation(1, 10, { unread: 1 })]);
    await showing;
    inbox.keep(2);
    inbox.upsert(conversation(2, 20));
    inbox.upsert(conversation(1, 10));
    expect(ids(inbox.rows)).toEqual([2]);
    inbox.keep(1);
    expect(ids(inbox.rows)).toEqual([]);
  });

  test('drops the answer of the filter before', async () => {
    const { inbox, asked } = handHost();
    const before = inbox.show('unread', null);
    const now = inbox.show('failed', null);
    asked[1]?.answer([conversation(3, 30, { failed: 1 })]);
    asked[0]?.answer([conversation(2, 20, { unread: 1 })]);
    await Promise.all([before, now]);
    expect(ids(inbox.rows)).toEqual([3]);
  });

  test('of a business number keeps the others out', async () => {
    const { inbox, asked } = handHost();
    const showing = inbox.show('all', 2);
    asked[0]?.answer([]);
    await showing;
    inbox.upsert(conversation(1, 10, { channel: 1 }));
    inbox.upsert(conversation(2, 20, { channel: 2 }));
    expect(ids(inbox.rows)).toEqual([2]);
  });
});

test('a failure is a state that trying again leaves', async () => {
  const { inbox, asked } = handHost();
  const showing = inbox.show('all', null);
  asked[0]?.refuse();
  await showing;
  expect(inbox.phase).toBe('failed');
  const again = inbox.retry();
  asked[1]?.answer([conversation(1, 10)]);
  await again;
  expect(inbox.phase).toBe('ready');
});
