import type { Operations } from '../api/operations';
import { timeText } from '../format/times';
import { openAlerts, runbookAddress, unknownAlerts } from './alerts';

const freshness = ({ is_shared, freshness_seconds }: Operations): string =>
  freshness_seconds !== null ? `a click is visible after ${freshness_seconds.toFixed(1)} s`
  : is_shared ? 'unknown: nothing measures it here' : 'not measured yet: no probe was counted';

/** The alerts that hold, with where it is said what to do; those of which nothing is known; and how fresh counts are. */
export const AlertsCard = ({ operations }: { operations: Operations }) => {
  const open = openAlerts(operations.alerts);
  const unknown = [...unknownAlerts(operations.alerts)];
  const unknownCount = unknown.reduce((sum, [, ids]) => sum + ids.length, 0);
  const told = operations.alerts.length - unknownCount;
  const worst = open.some(alert => alert.state === 'firing') ? 'unhealthy' : open.length > 0 || told === 0 ? 'degraded' : 'healthy';
  return (
    <section class={`card health ${worst}`} aria-label="Alerts">
      <h2><span class="dot" /> {open.length === 0 ? `None of ${told} alerts.` : `${open.length} of ${told} alerts.`}{unknownCount > 0 && ` Of ${unknownCount} more it is not known here.`}</h2>
      <ul>
        {open.map(alert => (
          <li key={alert.id}>
            <b>{alert.id}</b> <span class={`state ${alert.state === 'firing' ? 'unhealthy' : 'degraded'}`}>{alert.state}, {alert.severity}</span>{' '}
            {alert.meaning} <span class="muted">{alert.where}</span>{' '}<a class="runbook" href={runbookAddress(alert.runbook)}>What to do<span class="unseen"> about {alert.id}</span></a>
          </li>
        ))}
        {unknown.map(([why, ids]) => <li key={why}><b>{ids.join(', ')}</b> <span class="state degraded">unknown</span> <span class="muted">{why}</span></li>)}
        <li><b>freshness</b> <span class="muted">{freshness(operations)}</span></li>
        {operations.is_shared && <li><b>as of</b> <span class="muted" data-as-of>{timeText(operations.as_of)}: what all instances share is looked at every 15 s</span></li>}
      </ul>
    </section>
  );
};
