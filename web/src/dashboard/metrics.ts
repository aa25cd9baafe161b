import { type Counts, type Order, type Point } from '../api/analytics';
import { count, money, ratio } from '../format/numbers';
import { type Micros, axisUnits, parseMicros, readablePrice } from '../money/micros';

export const metrics = ['total_spend', 'clicks', 'impressions', 'ctr', 'cpc', 'conversions'] as const;
export type Metric = typeof metrics[number];

export const metricNames: Record<Order, string> = {
  total_spend: 'Spend', clicks: 'Clicks', impressions: 'Impressions', ctr: 'CTR', cpc: 'CPC', conversions: 'Conversions',
  raw_clicks: 'Raw clicks', cvr: 'Conversion rate',
};

/** What the short names mean. */
export const metricMeanings: Record<Metric, string> = {
  total_spend: 'Cost of the clicks', clicks: 'Unique clicks', impressions: 'Times an ad was shown',
  ctr: 'Clicks per impression', cpc: 'Spend per click', conversions: 'Conversions reported',
};

export const isMoney = (metric: Order): boolean => metric === 'total_spend' || metric === 'cpc';

/** Counts over all currencies, money of one of them. */
export type Figures = Record<Exclude<Metric, 'total_spend' | 'cpc'>, number | null> & Record<'total_spend' | 'cpc', Micros | null>;

const per = (dividend: number, divisor: number): number | null => divisor === 0 ? null : dividend / divisor;

/** Adds counts up; amounts of another currency are left out, for they can't be added. */
export function figuresOf(entries: readonly Counts[], currency: string): Figures {
  const sum = (of: (counts: Counts) => number) => entries.reduce((total, counts) => total + of(counts), 0);
  const own = entries.filter(counts => counts.currency === currency);
  const clicks = sum(counts => counts.clicks);
  const impressions = sum(counts => counts.impressions);
  return {
    impressions,
    clicks,
    conversions: sum(counts => counts.conversions),
    ctr: per(clicks, impressions),
    total_spend: own.reduce((total, counts) => total + parseMicros(counts.total_spend), 0n),
    // One entry per currency, so the server's own quotient holds.
    cpc: own[0]?.cpc ? parseMicros(own[0].cpc) : null,
  };
}

/** The currencies with money in them, those with most clicks first; at least one entry, empty if nothing cost anything. */
export function currenciesOf(totals: readonly Counts[]): readonly string[] {
  const known = totals.filter(counts => counts.currency !== '').sort((a, b) => b.clicks - a.clicks || (a.currency < b.currency ? -1 : 1));
  return known.length > 0 ? known.map(counts => counts.currency) : [''];
}

/** A figure as text: money exact, a price as long as is readable. Without a currency the amount stands alone. */
export const figureText = (metric: Metric, value: number | Micros | null, currency: string): string =>
  isMoney(metric) ? money(metric === 'cpc' && value !== null ? readablePrice(value as Micros) : value as Micros | null, currency)
    : metric === 'ctr' ? ratio(value as number | null)
      : count(value as number);

/** Where a figure lies on an axis; null where there is none. */
export const axisValue = (value: number | Micros | null): number | null => typeof value === 'bigint' ? axisUnits(value) : value;

/** Points of one time belong together: they differ in currency only. */
export function byTime(points: readonly Point[]): Map<number, Point[]> {
  const times = new Map<number, Point[]>();
  for (const point of points) {
    const same = times.get(point.timestamp);
    if (same)
      same.push(point);
    else
      times.set(point.timestamp, [point]);
  }

  return times;
}
