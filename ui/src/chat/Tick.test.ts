import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';

import type { Tick as Step } from '../host/generated/Tick';
import Tick from './Tick.svelte';

test.each<[Step, string]>([
  ['sent', 'Sent'],
  ['failed', 'Failed'],
  ['delivered', 'Delivered'],
  ['read', 'Read'],
  ['played', 'Played'],
])('the tick %s is an icon with the word %s', (tick, word) => {
  const target = document.createElement('div');
  const shown = mount(Tick, { target, props: { tick } });
  flushSync();
  const image = target.querySelector('[role=img]');
  expect(image?.getAttribute('aria-label')).toBe(word);
  expect(image?.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  void unmount(shown);
});
