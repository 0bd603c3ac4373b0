/**
 * How a run of messages is laid out: which ones stand together, where a day begins and where the unread ones begin. Pure;
 * one item per message, so that the virtual list counts what the conversation counts.
 */
import type { MessageRow } from '../host/generated/MessageRow';
import { dayOf } from '../time/format';
import { isNote } from './kinds/note';

/** Messages of one side further apart than this do not stand together. */
const PAUSE = 5 * 60 * 1000;

export interface ThreadItem {
  row: MessageRow;
  /** A day begins with this message. */
  startsDay: boolean;
  /** The first message that had not been seen when the conversation was opened. */
  startsUnread: boolean;
  /** First of the messages that stand together: says who wrote. */
  startsGroup: boolean;
  /** Last of the messages that stand together: has the bubble's corner. */
  endsGroup: boolean;
}

export function threadItems(rows: readonly MessageRow[], firstUnread: number | null): ThreadItem[] {
  const breaks = rows.map((row, index) => {
    const before = rows[index - 1];
    return before === undefined || row.id === firstUnread || !standTogether(before, row);
  });
  return rows.map((row, index) => {
    const before = rows[index - 1];
    return {
      row,
      startsDay: before === undefined || dayOf(before.sentAt) !== dayOf(row.sentAt),
      startsUnread: row.id === firstUnread,
      startsGroup: breaks[index] ?? true,
      endsGroup: breaks[index + 1] ?? true,
    };
  });
}

function standTogether(before: MessageRow, row: MessageRow): boolean {
  if (isNote(before.content) || isNote(row.content)) return false;
  return (
    before.direction === row.direction &&
    before.author === row.author &&
    row.sentAt - before.sentAt < PAUSE &&
    dayOf(before.sentAt) === dayOf(row.sentAt)
  );
}
