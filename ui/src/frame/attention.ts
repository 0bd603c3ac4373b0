/** Whether the user is looking at the window: it is visible and has the focus. */
export function hasAttention(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
