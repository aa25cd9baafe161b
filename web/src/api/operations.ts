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

/** What /api/v1/operations answers. */
export interface Operations {
  readonly freshness_seconds: number | null;
  readonly alerts: readonly Alert[];
}
