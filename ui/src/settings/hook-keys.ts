/**
 * Which address is which while they change. An address keeps its key when it is renamed and when its secret is replaced, so that
 * what is open on its card stays open there. Both at once cannot happen: each is a call of its own.
 */
import type { HookRow } from '../host/generated/HookRow';

export interface KeyedHook {
  key: number;
  hook: HookRow;
}

export class HookKeys {
  #known: readonly KeyedHook[] = [];
  #next = 0;

  /** The same addresses under the keys that they had before. */
  of(hooks: readonly HookRow[]): readonly KeyedHook[] {
    const free = new Set(this.#known);
    const take = (is: (known: HookRow) => boolean): number | null => {
      const found = [...free].find(({ hook }) => is(hook));
      if (found === undefined) return null;
      free.delete(found);
      return found.key;
    };
    this.#known = hooks.map((hook) => ({
      key:
        take(({ label }) => label === hook.label) ?? take(({ localUrl }) => localUrl === hook.localUrl) ?? this.#next++,
      hook,
    }));
    return this.#known;
  }
}
