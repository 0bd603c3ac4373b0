import { describe, expect, test } from 'vitest';

import type { OrderItem } from '../../host/generated/OrderItem';
import { duration, fileSize, hexadecimal, price, total } from './measure';

const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1540, '1.5 kB'],
  [99_400, '99 kB'],
  [999_999, '1 MB'],
  [104_857_600, '105 MB'],
  [3_200_000_000, '3.2 GB'],
  [-5, '0 bytes'],
])('%d bytes are %s', (bytes, words) => {
  expect(plain(fileSize(bytes, 'en-GB'))).toBe(words);
});

test.each([
  [0, '0 sec'],
  [59.6, '1 min'],
  [65, '1 min 5 sec'],
  [3600, '1 hr'],
  [3661, '1 hr 1 min 1 sec'],
])('%d seconds are %s', (seconds, words) => {
  expect(plain(duration(seconds, 'en-US'))).toBe(words);
});

const item = (quantity: string | null, one: string | null, currency: string | null = 'EUR'): OrderItem => ({
  product: 'p',
  quantity,
  price: one,
  currency,
});

describe('money', () => {
  test.each([
    [item('1', '12.5'), '€12.50'],
    [item('1', '7'), '€7.00'],
    [item('1', '1000', 'JPY'), 'JP¥1,000'],
    [item('1', '0.0005'), '€0.0005'],
    [item('1', '12,50'), '12,50 EUR'],
    [item('1', '12.50', 'not money'), '12.50 not money'],
    [item('1', '3', null), '3'],
    [item('1', null, null), null],
  ])('%j costs %s', (line, words) => {
    expect(plain(price(line, 'en-GB'))).toBe(words);
  });

  test('is added up to the last digit', () => {
    expect(total([item('3', '0.1'), item('1', '0.20'), item('2', '1000000000000000.01')], 'en-GB')).toBe(
      '€2,000,000,000,000,000.52',
    );
    expect(total([item('1.5', '2')], 'en-GB')).toBe('€3.00');
  });

  test.each([
    ['nothing', []],
    ['two currencies', [item('1', '1'), item('1', '1', 'USD')]],
    ['an unknown quantity', [item(null, '1')]],
    ['a negative price', [item('1', '-1')]],
    ['no currency', [item('1', '1', null)]],
  ])('of %s is not added up', (_name, items) => {
    expect(total(items, 'en-GB')).toBeNull();
  });
});

test('bytes are shown in rows of sixteen, and what is not Base64 as it came', () => {
  expect(hexadecimal('SGVsbG8=')).toBe('48 65 6c 6c 6f');
  expect(hexadecimal(btoa('a'.repeat(17))).split('\n')).toHaveLength(2);
  expect(hexadecimal('%%%')).toBe('%%%');
});
