/**
 * What the user should know about their account, and reading everything again. The host tells how things are; this puts away
 * what the user has seen and hands on what they want.
 */
import type { NoticeRow } from '../host/generated/NoticeRow';
import type { RereadState } from '../host/generated/RereadState';
import { type Host, hostError } from '../host/host';

export class Account {
  /** Newest first. */
  notices = $state.raw<NoticeRow[]>([]);
  reread = $state.raw<RereadState>({ kind: 'idle' });
  /** The user has seen how reading again ended, or wants it later. */
  isRereadSeen = $state(false);

  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  tellReread(state: RereadState): void {
    if (state.kind !== this.reread.kind) this.isRereadSeen = false;
    this.reread = state;
  }

  async dismiss(notice: number): Promise<void> {
    const before = this.notices;
    this.notices = before.filter(({ id }) => id !== notice);
    try {
      await this.#host.dismissNotice(notice);
    } catch {
      // It is not forgotten, so it stays.
      this.notices = before;
    }
  }

  async startReread(): Promise<void> {
    this.isRereadSeen = false;
    try {
      await this.#host.startReread();
    } catch (cause) {
      this.reread = { kind: 'failed', reason: hostError(cause).message };
    }
  }

  async stopReread(): Promise<void> {
    // Where it cannot be stopped it goes on, which is seen.
    await this.#host.stopReread().catch(() => undefined);
  }
}
