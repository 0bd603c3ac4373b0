/** Addresses that strangers wrote: which of them may become links. Everything else stays text. */

/** The address in its plain form, where it is an `https:` one that shows where it leads; else nothing. */
export function safeUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  // A name before the host makes one address look like another.
  const isPlain = url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '';
  return isPlain ? url.href : null;
}

/** A page with a map of this place; nothing where there is no such place on earth. */
export function mapUrl(latitude: number | null, longitude: number | null): string | null {
  if (latitude === null || longitude === null) return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  return `https://www.google.com/maps?q=${latitude},${longitude}`;
}
