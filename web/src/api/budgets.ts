// A budget of /api/v1/views/advertiser as they are written in docs/http.md. Amounts are whole micros as text, see exact.ts.
export type BudgetState = 'active' | 'pacing' | 'held' | 'exhausted';

export interface Budget {
  readonly campaign_id: string;
  readonly currency: string;
  readonly daily_micros: string | null;
  readonly total_micros: string | null;
  readonly start: string;
  readonly end: string | null;
  readonly state: BudgetState;
  readonly reason: string;
  readonly since: string | null;
  readonly spent_today_micros: string | null;
  readonly spent_total_micros: string | null;
  readonly as_of: string | null;
}
