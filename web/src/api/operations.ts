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
  readonly state: 'ok' | 'pending' | 'firing';
  readonly meaning: string;
  readonly condition: string;
  readonly runbook: string;
  readonly series: readonly AlertSeries[];
}

/** Freshness and alerts. */
export interface Operations {
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
  /** What /metrics says. */
  readonly metrics: string;
}

export const getOperationsView = async (signal: AbortSignal): Promise<OperationsView> =>
  (await getJson<OperationsView>('/api/v1/views/operations', signal)).body;
