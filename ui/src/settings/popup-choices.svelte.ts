/**
 * What the user decides about popups. A wish is shown at once and saved right away, one after the other; one that the host refuses
 * is put back, with the reason kept for the control that it was made with.
 */
import type { PopupSettings } from '../host/generated/PopupSettings';
import { type Host, hostError } from '../host/host';

type Choice = keyof PopupSettings;

export class PopupChoices {
  /** As the user wants it; absent until it has been read. */
  shown = $state.raw<PopupSettings | null>(null);
  isReadFailed = $state(false);
  errors = $state.raw<Partial<Record<Choice, string>>>({});

  readonly #host: Pick<Host, 'popupSettings' | 'setPopupSettings'>;
  /** As the host has it. */
  #saved: PopupSettings | null = null;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(host: Pick<Host, 'popupSettings' | 'setPopupSettings'>) {
    this.#host = host;
  }

  async read(): Promise<void> {
    this.isReadFailed = false;
    try {
      const read = await this.#host.popupSettings();
      // Hours that there are not may be left out.
      this.#saved = { ...read, quiet: read.quiet ?? null };
      this.shown = this.#saved;
    } catch {
      this.isReadFailed = true;
    }
  }

  /** Says whether the host has taken it. */
  decide<Name extends Choice>(choice: Name, value: PopupSettings[Name]): Promise<boolean> {
    if (this.shown === null) return Promise.resolve(false);
    const wanted = { ...this.shown, [choice]: value };
    this.shown = wanted;
    this.errors = { ...this.errors, [choice]: undefined };
    const saved = this.#saving.then(() => this.#save(choice, wanted));
    this.#saving = saved;
    return saved;
  }

  async #save(choice: Choice, wanted: PopupSettings): Promise<boolean> {
    if (this.#saved === null) return false;
    // Of the others, what the host has: one of them may have been refused meanwhile.
    const next = { ...this.#saved, [choice]: wanted[choice] };
    try {
      await this.#host.setPopupSettings(next);
      this.#saved = next;
      return true;
    } catch (cause) {
      this.errors = { ...this.errors, [choice]: hostError(cause).message };
      // A newer wish stays; it is about to be saved.
      if (this.shown?.[choice] === wanted[choice]) this.shown = { ...this.shown, [choice]: this.#saved[choice] };
      return false;
    }
  }
}
