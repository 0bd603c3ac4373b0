/** Muted conversations and paused popups: whether that still holds at a moment, and until when in words. */
import { strings } from '../strings/en';
import { momentAhead } from '../time/format';

/** Until when it is quiet where it is quiet for good: the last second of the year 9999, as `FOR_GOOD` in Rust. */
export const FOR_GOOD = 253_402_300_799_000;

/** Until when it is quiet, if it still is. */
export function quietAt(until: number | null, now: number): number | null {
  return until !== null && until > now ? until : null;
}

/** That moment in words; nothing where there is no end. */
export function untilWords(until: number, now: number, locale: string): string | null {
  return until >= FOR_GOOD ? null : momentAhead(until, now, locale, strings.popups.days);
}
