import type { Operations } from '../api/operations';
import { openAlerts, runbookAddress } from './alerts';

/** The alerts that hold, with where it is said what to do; and how fresh counts are. */
export const AlertsCard = ({ operations }: { operations: Operations }) => {
  const open = openAlerts(operations.alerts);
  return (
    <section class={`card health ${open.some(alert => alert.state === 'firing') ? 'unhealthy' : open.length > 0 ? 'degraded' : 'healthy'}`} aria-label="Alerts">
      <h2><span class="dot" /> {open.length === 0 ? `None of ${operations.alerts.length} alerts.` : `${open.length} of ${operations.alerts.length} alerts.`}</h2>
      <ul>
        {open.map(alert => (
          <li key={alert.id}>
            <b>{alert.id}</b> <span class={`state ${alert.state === 'firing' ? 'unhealthy' : 'degraded'}`}>{alert.state}, {alert.severity}</span>{' '}
            {alert.meaning} <span class="muted">{alert.where}</span>{' '}<a class="runbook" href={runbookAddress(alert.runbook)}>What to do<span class="unseen"> about {alert.id}</span></a>
          </li>
        ))}
        <li><b>freshness</b> <span class="muted">{operations.freshness_seconds === null ? 'not measured yet: no click came' : `a click is visible after ${operations.freshness_seconds.toFixed(1)} s`}</span></li>
      </ul>
    </section>
  );
};
