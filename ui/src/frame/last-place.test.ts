import { beforeEach, expect, test } from 'vitest';

import { keepPlace, keptPlace } from './last-place';

const START = { page: 'inbox', conversation: null, message: null };

beforeEach(() => localStorage.clear());

test('a place comes back as it was kept', () => {
  expect(keptPlace()).toEqual(START);
  keepPlace({ page: 'settings', conversation: 3, message: 3017 });
  expect(keptPlace()).toEqual({ page: 'settings', conversation: 3, message: 3017 });
});

test.each([
  ['', START],
  ['{"page":"log"', START],
  ['7', START],
  ['null', START],
  ['[]', START],
  ['{"page":"moon","conversation":"3","message":1.5}', START],
  ['{"page":"log","conversation":3}', { page: 'log', conversation: 3, message: null }],
  ['{"page":"log","conversation":1e99,"message":9}', { page: 'log', conversation: null, message: 9 }],
])('of “%s” what is whole comes back', (kept, expected) => {
  localStorage.setItem('bluetick.place', kept);
  expect(keptPlace()).toEqual(expected);
});
