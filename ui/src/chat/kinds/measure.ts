/**
 * Sizes, lengths of time and money in words. The locale is passed in, so that these can be tested. Money is counted in whole
 * numbers of its smallest part, since prices come as written and may not be rounded on the way.
 */
import type { OrderItem } from '../../host/generated/OrderItem';

const STEP = 1000;
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

function inUnit(value: number, unit: string, locale: string, digits = 0): string {
  const options: Intl.NumberFormatOptions = { style: 'unit', unit, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { ...options, unitDisplay: unit === 'byte' ? 'long' : 'short' }).format(value);
}

/** As file managers count: steps of 1000, one digit behind the point where it says something. */
export function fileSize(bytes: number, locale: string): string {
  let step = 0;
  let value = Math.max(0, bytes);
  while (value >= STEP - 0.5 && step < SIZES.length - 1) {
    value /= STEP;
    step += 1;
  }
  return inUnit(value, SIZES[step]!, locale, step > 0 && value < 10 ? 1 : 0);
}

/** Hours, minutes and seconds, without those that are none. */
export function duration(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / HOUR), 'hour'],
    [Math.floor((whole % HOUR) / MINUTE), 'minute'],
    [whole % MINUTE, 'second'],
  ] as const;
  const told = parts.filter(([value]) => value > 0);
  return (told.length === 0 ? parts.slice(-1) : told).map(([value, unit]) => inUnit(value, unit, locale)).join(' ');
}

/** A number as it was written: all its digits, and how many of them stand behind the point. */
interface Exact {
  digits: bigint;
  behind: number;
}

function exact(written: string | null): Exact | null {
  const match = /^(\d{1,30})(?:\.(\d{1,10}))?$/.exec(written?.trim() ?? '');
  if (match === null) return null;
  const [, whole = '', part = ''] = match;
  return { digits: BigInt(whole + part), behind: part.length };
}

function times(left: Exact, right: Exact): Exact {
  return { digits: left.digits * right.digits, behind: left.behind + right.behind };
}

function plus(left: Exact, right: Exact): Exact {
  const behind = Math.max(left.behind, right.behind);
  const widened = ({ digits, behind: own }: Exact) => digits * 10n ** BigInt(behind - own);
  return { digits: widened(left) + widened(right), behind };
}

function written({ digits, behind }: Exact): string {
  const all = String(digits).padStart(behind + 1, '0');
  return behind === 0 ? all : `${all.slice(0, -behind)}.${all.slice(-behind)}`;
}

/** In the currency's own form; nothing where the currency is none. */
function inCurrency(amount: Exact, currency: string, locale: string): string | null {
  try {
    const usual = new Intl.NumberFormat(locale, { style: 'currency', currency });
    const usualDigits = usual.resolvedOptions().maximumFractionDigits ?? 2;
    const told = written(amount).replace(/0+$/, '').split('.')[1]?.length ?? 0;
    // Rounding would show a price that was not asked for.
    const format =
      told > usualDigits
        ? new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: told })
        : usual;
    return format.format(written(amount) as Intl.StringNumericLiteral);
  } catch {
    return null;
  }
}

/** The price of one; as written where it is no amount of money. */
export function price(item: OrderItem, locale: string): string | null {
  const amount = exact(item.price);
  const shown = amount === null || item.currency === null ? null : inCurrency(amount, item.currency, locale);
  return shown ?? ([item.price, item.currency].filter((part) => part !== null).join(' ') || null);
}

/** What all lines come to; nothing where one of them cannot be counted, or is in another currency. */
export function total(items: readonly OrderItem[], locale: string): string | null {
  const currency = items[0]?.currency ?? null;
  if (currency === null) return null;
  let sum: Exact = { digits: 0n, behind: 0 };
  for (const item of items) {
    const one = exact(item.price);
    const quantity = exact(item.quantity);
    if (one === null || quantity === null || item.currency !== currency) return null;
    sum = plus(sum, times(one, quantity));
  }
  return inCurrency(sum, currency, locale);
}

const ROW = 16;

/** Base64 as pairs of hexadecimal digits, sixteen a line; as it came where it is not Base64. */
export function hexadecimal(base64: string): string {
  let bytes: string;
  try {
    bytes = atob(base64);
  } catch {
    return base64;
  }
  const pairs = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'));
  const lines = Array.from({ length: Math.ceil(pairs.length / ROW) }, (_, index) =>
    pairs.slice(index * ROW, (index + 1) * ROW).join(' '),
  );
  return lines.join('\n');
}
