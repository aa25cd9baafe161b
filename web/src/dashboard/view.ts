// The whole view is in the address, so that it can be shared and restored.
import { type Dimension, type Granularity, type Order, dimensions, granularities, orders } from '../api/analytics';
import { type Metric, metrics } from './metrics';
import { type Range, granularityFor, isOpen, parseDays, presets, spanBefore, spanOf } from './range';

export type Filter = readonly [Dimension, string];

export interface View {
  /** Null until one is chosen. */
  readonly advertiser: string | null;
  readonly range: Range;
  /** Null for the one that shows the range best. */
  readonly granularity: Granularity | null;
  readonly metric: Metric;
  /** Null for the first. */
  readonly currency: string | null;
  readonly by: Dimension;
  readonly order: Order;
  readonly isAscending: boolean;
  readonly rows: number;
  readonly filters: readonly Filter[];
}

/** Rows of a page, and how many are added. */
export const rowsStep = 20;
const mostRows = 500;

export const firstView: View = {
  advertiser: null, range: 'today', granularity: null, metric: 'clicks', currency: null,
  by: 'campaign_id', order: 'clicks', isAscending: false, rows: rowsStep, filters: [],
};

const oneOf = <T extends string>(known: readonly T[], text: string | null, otherwise: T): T =>
  known.includes(text as T) ? text as T : otherwise;

/** Reads a view from the query of an address; what it can't read is as in the first view. */
export function parseView(query: string): View {
  const params = new URLSearchParams(query);
  const rows = Number(params.get('rows'));
  const granularity = params.get('granularity');
  return {
    advertiser: params.get('advertiser') || null,
    range: parseDays(params.get('from'), params.get('to')) ?? oneOf(presets, params.get('range'), 'today'),
    granularity: granularities.includes(granularity as Granularity) ? granularity as Granularity : null,
    metric: oneOf(metrics, params.get('metric'), firstView.metric),
    currency: params.get('currency'),
    by: oneOf(dimensions, params.get('by'), firstView.by),
    order: oneOf(orders, params.get('sort'), firstView.order),
    isAscending: params.get('order') === 'asc',
    rows: Number.isInteger(rows) && rows > 0 && rows <= mostRows ? rows : rowsStep,
    filters: [...params].filter((entry): entry is [Dimension, string] => dimensions.includes(entry[0] as Dimension)),
  };
}

/** Writes a view as the query of an address, without what is as in the first view. */
export function viewQuery(view: View): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string | null, otherwise: string | null = null) => {
    if (value !== null && value !== otherwise)
      params.set(name, value);
  };
  set('advertiser', view.advertiser);
  if (typeof view.range === 'object') {
    params.set('from', view.range.from);
    params.set('to', view.range.to);
  } else {
    set('range', view.range, firstView.range as string);
  }

  set('granularity', view.granularity);
  set('metric', view.metric, firstView.metric);
  set('currency', view.currency);
  set('by', view.by, firstView.by);
  set('sort', view.order, firstView.order);
  set('order', view.isAscending ? 'asc' : 'desc', 'desc');
  set('rows', String(view.rows), String(rowsStep));
  for (const [dimension, value] of view.filters)
    params.append(dimension, value);
  const query = params.toString();
  return query ? `?${query}` : '';
}

/** The question that answers a view. */
export function questionOf(view: View, now: number): URLSearchParams {
  const span = spanOf(view.range, now);
  const before = spanBefore(span, now);
  const iso = (time: number) => new Date(time).toISOString();
  const query = new URLSearchParams({
    ...(view.advertiser === null ? {} : { advertiser_id: view.advertiser }),
    start_time: iso(span.start), end_time: iso(span.end),
    granularity: granularityFor(span, view.granularity), fill: 'true',
    compare_start_time: iso(before.start), compare_end_time: iso(before.end),
    breakdown: view.by, order_by: view.order, order: view.isAscending ? 'asc' : 'desc', limit: String(Math.min(view.rows, mostRows)),
  });
  for (const [dimension, value] of view.filters)
    query.append(dimension, value);
  return query;
}

/** How often a view is worth asking for, milliseconds: what is over changes by corrections only. */
export const pollInterval = (view: View, now: number): number => isOpen(spanOf(view.range, now), now) ? 2_000 : 60_000;

/** The view with a filter more; the same filter twice is one. */
export const withFilter = (view: View, filter: Filter): View =>
  ({ ...view, rows: rowsStep, filters: [...withoutFilter(view, filter).filters, filter] });

/** The view without a filter. */
export const withoutFilter = (view: View, [dimension, value]: Filter): View =>
  ({ ...view, filters: view.filters.filter(other => other[0] !== dimension || other[1] !== value) });
