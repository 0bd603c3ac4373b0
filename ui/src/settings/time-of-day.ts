/** A time of the day as it is typed where the system has no field for times: `7:00` is `07:00`. */
const TYPED = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const DIGITS = 'HH:MM'.length;

/** The one way in which it is written; nothing where no clock shows it. */
export function timeOfDay(typed: string): string | null {
  const trimmed = typed.trim();
  return TYPED.test(trimmed) ? trimmed.padStart(DIGITS, '0') : null;
}
