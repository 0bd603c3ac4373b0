/**
 * The order of messages and conversations, and how a changed row finds its place. Pure. Rows are replaced whole: every event
 * says how things are now, so a repeated one does no harm.
 */
import type { ConversationRow } from '../host/generated/ConversationRow';
import type { MessageRow } from '../host/generated/MessageRow';
import type { Position } from '../host/generated/Position';

type Order<Row> = (left: Row, right: Row) => number;

/** Oldest first: by sending time, then by row. */
export function byPosition(left: Position, right: Position): number {
  return left.sentAt - right.sentAt || left.id - right.id;
}

/** Newest first: by the last message's time, then by row. */
export function byNewest(left: ConversationRow, right: ConversationRow): number {
  return byPosition(listPosition(right), listPosition(left));
}

export function messagePosition(row: MessageRow): Position {
  return { sentAt: row.sentAt, id: row.id };
}

export function listPosition(row: ConversationRow): Position {
  return { sentAt: row.last.sentAt, id: row.id };
}

/** The rows with this one put, or put anew, in its place. */
export function upserted<Row extends { id: number }>(rows: readonly Row[], row: Row, order: Order<Row>): Row[] {
  const known = rows.findIndex((other) => other.id === row.id);
  const old = rows[known];
  if (old !== undefined && order(old, row) === 0) return rows.with(known, row);
  const others = old === undefined ? rows.slice() : rows.toSpliced(known, 1);
  // New rows nearly always belong at the end that is being looked at, so a plain walk from there is the cheapest search.
  let place = others.length;
  while (place > 0 && order(others[place - 1]!, row) > 0) place -= 1;
  others.splice(place, 0, row);
  return others;
}

/** Two runs of rows in one, each row once; where both have a row, the one from `newer` counts. */
export function merged<Row extends { id: number }>(
  older: readonly Row[],
  newer: readonly Row[],
  order: Order<Row>,
): Row[] {
  const byId = new Map(older.map((row) => [row.id, row]));
  for (const row of newer) byId.set(row.id, row);
  return [...byId.values()].sort(order);
}
