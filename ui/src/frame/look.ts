/**
 * Tells the host which conversation the user has before their eyes, so that no popup is shown for it: only when that changes, and
 * one after the other, so that the last word is the host's last word.
 */
import type { Host } from '../host/host';

export class Look {
  readonly #host: Pick<Host, 'lookAt'>;
  #wanted: number | null = null;
  /** What the host knows; nothing before the first time and after a failure. */
  #told: number | null | undefined = undefined;
  #telling = false;

  constructor(host: Pick<Host, 'lookAt'>) {
    this.#host = host;
  }

  async at(conversation: number | null): Promise<void> {
    this.#wanted = conversation;
    if (this.#telling) return;
    this.#telling = true;
    try {
      while (this.#told !== this.#wanted) {
        const wanted = this.#wanted;
        await this.#host.lookAt(wanted);
        this.#told = wanted;
      }
    } catch {
      // At worst there is a popup too many, or it is said again at the next change.
      this.#told = undefined;
    } finally {
      this.#telling = false;
    }
  }
}
