/** One thing that the user asks the host to do: whether it is being done, and in the host's words why it was not. */
import { hostError } from '../host/host';

export class Attempt {
  busy = $state(false);
  error = $state<string | null>(null);

  /** Says whether it was done. While it is being done, asking again does nothing. */
  async run(task: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await task();
      return true;
    } catch (cause) {
      this.error = hostError(cause).message;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
