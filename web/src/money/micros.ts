// Money is a whole number of millionths, as on the server: no amount is ever a binary fraction here.

/** Millionths of a currency's unit. */
export type Micros = bigint;

const perUnit = 1_000_000n;
const form = /^(-?)(\d+)(?:\.(\d{1,6}))?$/;

/** Reads an amount such as `12.345`. */
export function parseMicros(text: string): Micros {
  const match = form.exec(text);
  if (!match)
    throw new Error(`'${text}' is no amount of money.`);
  const [, sign, units, fraction = ''] = match;
  const micros = BigInt(units!) * perUnit + BigInt(fraction.padEnd(6, '0'));
  return sign ? -micros : micros;
}

/** Writes an amount exactly, with two to six decimals. */
export function microsText(micros: Micros): string {
  const size = micros < 0n ? -micros : micros;
  const fraction = (size % perUnit).toString().padStart(6, '0').replace(/0{1,4}$/, '');
  return `${micros < 0n ? '-' : ''}${size / perUnit}.${fraction}`;
}

/**
 * A price for reading: to a hundredth from one unit on, to a ten-thousandth below, half to even. For quotients, which are
 * rounded anyhow; never for sums.
 */
export function readablePrice(price: Micros): Micros {
  const size = price < 0n ? -price : price;
  const step = size >= perUnit ? 10_000n : 100n;
  const [whole, rest] = [size / step, size % step];
  const rounded = (rest * 2n > step || (rest * 2n === step && whole % 2n === 1n) ? whole + 1n : whole) * step;
  return price < 0n ? -rounded : rounded;
}

/** Where an amount lies on an axis. For drawing only: it may be off by less than a pixel, never shown as a number. */
export const axisUnits = (micros: Micros): number => Number(micros) / 1e6;
