/** The 24 hours after a customer's message in which WhatsApp lets a business answer in free form. */
const LENGTH = 24 * 60 * 60 * 1000;

export type ReplyWindow = { kind: 'open'; until: number } | { kind: 'closed' } | { kind: 'never' };

export function replyWindow(lastIncomingAt: number | null, now: number): ReplyWindow {
  if (lastIncomingAt === null) return { kind: 'never' };
  const until = lastIncomingAt + LENGTH;
  return now < until ? { kind: 'open', until } : { kind: 'closed' };
}
