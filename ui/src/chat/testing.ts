/** Rows for tests: complete, with only what a test is about spelled out. Not part of the page. */
import type { ConversationRow } from '../host/generated/ConversationRow';
import type { MessageRow } from '../host/generated/MessageRow';
import { blank } from '../host/fixture/model';

export function message(id: number, change: Partial<MessageRow> = {}): MessageRow {
  return { ...blank(id, 1, id * 1000), text: `message ${id}`, preview: `message ${id}`, ...change };
}

export function conversation(id: number, sentAt: number, change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id,
    channel: 1,
    title: `Person ${id}`,
    group: false,
    number: null,
    username: null,
    unread: 0,
    failed: 0,
    mutedUntil: null,
    vip: false,
    lastIncomingAt: sentAt,
    last: { kind: 'text', preview: 'hello', statusesOnly: false, direction: 'in', tick: null, sentAt },
    ...change,
  };
}

export const ids = (rows: readonly { id: number }[]): number[] => rows.map((row) => row.id);
