/**
 * The messages of one conversation as far as they have been read: a run without gaps, more at both ends on demand. It says
 * where the reader should be taken (`aim`); scrolling itself is the view's. It does not mark anything as read.
 */
import type { MessagePage } from '../host/generated/MessagePage';
import type { MessageRow } from '../host/generated/MessageRow';
import type { Part } from '../host/generated/Part';
import type { Host } from '../host/host';
import { byPosition, merged, messagePosition, upserted } from './order';

/** A place to take the reader to. A new object is a new wish, even for the same place. */
export type Aim =
  | { kind: 'end' }
  | { kind: 'unread'; message: number }
  | { kind: 'message'; message: number }
  /** Where the reader was before, which is nothing to point at. */
  | { kind: 'place'; message: number };

export class Thread {
  readonly conversation: number;
  rows = $state.raw<MessageRow[]>([]);
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  /** Where the unread line stands. It stays there while the conversation is open. */
  firstUnread = $state<number | null>(null);
  hasOlder = $state(false);
  hasNewer = $state(false);
  loadingOlder = $state(false);
  aim = $state.raw<Aim | null>(null);
  /** Rows were just put before the first: the view keeps its distance from the end. */
  grewAtStart = $state(false);
  /** The reader is at the newest message and stays there as messages come. */
  atEnd = $state(true);
  /** The first message in sight, or the one that the reader is taken to. */
  topmost = $state<number | null>(null);
  /** Incoming messages that came while the reader was elsewhere. */
  arrived = $state.raw<ReadonlySet<number>>(new Set());

  readonly #host: Host;
  #edition = 0;
  #reading = false;
  /** Rows told of while a page was being read, which may be older than they are. */
  #told: MessageRow[] = [];

  constructor(host: Host, conversation: number) {
    this.#host = host;
    this.conversation = conversation;
  }

  /** Reads it at the first unread message, or at the end. */
  async open(): Promise<void> {
    await this.#startAt({ kind: 'start' });
  }

  /** Reads it where the reader was, or as ever if that message is gone. */
  async openAt(message: number): Promise<void> {
    const starting = this.#startAt({ kind: 'around', message }, { kind: 'place', message });
    const edition = this.#edition;
    await starting;
    if (edition === this.#edition && !this.rows.some((row) => row.id === message)) await this.open();
  }

  /** Takes the reader to a message, reading around it if it is not here. */
  async goTo(message: number): Promise<void> {
    if (this.rows.some((row) => row.id === message)) this.#takeTo({ kind: 'message', message });
    else await this.#startAt({ kind: 'around', message });
  }

  async goToEnd(): Promise<void> {
    if (this.hasNewer) await this.#startAt({ kind: 'start' });
    else this.#takeTo({ kind: 'end' });
  }

  async loadOlder(): Promise<void> {
    const first = this.rows[0];
    if (!this.hasOlder || first === undefined) return;
    this.loadingOlder = true;
    await this.#extend({ kind: 'before', position: messagePosition(first) }, (page) => {
      this.hasOlder = page.hasOlder;
      this.grewAtStart = true;
    });
    this.loadingOlder = false;
  }

  async loadNewer(): Promise<void> {
    const last = this.rows.at(-1);
    if (!this.hasNewer || last === undefined) return;
    await this.#extend({ kind: 'after', position: messagePosition(last) }, (page) => {
      this.hasNewer = page.hasNewer;
    });
  }

  /** Reads the same run anew, and what has come at its end, without moving the reader. */
  async refresh(): Promise<void> {
    const first = this.rows[0];
    const last = this.rows.at(-1);
    if (first === undefined || last === undefined) return this.open();
    const edition = ++this.#edition;
    this.#reading = true;
    try {
      let rows: MessageRow[] = [];
      // Just before the first row, so that it is read again itself.
      let position = { sentAt: first.sentAt, id: first.id - 1 };
      let page: MessagePage;
      do {
        page = await this.#host.messages(this.conversation, { kind: 'after', position });
        if (edition !== this.#edition) return;
        rows = merged(rows, page.messages, byPosition);
        position = messagePosition(rows.at(-1) ?? last);
      } while (page.hasNewer && byPosition(position, last) < 0);
      this.rows = rows;
      this.hasNewer = page.hasNewer;
      this.#settle();
    } catch {
      if (edition === this.#edition) this.#fail();
    }
  }

  apply(row: MessageRow, attended: boolean): void {
    if (this.#reading) this.#told.push(row);
    if (this.phase !== 'ready') return;
    const isNew = !this.rows.some((other) => other.id === row.id);
    const last = this.rows.at(-1);
    const first = this.rows[0];
    if (isNew && this.hasOlder && first !== undefined && byPosition(row, first) < 0) return;
    const isLatest = last === undefined || byPosition(row, last) > 0;
    if (isNew && isLatest && row.direction === 'in') this.#arrive(row, attended);
    if (isNew && isLatest && this.hasNewer) return;
    this.rows = upserted(this.rows, row, byPosition);
  }

  remove(id: number): void {
    if (this.rows.some((row) => row.id === id)) this.rows = this.rows.filter((row) => row.id !== id);
  }

  /** The reader has reached, or left, the newest message. */
  reach(atEnd: boolean): void {
    this.atEnd = atEnd && !this.hasNewer;
    if (this.atEnd && this.arrived.size > 0) this.arrived = new Set();
  }

  /** The view goes. The next one takes the reader to where they are now. */
  rest(): void {
    if (this.atEnd) this.#takeTo({ kind: 'end' });
    else if (this.topmost !== null) this.#takeTo({ kind: 'place', message: this.topmost });
  }

  #arrive(row: MessageRow, attended: boolean): void {
    if (!this.atEnd || this.hasNewer) this.arrived = new Set([...this.arrived, row.id]);
    // The line shows where to go on reading after a look elsewhere.
    const lineIsOld = !this.rows.some((other) => other.id === this.firstUnread && other.unread);
    if (!attended && row.unread && lineIsOld) this.firstUnread = row.id;
  }

  #takeTo(aim: Aim): void {
    this.aim = aim;
    this.topmost = aim.kind === 'end' ? null : aim.message;
    this.reach(aim.kind === 'end');
  }

  /** Takes the reader to `aim`, else to where that part is read for. */
  async #startAt(part: Part, aim?: Aim): Promise<void> {
    const edition = ++this.#edition;
    this.#reading = true;
    this.#told = [];
    if (this.rows.length === 0) this.phase = 'loading';
    try {
      const page = await this.#host.messages(this.conversation, part);
      if (edition !== this.#edition) return;
      this.rows = page.messages;
      this.hasOlder = page.hasOlder;
      this.hasNewer = page.hasNewer;
      this.firstUnread = page.firstUnread ?? this.firstUnread;
      this.phase = 'ready';
      this.#takeTo(aim ?? aimFor(part, page));
      this.#settle();
    } catch {
      if (edition === this.#edition) this.#fail();
    }
  }

  async #extend(part: Part, accept: (page: MessagePage) => void): Promise<void> {
    if (this.#reading || this.phase !== 'ready') return;
    const edition = this.#edition;
    this.#reading = true;
    try {
      const page = await this.#host.messages(this.conversation, part);
      if (edition !== this.#edition) return;
      accept(page);
      this.rows = merged(this.rows, page.messages, byPosition);
      this.#settle();
    } catch {
      if (edition === this.#edition) this.#fail();
    }
  }

  #settle(): void {
    this.#reading = false;
    // They were counted when they came; this only puts right what the page may have read too early.
    for (const row of this.#told.splice(0)) this.apply(row, true);
  }

  #fail(): void {
    this.#reading = false;
    this.phase = 'failed';
  }
}

function aimFor(part: Part, page: MessagePage): Aim {
  if (part.kind === 'around') return { kind: 'message', message: part.message };
  const unread = page.messages.find((row) => row.id === page.firstUnread);
  return unread === undefined ? { kind: 'end' } : { kind: 'unread', message: unread.id };
}
