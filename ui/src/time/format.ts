/**
 * Dates and times in words. The locale, the time zone's clock and the present moment are passed in, so that these can be
 * tested; all times are milliseconds since 1970 UTC.
 */
const DAY = 24 * 60 * 60 * 1000;
const WEEK_DAYS = 6;

/**
 * The locale for dates: the reader's own variety of the catalogue's language, so that days and words do not mix languages.
 * English without a told variety counts the hours to 24.
 */
export function dateLocale(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.split('-')[0] === language) ?? (language === 'en' ? 'en-GB' : language);
}

/** Midnight at the start of the local day. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole local days from `at` to `now`; the rounding takes up days of 23 and 25 hours. */
function daysAgo(at: number, now: number): number {
  return Math.round((dayOf(now) - dayOf(at)) / DAY);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, at: number, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat(locale, options);
    formats.set(key, known);
  }
  return known.format(at);
}

export interface DayWords {
  today: string;
  yesterday: string;
}

export function clockTime(at: number, locale: string): string {
  return format(locale, at, { hour: '2-digit', minute: '2-digit' });
}

/** As short as the list needs: the time today, then the day. */
export function listTime(at: number, now: number, locale: string, words: Pick<DayWords, 'yesterday'>): string {
  const days = daysAgo(at, now);
  if (days === 0) return clockTime(at, locale);
  if (days === 1) return words.yesterday;
  if (days > 1 && days <= WEEK_DAYS) return format(locale, at, { weekday: 'short' });
  return format(locale, at, { day: '2-digit', month: '2-digit', year: '2-digit' });
}

/** What a day separator says. */
export function dayName(at: number, now: number, locale: string, words: DayWords): string {
  const days = daysAgo(at, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  if (days > 1 && days <= WEEK_DAYS) return format(locale, at, { weekday: 'long' });
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(locale, at, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** A moment as people name it: the time today, else the day with it. */
export function pointInTime(at: number, now: number, locale: string, words: Pick<DayWords, 'yesterday'>): string {
  const days = daysAgo(at, now);
  const time = clockTime(at, locale);
  if (days === 0) return time;
  if (days === 1) return `${words.yesterday} ${time}`;
  if (days > 1 && days <= WEEK_DAYS) return `${format(locale, at, { weekday: 'short' })} ${time}`;
  return dayAndTime(at, locale);
}

/** A moment to come as people name it: the time today, else the day with it. */
export function momentAhead(at: number, now: number, locale: string, words: { tomorrow: string }): string {
  const days = daysAgo(now, at);
  const time = clockTime(at, locale);
  if (days === 0) return time;
  if (days === 1) return `${words.tomorrow} ${time}`;
  if (days > 1 && days <= WEEK_DAYS) return `${format(locale, at, { weekday: 'long' })} ${time}`;
  return dayAndTime(at, locale);
}

/** From one moment to another: each with its day, unless both are on this one or on the same. */
export function timeSpan(from: number, to: number, now: number, locale: string, words: DayWords): string {
  const start = pointInTime(from, now, locale, words);
  if (dayOf(from) === dayOf(to)) return `${start}–${clockTime(to, locale)}`;
  const end = pointInTime(to, now, locale, words);
  return `${start} – ${daysAgo(to, now) === 0 ? `${words.today} ${end}` : end}`;
}

/** A day, as exact as people say it. */
export function dayAlone(at: number, now: number, locale: string): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(locale, at, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** A day and a time on it, as exact as people say it. */
export function dayAndTime(at: number, locale: string): string {
  return format(locale, at, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Nothing left out, to the second. */
export function fullTime(at: number, locale: string): string {
  return format(locale, at, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The machine's form, for `<time datetime>`; empty where the number is no date. */
export function machineTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
