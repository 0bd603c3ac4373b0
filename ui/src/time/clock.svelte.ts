/**
 * The present moment for everything that is shown relative to it, and the locale it is shown in. It moves every quarter of a
 * minute: often enough for minutes, rarely enough to cost nothing.
 */
import { strings } from '../strings/en';
import { dateLocale } from './format';

const STEP = 15_000;

class Clock {
  now = $state(Date.now());
  readonly locale = dateLocale(strings.language, navigator.languages);

  /** Starts moving; returns what stops it. */
  start(): () => void {
    const timer = setInterval(() => this.#read(), STEP);
    // Timers sleep with the computer; the moment it is looked at again must be right at once.
    const read = () => this.#read();
    document.addEventListener('visibilitychange', read);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', read);
    };
  }

  #read(): void {
    this.now = Date.now();
  }
}

export const clock = new Clock();
