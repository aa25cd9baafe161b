import type { Alert } from '../api/operations';

/** An alert that holds, with the series it holds for in words. */
export interface OpenAlert extends Alert {
  readonly where: string;
}

/** Those that hold, in the order of the answer: firing ones first. */
export const openAlerts = (alerts: readonly Alert[]): readonly OpenAlert[] => alerts
  .filter(alert => alert.state === 'firing' || alert.state === 'pending')
  .map(alert => ({ ...alert, where: alert.series.filter(series => series.labels !== '').map(series => series.labels.replaceAll('"', '')).join('; ') }));

/** Those of which this host does not know whether they hold, by why. */
export function unknownAlerts(alerts: readonly Alert[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { id, unknown } of alerts) {
    if (unknown !== null)
      reasons.set(unknown, [...reasons.get(unknown) ?? [], id]);
  }

  return reasons;
}

/** Where this server shows what the file says: the runbook is served beside the pages. */
export const runbookAddress = (runbook: string): string => runbook.replace(/^docs\/operations\.md/, '/runbook');
