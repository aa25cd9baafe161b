import { getJson } from './http';

/** A series for which an alert holds. */
export interface AlertSeries {
  readonly labels: string;
  readonly value: number | null;
  readonly since: string;
  readonly is_firing: boolean;
}

/** An alert and how it stands, see docs/http.md. */
export interface Alert {
  readonly id: string;
  readonly severity: 'page' | 'ticket';
  readonly state: 'ok' | 'pending' | 'firing' | 'unknown';
  readonly meaning: string;
  readonly condition: string;
  readonly runbook: string;
  readonly series: readonly AlertSeries[];
  /** Why it is not known whether it holds; null when it is. */
  readonly unknown: string | null;
}

/** What became of the last firing of a schedule. */
export interface LastRun {
  readonly schedule: string;
  readonly due: string;
  readonly id: string;
  readonly state: 'not_started' | 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly updated_at: string | null;
  readonly failure: string | null;
}

/** Freshness, alerts and last runs. */
export interface Operations {
  readonly as_of: string;
  /** Whether the host is one of many: a metric that is not there is unknown then, not zero. */
  readonly is_shared: boolean;
  /** Null where a host does not tell. */
  readonly last_runs: readonly LastRun[] | null;
  readonly freshness_seconds: number | null;
  readonly alerts: readonly Alert[];
}

/** What /health answers. */
export interface Health {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string; readonly detail: string | null }[];
}

/** All that the operations page shows. */
export interface OperationsView {
  readonly health: Health;
  readonly operations: Operations;
  /** What /metrics says, or what all hosts share. */
  readonly metrics: string;
}

export const getOperationsView = async (signal: AbortSignal): Promise<OperationsView> =>
  (await getJson<OperationsView>('/api/v1/views/operations', signal)).body;
