/** How wide the conversation list is, in CSS pixels; remembered on this computer. */
export const LIST_WIDTH = { least: 260, usual: 340, most: 520 };
const KEY = 'bluetick.list-width';

class ListWidth {
  value = $state(LIST_WIDTH.usual);

  constructor() {
    const kept = Number(localStorage.getItem(KEY));
    if (kept > 0) this.value = clamped(kept);
  }

  set(width: number): void {
    this.value = clamped(width);
    localStorage.setItem(KEY, String(this.value));
  }
}

function clamped(width: number): number {
  return Math.round(Math.min(LIST_WIDTH.most, Math.max(LIST_WIDTH.least, width)));
}

export const listWidth = new ListWidth();
