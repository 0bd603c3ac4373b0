/**
 * The event log as far as it has been read: deliveries newest first, more on demand, and what has come since put before them.
 * It reads only while it is looked at; what is expanded and where the reader stands is the view's.
 */
import type { DeliveryRow } from '../host/generated/DeliveryRow';
import type { Outcome } from '../host/generated/Outcome';
import type { Host } from '../host/host';

export class EventLog {
  rows = $state.raw<DeliveryRow[]>([]);
  /** Only those that became this. */
  outcome = $state<Outcome | null>(null);
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  /** Rows were just put before the first: the view keeps its distance from the end. */
  grewAtStart = $state(false);

  readonly #host: Pick<Host, 'eventLog'>;
  #hasMore = true;
  /** Raised when the log starts anew, so that answers for the one before are dropped. */
  #edition = 0;
  #readingMore = false;
  /** Whether the newest are being read, and whether more has come meanwhile. */
  #refreshing: 'no' | 'yes' | 'again' = 'no';

  constructor(host: Pick<Host, 'eventLog'>) {
    this.#host = host;
  }

  /** Reads it from the newest on. */
  async show(outcome: Outcome | null): Promise<void> {
    const edition = ++this.#edition;
    this.outcome = outcome;
    this.rows = [];
    this.phase = 'loading';
    this.#hasMore = true;
    try {
      const page = await this.#host.eventLog({ outcome, before: null });
      if (edition !== this.#edition) return;
      this.rows = page;
      this.#hasMore = page.length > 0;
      this.phase = 'ready';
    } catch {
      if (edition === this.#edition) this.phase = 'failed';
    }
  }

  async loadMore(): Promise<void> {
    const last = this.rows.at(-1);
    if (this.#readingMore || !this.#hasMore || last === undefined) return;
    const edition = this.#edition;
    this.#readingMore = true;
    try {
      const page = await this.#host.eventLog({ outcome: this.outcome, before: last.id });
      if (edition !== this.#edition || this.rows.at(-1)?.id !== last.id) return;
      // Only an empty page is the end: the host may cut pages as short as it likes.
      this.#hasMore = page.length > 0;
      this.rows = [...this.rows, ...page];
    } catch {
      if (edition === this.#edition) this.phase = 'failed';
    } finally {
      this.#readingMore = false;
    }
  }

  /** Something has come: reads the newest again, once for everything that comes meanwhile. */
  async refresh(): Promise<void> {
    if (this.phase !== 'ready') return;
    if (this.#refreshing !== 'no') {
      this.#refreshing = 'again';
      return;
    }
    this.#refreshing = 'yes';
    const edition = this.#edition;
    try {
      const page = await this.#host.eventLog({ outcome: this.outcome, before: null });
      if (edition === this.#edition) this.#putBefore(page);
    } catch {
      // What is shown stays right; the next delivery tries again.
    }
    const again = (this.#refreshing as 'no' | 'yes' | 'again') === 'again';
    this.#refreshing = 'no';
    if (again) await this.refresh();
  }

  #putBefore(page: DeliveryRow[]): void {
    const oldest = page.at(-1);
    const first = this.rows[0];
    // Nothing of the page is known: between it and what has been read there may be others.
    const hasGap = oldest !== undefined && first !== undefined && oldest.id > first.id;
    const rest = oldest === undefined || hasGap ? [] : this.rows.filter((row) => row.id < oldest.id);
    this.grewAtStart = first !== undefined && page[0]?.id !== first.id;
    this.rows = [...page, ...rest];
    if (hasGap || first === undefined) this.#hasMore = page.length > 0;
  }
}
