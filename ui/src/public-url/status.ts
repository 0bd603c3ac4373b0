/**
 * What the state of the public URL says to whoever looks at it. Pure; the moment and the locale are passed in. The words are the
 * catalogue's, which sentence is said when is decided here.
 */
import type { HookRow } from '../host/generated/HookRow';
import type { OutageRow } from '../host/generated/OutageRow';
import type { PublicUrlRow } from '../host/generated/PublicUrlRow';
import type { Quota } from '../host/generated/Quota';
import type { Trouble } from '../host/generated/Trouble';
import { strings } from '../strings/en';
import { type Cure, troubles, troubleSentence } from '../strings/troubles.en';
import { pointInTime, timeSpan } from '../time/format';

export type Tone = 'calm' | 'busy' | 'good' | 'waiting' | 'alarm';

export interface StatusWords {
  tone: Tone;
  title: string;
  /** What is in the way, where the title does not hold it. */
  why: string | null;
  /** What was told word for word. */
  trouble: Trouble | null;
  cure: Cure | null;
  /** For those who hear it: the same without times, so that only a change is announced. */
  spoken: string;
}

/** Meta's; nobody is known to try for longer. */
const TRIES_FOR = 7 * 24 * 60 * 60 * 1000;
/** From this part of the plan on, a warning is due. */
const NEAR = 0.8;

export function statusWords(row: PublicUrlRow, now: number, locale: string, local: string): StatusWords {
  const words = strings.publicUrl;
  const { status } = row;
  const point = (at: number) => pointInTime(at, now, locale, words.days);
  const fine = { why: null, trouble: null, cure: null };
  switch (status.kind) {
    case 'off':
      return { ...fine, tone: 'calm', title: words.none, spoken: words.spoken.off };
    case 'connecting':
      return { ...fine, tone: 'busy', title: words.connecting, spoken: words.spoken.connecting };
    case 'online':
      return { ...fine, tone: 'good', title: words.reachable(point(status.checkedAt)), spoken: words.spoken.online };
    case 'reconnecting': {
      const { since, trouble } = status;
      const why = troubleSentence(trouble, local);
      const title = now - since > TRIES_FOR ? words.notReachableLong : words.notReachable;
      const { cure } = troubles[trouble.kind];
      return {
        tone: 'waiting',
        title: title(point(since)),
        why,
        trouble,
        cure,
        spoken: words.spoken.reconnecting(why),
      };
    }
    case 'needsYou': {
      const { trouble } = status;
      const why = troubleSentence(trouble, local);
      const { cure } = troubles[trouble.kind];
      return { tone: 'alarm', title: words.needsYou, why, trouble, cure, spoken: words.spoken.needsYou(why) };
    }
  }
}

/** What the last outage was, once it is over. */
export function backAgainWords(outage: OutageRow, now: number, locale: string): string {
  const words = strings.publicUrl;
  return words.backAgain(timeSpan(outage.beganAt, outage.endedAt ?? now, now, locale, words.days), outage.late);
}

/** Whether the plan's requests are nearly, or all, used up. */
export function quotaState({ used, of }: Quota): 'fine' | 'near' | 'over' {
  if (of <= 0) return 'fine';
  return used >= of ? 'over' : used >= of * NEAR ? 'near' : 'fine';
}

/** The server's name in a URL; the text itself where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Where a public URL has to end, such as `127.0.0.1:4280`. */
export function localPlace(hooks: readonly HookRow[]): string {
  const first = hooks[0];
  return first === undefined ? '127.0.0.1' : hostOf(first.localUrl);
}
