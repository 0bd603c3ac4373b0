/** A search as it is typed: waits for a pause, and drops the answers of words that have been typed over. */
import type { SearchResults } from '../host/generated/SearchResults';
import type { Host } from '../host/host';

const PAUSE = 180;

export class Search {
  text = $state('');
  results = $state.raw<SearchResults | null>(null);
  failed = $state(false);

  readonly #host: Host;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #edition = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** There are words to look for. */
  get active(): boolean {
    return this.text.trim() !== '';
  }

  type(text: string): void {
    this.text = text;
    this.#edition += 1;
    clearTimeout(this.#timer);
    if (this.active) this.#timer = setTimeout(() => void this.run(), PAUSE);
    else this.results = null;
  }

  clear(): void {
    this.type('');
  }

  /** Reads the results now. */
  async run(): Promise<void> {
    const edition = ++this.#edition;
    try {
      const results = await this.#host.search(this.text.trim());
      if (edition !== this.#edition) return;
      this.results = results;
      this.failed = false;
    } catch {
      if (edition === this.#edition) this.failed = true;
    }
  }
}
