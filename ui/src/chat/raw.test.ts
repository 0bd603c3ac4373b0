import { expect, test } from 'vitest';

import { pretty } from './raw';

test('JSON is set out in lines, without touching what it says', () => {
  expect(pretty('{"a":[1,{"b":"x, {y}: \\"z\\" \\u00e9"}],"c":{},"d":[]}')).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": "x, {y}: \\"z\\" \\u00e9"\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  );
});

test('numbers keep every digit and a repeated name stays', () => {
  expect(pretty('{"id":12345678901234567890,"a":1,"a":2.50}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "a": 1,\n  "a": 2.50\n}',
  );
});

test.each(['', 'not json', '{"cut":', '<xml/>'])('%j stays as it came', (raw) => {
  expect(pretty(raw)).toBe(raw);
});
