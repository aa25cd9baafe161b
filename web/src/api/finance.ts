// The answers of /api/v1/finance as they are written in docs/http.md. Amounts are whole micros as text, see exact.ts.
import { getJson, sendJson } from './http';
import type { Session } from './session';

const root = '/api/v1/finance';

export type RunState = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** A close of a day, under way or ended. */
export interface Run {
  readonly id: string;
  readonly execution: number;
  readonly state: RunState;
  readonly updated_at: string;
  readonly progress: null | { readonly phase: string; readonly waiting?: string | null; readonly done?: number | null; readonly total?: number | null };
  readonly outcome: null | { readonly revision: number; readonly is_new: boolean; readonly alerts: readonly string[]; readonly entries: number };
  readonly failure: string | null;
}

export interface Counts {
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly spend_micros: string;
}

export interface CurrencyFigures {
  readonly currency: string;
  readonly truth: Counts;
  readonly stream: Counts;
  readonly difference: Counts;
  readonly causes: readonly { readonly cause: string; readonly rows: number; readonly counts: Counts }[];
  readonly unexplained: Counts;
  readonly drift_ppm: { readonly clicks: number; readonly spend: number };
}

export interface UnexplainedRow {
  readonly hour: string;
  readonly advertiser_id: string;
  readonly campaign_id: string;
  readonly ad_group_id: string;
  readonly ad_id: string;
  readonly creative_id: string;
  readonly currency: string;
  readonly device: string;
  readonly country: string;
  readonly truth: Counts;
  readonly stream: Counts;
  readonly unexplained: Counts;
}

export interface Report {
  readonly date: string;
  readonly revision: number;
  readonly currencies: readonly CurrencyFigures[];
  readonly copies: { readonly clicks: number; readonly across_midnight: number };
  readonly quarantined: Readonly<Record<string, number>>;
  readonly unexplained: { readonly rows: number; readonly missing_in_stream: number; readonly missing_in_truth: number; readonly listed: readonly UnexplainedRow[] };
  readonly alerts: readonly string[];
  readonly advertisers: readonly { readonly advertiser_id: string; readonly currency: string; readonly truth: Counts; readonly stream: Counts; readonly unexplained: Counts }[];
}

export interface Journal {
  readonly advertiser_id: string;
  readonly currency: string;
  readonly entries: number;
  readonly balance_micros: string;
  readonly hash: string;
}

export interface StatementLine {
  readonly kind: string;
  readonly booked_on: string;
  readonly click_day?: string;
  readonly campaign_id?: string;
  readonly clicks?: number;
  readonly amount_micros: string;
  readonly entry_id: string;
  readonly corrects?: string;
  readonly reference?: string;
  readonly note?: string;
}

export interface Statement {
  readonly advertiser_id: string;
  readonly currency: string;
  readonly month: string;
  readonly opening_balance_micros: string;
  readonly charges_micros: string;
  readonly corrections_micros: string;
  readonly payments_micros: string;
  readonly credits_micros: string;
  readonly closing_balance_micros: string;
  readonly clicks: number;
  readonly lines: readonly StatementLine[];
}

/** Counts of the windows and keys that differ. */
export interface BackfillCounts {
  readonly raw_clicks: number;
  readonly clicks: number;
  readonly spend_micros: string;
}

/** A range that was counted again. */
export interface Backfill {
  readonly id: string;
  readonly state: RunState;
  readonly updated_at: string;
  readonly progress: Run['progress'];
  readonly outcome: null | {
    readonly from: string;
    readonly to: string;
    readonly applied: boolean;
    readonly difference: { readonly rows: number; readonly totals: readonly { readonly currency: string; readonly before: BackfillCounts; readonly after: BackfillCounts }[] };
    /** There while the result waits for a decision. */
    readonly staged?: null | { readonly run: string; readonly on: string };
  };
  readonly failure: string | null;
}

/** All that the finance page shows. */
export interface FinanceAnswer {
  readonly day: string | null;
  readonly advertiser_id: string | null;
  readonly currency: string | null;
  readonly month: string;
  readonly closes: readonly Run[];
  readonly backfills: readonly Backfill[];
  readonly journals: readonly Journal[];
  /** Null when the day is not closed. */
  readonly report: Report | null;
  /** Null when nothing was ever posted. */
  readonly statement: Statement | null;
}

/** A click as the archive holds it. */
export interface EvidenceClick {
  readonly click_id: string;
  readonly event_time: string;
  readonly arrival_time: string;
  readonly ad_id: string;
  readonly device: string;
  readonly country: string;
  readonly cost_micros: string;
  readonly currency: string;
  readonly user_pseudonym: string | null;
  readonly partition: number;
  readonly sequence: number;
  readonly billed: boolean;
  readonly invalid: boolean;
  readonly over_budget: boolean;
  readonly counted_instead: string | null;
}

export interface EvidencePage {
  readonly revision: number;
  readonly clicks: readonly EvidenceClick[];
  readonly continuation: string | null;
}

/** Where a report lies, in a form that a browser can open. */
export const reportUrl = (date: string, format: string): string => `${root}/reconciliations/${date}/report?format=${format}`;

/** Where a statement lies. */
export const statementUrl = (advertiser: string, currency: string, month: string, format: string): string =>
  `${root}/statements?${new URLSearchParams({ advertiser_id: advertiser, currency, month, format })}`;

/** All that the finance page shows. What is not named the server chooses, and says. */
export const getFinanceView = async (choice: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FinanceAnswer> =>
  (await getJson<FinanceAnswer>(`/api/v1/views/finance?${new URLSearchParams(choice)}`, signal)).body;

export const getEvidence = async (query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<EvidencePage> =>
  (await getJson<EvidencePage>(`${root}/evidence?${new URLSearchParams(query)}`, signal)).body;

const proof = (session: Session): Record<string, string> => session.csrf_token === null ? {} : { 'X-CSRF-Token': session.csrf_token };

/** Starts the close of a day, or finds the one under way. */
export const startClose = (date: string, session: Session): Promise<void> => sendJson(`${root}/reconciliations`, { date }, proof(session));

/** Where every window and key lies that a backfill would change, or changed. */
export const differenceUrl = (id: string): string => `${root}/backfills/${encodeURIComponent(id)}/difference`;

/** Swaps a kept result in, or throws it away. */
export const decideBackfill = (id: string, decision: 'apply' | 'discard', session: Session): Promise<void> =>
  sendJson(`${root}/backfills/${encodeURIComponent(id)}/${decision}`, {}, proof(session));
