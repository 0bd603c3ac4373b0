/**
 * The conversation list as far as it has been read: a filter, its rows newest first, and more on demand. It knows nothing of
 * searching, and nothing of the messages inside a conversation.
 */
import { byNewest, listPosition, merged, upserted } from '../chat/order';
import type { ConversationRow } from '../host/generated/ConversationRow';
import type { Filter } from '../host/generated/Filter';
import type { Host } from '../host/host';

export class Inbox {
  rows = $state.raw<ConversationRow[]>([]);
  filter = $state<Filter>('all');
  /** Only this business number's conversations. */
  channel = $state<number | null>(null);
  phase = $state<'loading' | 'ready' | 'failed'>('loading');

  readonly #host: Host;
  #hasMore = true;
  /** The conversation that is open stays in the list although reading it took it out of the filter. */
  #kept: number | null = null;
  /** Raised when the list starts anew, so that answers for the list before are dropped. */
  #edition = 0;
  #reading = false;
  /** Rows told of while a page was being read, which may be older than they are. */
  #told: ConversationRow[] = [];

  constructor(host: Host) {
    this.#host = host;
  }

  async show(filter: Filter, channel: number | null): Promise<void> {
    this.filter = filter;
    this.channel = channel;
    this.rows = [];
    this.phase = 'loading';
    await this.#start(0);
  }

  /** Takes the first page of the unfiltered list as it came with the snapshot, and reads as far as had been read before. */
  async refresh(firstPage: ConversationRow[]): Promise<void> {
    const length = this.rows.length;
    if (this.filter === 'all' && this.channel === null && length <= firstPage.length) {
      this.#edition += 1;
      this.#hasMore = firstPage.length > 0;
      this.rows = firstPage;
      this.phase = 'ready';
    } else {
      await this.#start(length);
    }
  }

  async loadMore(): Promise<void> {
    if (this.#reading || !this.#hasMore || this.phase !== 'ready') return;
    const edition = this.#edition;
    try {
      const page = await this.#page(this.rows);
      if (edition !== this.#edition) return;
      this.rows = merged(this.rows, page, byNewest);
      this.#retell();
    } catch {
      if (edition === this.#edition) this.phase = 'failed';
    }
  }

  /** Tries again after a failure, keeping what had been read. */
  async retry(): Promise<void> {
    this.phase = 'loading';
    await this.#start(this.rows.length);
  }

  upsert(row: ConversationRow): void {
    if (this.#reading) this.#told.push(row);
    this.#place(row);
  }

  remove(id: number): void {
    this.rows = this.rows.filter((row) => row.id !== id);
  }

  /** Names the open conversation; the one before leaves the list if it no longer belongs there. */
  keep(id: number | null): void {
    this.#kept = id;
    if (!this.rows.every((row) => this.#belongs(row))) this.rows = this.rows.filter((row) => this.#belongs(row));
  }

  async #start(length: number): Promise<void> {
    const edition = ++this.#edition;
    this.#hasMore = true;
    this.#told = [];
    let rows: ConversationRow[] = [];
    try {
      do {
        const page = await this.#page(rows);
        if (edition !== this.#edition) return;
        rows = merged(rows, page, byNewest);
      } while (this.#hasMore && rows.length < length);
      this.rows = rows;
      this.phase = 'ready';
      this.#retell();
    } catch {
      if (edition === this.#edition) this.phase = 'failed';
    }
  }

  async #page(rows: readonly ConversationRow[]): Promise<ConversationRow[]> {
    const last = rows.at(-1);
    const edition = this.#edition;
    this.#reading = true;
    try {
      const page = await this.#host.conversations({
        filter: this.filter,
        channel: this.channel,
        after: last === undefined ? null : listPosition(last),
      });
      // Only an empty page is the end: the host may cut pages as short as it likes.
      if (edition === this.#edition) this.#hasMore = page.length > 0;
      return page;
    } finally {
      if (edition === this.#edition) this.#reading = false;
    }
  }

  #retell(): void {
    for (const row of this.#told.splice(0)) this.#place(row);
  }

  #place(row: ConversationRow): void {
    const last = this.rows.at(-1);
    const notReadYet = this.#hasMore && last !== undefined && byNewest(last, row) < 0;
    if (notReadYet || !this.#belongs(row)) this.remove(row.id);
    else this.rows = upserted(this.rows, row, byNewest);
  }

  #belongs(row: ConversationRow): boolean {
    if (this.channel !== null && row.channel !== this.channel) return false;
    if (row.id === this.#kept) return true;
    switch (this.filter) {
      case 'all':
        return true;
      case 'unread':
        return row.unread > 0;
      case 'failed':
        return row.failed > 0;
    }
  }
}
