import { type Micros, microsText } from '../money/micros';

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const change = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const currencies = new Map<string, Intl.NumberFormat>();

/** What stands where there is no number. */
export const none = '–';

export const count = (value: number): string => whole.format(value);
export const shortCount = (value: number): string => short.format(value);
export const ratio = (value: number | null): string => value === null ? none : percent.format(value);
export const changeText = (value: number): string => change.format(Math.abs(value));

function formatOf(currency: string): Intl.NumberFormat {
  let format = currencies.get(currency);
  if (!format) {
    const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 6 };
    format = new Intl.NumberFormat('en', currency ? { ...decimals, style: 'currency', currency, currencyDisplay: 'code' } : decimals);
    currencies.set(currency, format);
  }

  return format;
}

/** An amount, exact: the formatter is given the decimal text, not a number. */
export const money = (amount: Micros | null, currency: string): string =>
  amount === null ? none : formatOf(currency).format(microsText(amount) as Intl.StringNumericLiteral).replace('\u00a0', ' ');

// What reads as 0.0% is no change: it has no direction, and is neither good nor bad.
const readable = (part: number): number => Math.round(part * 1000) / 1000;

/** By which part something changed, to a tenth of a percent; null where there was nothing before. */
export function changeOf(now: number | Micros | null, before: number | Micros | null): number | null {
  if (now === null || before === null || Number(before) === 0)
    return null;
  if (typeof now === 'bigint' && typeof before === 'bigint')
    return readable(Number((now - before) * 10_000n / before) / 10_000);
  return readable((Number(now) - Number(before)) / Number(before));
}
