/**
 * Foreign text on one line of the window's own: names, previews, excerpts. Message bodies are not touched by this, they are
 * shown as they came inside their own isolated block.
 */

/** Marks that reorder the text around them, and control characters. */
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

export function plainLine(text: string): string {
  return text.replace(STEERING, ' ').replace(/\s+/gu, ' ').trim();
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const MAX_INITIALS = 2;

/** The first letters of the first and the last word; nothing where the title is a number or has no letters. */
export function initials(title: string): string {
  const words = plainLine(title)
    .split(' ')
    .filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > MAX_INITIALS ? [words[0]!, words.at(-1)!] : words;
  return ends.map((word) => [...letters.segment(word)][0]?.segment.toLocaleUpperCase() ?? '').join('');
}
