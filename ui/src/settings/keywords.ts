/** The words that break through the quiet hours, as the user adds them. */
export const MOST_WORDS = 50;
export const LONGEST_WORD = 60;

export type Added =
  | { kind: 'added'; words: string[] }
  | { kind: 'nothing' }
  | { kind: 'known'; word: string }
  | { kind: 'tooLong' }
  | { kind: 'tooMany' };

/** The words with those that were typed, several with commas between them; all of them or none. */
export function withTyped(words: readonly string[], typed: string): Added {
  const next = [...words];
  for (const word of typed.split(',').map((part) => part.trim())) {
    if (word === '') continue;
    if ([...word].length > LONGEST_WORD) return { kind: 'tooLong' };
    if (next.some((known) => isSame(known, word))) return { kind: 'known', word };
    next.push(word);
  }
  if (next.length > MOST_WORDS) return { kind: 'tooMany' };
  return next.length === words.length ? { kind: 'nothing' } : { kind: 'added', words: next };
}

/** Capitals make no other word. */
function isSame(one: string, other: string): boolean {
  return one.toLocaleLowerCase() === other.toLocaleLowerCase();
}
