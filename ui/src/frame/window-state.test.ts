import { expect, test } from 'vitest';

import type { ViewEvent } from '../host/generated/ViewEvent';
import type { Host } from '../host/host';
import { WindowState } from './window-state.svelte';

test('closing is asked about also while nothing has been read yet', () => {
  let tell: ((event: ViewEvent) => void) | undefined;
  const host = {
    subscribe: (onEvent: (event: ViewEvent) => void) => {
      tell = onEvent;
      return new Promise<never>(() => {});
    },
  } as Partial<Host> as Host;
  const view = new WindowState(host, () => true);
  void view.start();
  tell?.({ kind: 'closing' });
  expect(view.phase.kind).toBe('loading');
  expect(view.isClosing).toBe(true);
});
