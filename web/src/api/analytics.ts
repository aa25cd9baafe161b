// The answers of /api/v1/views/advertiser and /api/v1/catalog/advertisers as they are written in docs/http.md.
import type { Budget } from './budgets';
import { type Answer, getJson } from './http';

export const dimensions = ['campaign_id', 'ad_group_id', 'ad_id', 'creative_id', 'device', 'country'] as const;
export type Dimension = typeof dimensions[number];

export const granularities = ['1m', '1h', '1d'] as const;
export type Granularity = typeof granularities[number];

export const orders = ['clicks', 'total_spend', 'impressions', 'ctr', 'cpc', 'conversions', 'raw_clicks', 'cvr'] as const;
export type Order = typeof orders[number];

/** Counts of one currency. The last four are there when the host judges clicks and bills. */
export interface Counts {
  readonly impressions: number;
  readonly clicks: number;
  readonly raw_clicks: number;
  readonly conversions: number;
  readonly total_spend: string;
  readonly currency: string;
  readonly ctr: number | null;
  readonly cvr: number | null;
  readonly cpc: string | null;
  readonly duplicate_clicks?: number;
  readonly invalid_clicks?: number;
  readonly over_budget_clicks?: number;
  readonly billed_clicks?: number;
}

export type Accuracy = 'live' | 'final';

export interface Point extends Counts {
  /** Start, seconds since 1970. */
  readonly timestamp: number;
  readonly accuracy: Accuracy;
}

export type Row = Counts & { readonly accuracy: Accuracy; readonly trend: readonly number[] } & Partial<Record<Dimension, string>>;

export interface Breakdown {
  readonly dimension: Dimension;
  readonly count: number;
  readonly trend_step_seconds: number;
  readonly rows: readonly Row[];
}

export interface Overview {
  readonly advertiser_id: string;
  readonly granularity: Granularity;
  readonly accuracy: Accuracy;
  readonly watermark: string | null;
  readonly as_of: string | null;
  readonly series: readonly Point[];
  readonly totals: readonly Counts[];
  /** Clicks that came too late for the live count, of days that are not final; absent where that is not known. */
  readonly late_clicks?: number;
  /** Null when counts of that time are no longer kept that fine. */
  readonly comparison?: null | { readonly start_time: string; readonly end_time: string; readonly series: readonly Point[]; readonly totals: readonly Counts[] };
  readonly breakdown: Breakdown;
}

/** All that the advertiser's page shows. */
export interface AdvertiserView {
  /** Null when there is no advertiser that the caller may see. */
  readonly analytics: Overview | null;
  readonly budgets: readonly Budget[];
}

export const getAdvertiserView = (query: URLSearchParams, signal: AbortSignal): Promise<Answer<AdvertiserView>> =>
  getJson<AdvertiserView>(`/api/v1/views/advertiser?${query}`, signal);

/** All advertisers the caller may see. */
export async function getAdvertisers(signal: AbortSignal): Promise<readonly string[]> {
  const all: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const query: string = new URLSearchParams({ after }).toString();
    const { body }: Answer<{ advertisers: string[]; next: string | null }> = await getJson(`/api/v1/catalog/advertisers?${query}`, signal);
    all.push(...body.advertisers);
    after = body.next;
  }

  return all;
}
