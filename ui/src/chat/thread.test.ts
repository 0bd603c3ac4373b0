import { describe, expect, test } from 'vitest';

import type { MessagePage } from '../host/generated/MessagePage';
import type { Part } from '../host/generated/Part';
import type { Host } from '../host/host';
import { ids, message } from './testing';
import { Thread } from './thread.svelte';

/** A host whose answers are given by the test, when the test wants. */
function handHost() {
  const asked: { part: Part; answer: (page: MessagePage) => void; refuse: () => void }[] = [];
  const host = {
    messages: (_conversation: number, part: Part) =>
      new Promise<MessagePage>((answer, refuse) => {
        asked.push({ part, answer, refuse: () => refuse(new Error('no')) });
      }),
  } as Partial<Host> as Host;
  return { host, asked };
}

const page = (messages: MessagePage['messages'], change: Partial<MessagePage> = {}): MessagePage => ({
  messages,
  hasOlder: false,
  hasNewer: false,
  firstUnread: null,
  ...change,
});

async function opened(first: MessagePage) {
  const { host, asked } = handHost();
  const thread = new Thread(host, 1);
  const opening = thread.open();
  asked[0]?.answer(first);
  await opening;
  return { thread, asked };
}

test('opens at the first unread message, else at the end', async () => {
  const unread = await opened(page([message(1), message(2, { unread: true })], { firstUnread: 2 }));
  expect(unread.thread.aim).toEqual({ kind: 'unread', message: 2 });
  expect(unread.thread.firstUnread).toBe(2);
  const read = await opened(page([message(1)]));
  expect(read.thread.aim).toEqual({ kind: 'end' });
});

describe('where the reader was', () => {
  test('is read around, without pointing at it', async () => {
    const { host, asked } = handHost();
    const thread = new Thread(host, 1);
    const opening = thread.openAt(4);
    expect(asked[0]?.part).toEqual({ kind: 'around', message: 4 });
    asked[0]?.answer(page([message(3), message(4), message(5)], { hasNewer: true }));
    await opening;
    expect(thread.aim).toEqual({ kind: 'place', message: 4 });
    expect(thread.atEnd).toBe(false);
    expect(thread.topmost, 'also before the reader moves').toBe(4);
  });

  test.each(['refused', 'elsewhere'])('is the beginning where that message is gone (%s)', async (how) => {
    const { host, asked } = handHost();
    const thread = new Thread(host, 1);
    const opening = thread.openAt(4);
    if (how === 'refused') asked[0]?.refuse();
    else asked[0]?.answer(page([message(1)]));
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked[1]?.part).toEqual({ kind: 'start' });
    asked[1]?.answer(page([message(8), message(9)]));
    await opening;
    expect(ids(thread.rows)).toEqual([8, 9]);
    expect(thread.aim).toEqual({ kind: 'end' });
  });

  test('is where the next view takes them', async () => {
    const { thread } = await opened(page([message(1), message(2, { unread: true }), message(3)], { firstUnread: 2 }));
    thread.topmost = 1;
    thread.rest();
    expect(thread.aim).toEqual({ kind: 'place', message: 1 });
    thread.reach(true);
    thread.rest();
    expect(thread.aim).toEqual({ kind: 'end' });
  });

  test('does not win over where they want to go meanwhile', async () => {
    const { host, asked } = handHost();
    const thread = new Thread(host, 1);
    const opening = thread.openAt(4);
    const going = thread.goTo(90);
    asked[0]?.answer(page([message(1)]));
    asked[1]?.answer(page([message(90)]));
    await Promise.all([opening, going]);
    expect(asked.length).toBe(2);
    expect(thread.aim).toEqual({ kind: 'message', message: 90 });
  });
});

test('what is told while a page is read is not overwritten by it', async () => {
  const { thread, asked } = await opened(page([message(5)], { hasOlder: true }));
  const reading = thread.loadOlder();
  thread.apply(message(4, { tick: 'read', direction: 'out' }), true);
  asked[1]?.answer(page([message(3), message(4, { tick: 'sent', direction: 'out' })]));
  await reading;
  expect(ids(thread.rows)).toEqual([3, 4, 5]);
  expect(thread.rows[1]?.tick).toBe('read');
});

test('a message before what has been read waits to be read', async () => {
  const { thread } = await opened(page([message(5)], { hasOlder: true }));
  thread.apply(message(2), true);
  expect(ids(thread.rows)).toEqual([5]);
});

test('a new message after a gap is counted, not shown', async () => {
  const { thread } = await opened(page([message(5)], { hasNewer: true }));
  thread.apply(message(90), true);
  thread.apply(message(90, { edited: true }), true);
  expect(ids(thread.rows)).toEqual([5]);
  expect(thread.arrived.size).toBe(1);
});

describe('messages that come while the reader is elsewhere', () => {
  test('are counted until the end is reached', async () => {
    const { thread } = await opened(page([message(5)]));
    thread.reach(false);
    thread.apply(message(6), true);
    thread.apply(message(7, { direction: 'out' }), true);
    thread.apply(message(8), true);
    expect(thread.arrived.size).toBe(2);
    thread.reach(true);
    expect(thread.arrived.size).toBe(0);
  });

  test('get the unread line if the window is not looked at', async () => {
    const { thread } = await opened(page([message(5)]));
    thread.apply(message(6, { unread: true }), false);
    thread.apply(message(7, { unread: true }), false);
    expect(thread.firstUnread).toBe(6);
  });
});

test('everything is read anew from the first row, without a jump', async () => {
  const { thread, asked } = await opened(page([message(5), message(6)], { hasOlder: true }));
  const aim = thread.aim;
  const refreshing = thread.refresh();
  expect(asked[1]?.part).toEqual({ kind: 'after', position: { sentAt: 5000, id: 4 } });
  asked[1]?.answer(page([message(5), message(6, { edited: true }), message(7)]));
  await refreshing;
  expect(ids(thread.rows)).toEqual([5, 6, 7]);
  expect(thread.rows[1]?.edited).toBe(true);
  expect(thread.hasOlder).toBe(true);
  expect(thread.aim).toBe(aim);
});

test('a page that cannot be read is a state, and opening again mends it', async () => {
  const { host, asked } = handHost();
  const thread = new Thread(host, 1);
  const opening = thread.open();
  asked[0]?.refuse();
  await opening;
  expect(thread.phase).toBe('failed');
  const again = thread.open();
  asked[1]?.answer(page([message(1)]));
  await again;
  expect(thread.phase).toBe('ready');
});
