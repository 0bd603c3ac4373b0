/**
 * The public URL as the window knows it. The host tells how it is; this hands on what the user wants and keeps what they have put
 * away. What it says in words is `status.ts`'s.
 */
import type { OutageRow } from '../host/generated/OutageRow';
import type { PublicUrlRow } from '../host/generated/PublicUrlRow';
import { type Host, hostError } from '../host/host';
import type { Cure, SettingsPlace } from '../strings/troubles.en';
import { changed } from './setup';
import { quotaState } from './status';

const QUOTA_SEEN = 'bluetick.quota-seen';

export class PublicUrl {
  row = $state.raw<PublicUrlRow>({ way: 'off', url: null, status: { kind: 'off' }, former: null, quota: null });
  /** The last time in which providers could not come through, until the user knows. */
  backAgain = $state.raw<OutageRow | null>(null);
  /** Why the last thing that was asked for did not happen. */
  problem = $state<string | null>(null);
  /** Something that was asked for is going on. */
  busy = $state(false);
  /** The warning that the user has put away. */
  #quotaSeen = $state(localStorage.getItem(QUOTA_SEEN));

  readonly #host: Host;
  readonly #openSettings: (place: SettingsPlace) => void;

  constructor(host: Host, openSettings: (place: SettingsPlace) => void) {
    this.#host = host;
    this.#openSettings = openSettings;
  }

  /** What is warned of: once for this month's nearly used up requests, and once when they are. */
  get quotaWarning(): 'near' | 'over' | null {
    const { quota } = this.row;
    const state = quota === null ? 'fine' : quotaState(quota);
    return state === 'fine' || this.#quotaSeen === this.#quotaKey(state) ? null : state;
  }

  dismissQuota(): void {
    const { quota } = this.row;
    if (quota === null) return;
    this.#quotaSeen = this.#quotaKey(quotaState(quota));
    localStorage.setItem(QUOTA_SEEN, this.#quotaSeen);
  }

  async cure(cure: Cure): Promise<void> {
    switch (cure.does) {
      case 'settings':
        this.#openSettings(cure.at);
        break;
      case 'retry':
        await this.retry();
        break;
      case 'systemCertificates':
        await this.#ask(() => this.#host.setPublicUrl(changed({ systemCertificates: true })));
        break;
      case 'open':
        await this.#ask(() => this.#host.openLink(cure.url));
        break;
    }
  }

  /** Checks or tries now. */
  async retry(): Promise<void> {
    await this.#ask(() => this.#host.retryPublicUrl());
  }

  /** The provider knows the new URL. */
  async settle(): Promise<void> {
    await this.#ask(() => this.#host.settlePublicUrl());
  }

  async dismissBackAgain(): Promise<void> {
    await this.#ask(() => this.#host.dismissBackAgain());
  }

  /** The system says that the network came or went. */
  networkChanged(): void {
    // It is a hint: without it the engine finds out by itself, only later.
    void this.#host.networkChanged().catch(() => undefined);
  }

  async #ask(wish: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await wish();
    } catch (cause) {
      this.problem = hostError(cause).message;
    } finally {
      this.busy = false;
    }
  }

  #quotaKey(state: string): string {
    return `${this.row.quota?.resetsAt ?? 0} ${state}`;
  }
}
