/**
 * Where the user was: remembered on this computer, because the page goes with the window and is made anew with the next one.
 * What was remembered may be broken, or of a version before; then it is nothing.
 */
export const PAGES = ['inbox', 'connect', 'log', 'settings'] as const;
export type Page = (typeof PAGES)[number];

export interface Place {
  page: Page;
  /** The open conversation. */
  conversation: number | null;
  /** The first message in sight, where that is not the end. */
  message: number | null;
}

const KEY = 'bluetick.place';
const START: Place = { page: 'inbox', conversation: null, message: null };

export function keepPlace(place: Place): void {
  localStorage.setItem(KEY, JSON.stringify(place));
}

export function keptPlace(): Place {
  let kept: unknown;
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    return START;
  }
  if (typeof kept !== 'object' || kept === null) return START;
  const { page, conversation, message }: Partial<Record<keyof Place, unknown>> = kept;
  return {
    page: PAGES.find((known) => known === page) ?? START.page,
    conversation: keyIn(conversation),
    message: keyIn(message),
  };
}

function keyIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
