import { expect, test } from 'vitest';

import { hook } from '../host/fixture/outside-sets';
import { HookKeys } from './hook-keys';

const keysOf = (keys: HookKeys, ...rows: [label: string, secret: string][]) =>
  keys.of(rows.map(([label, secret]) => hook(label, secret, null))).map(({ key }) => key);

test('an address keeps its key while it is renamed, given a new secret, or another one goes or comes', () => {
  const keys = new HookKeys();
  expect(keysOf(keys, ['a', '1'], ['b', '2'], ['c', '3'])).toEqual([0, 1, 2]);
  expect(keysOf(keys, ['a', '1'], ['bee', '2'], ['c', '3']), 'renamed').toEqual([0, 1, 2]);
  expect(keysOf(keys, ['a', '1'], ['bee', '9'], ['c', '3']), 'a new secret').toEqual([0, 1, 2]);
  expect(keysOf(keys, ['bee', '9'], ['c', '3']), 'removed').toEqual([1, 2]);
  expect(keysOf(keys, ['bee', '9'], ['c', '3'], ['a', '4']), 'added under a name that was there').toEqual([1, 2, 3]);
});

test('a name that moves on to another address does not take the key along', () => {
  const keys = new HookKeys();
  expect(keysOf(keys, ['a', '1'], ['b', '2'])).toEqual([0, 1]);
  expect(keysOf(keys, ['b', '2']), 'the first is gone').toEqual([1]);
  expect(keysOf(keys, ['a', '2'])).toEqual([1]);
});
