import type { Health } from '../api/operations';

const words: Record<string, string> = {
  healthy: 'Everything works.',
  degraded: 'It works, but something needs a look.',
  unhealthy: 'Something does not work. Clicks that are accepted are safe on the log.',
};

/** Whether the host works, and each check with what it found. */
export const HealthCard = ({ health }: { health: Health }) => (
  <section class={`card health ${health.status}`} aria-label="Health">
    <h2><span class="dot" /> {words[health.status] ?? health.status}</h2>
    <ul>
      {health.checks.map(check => <li key={check.name}><b>{check.name}</b> <span class={`state ${check.status}`}>{check.status}</span> <span class="muted">{check.detail}</span></li>)}
    </ul>
  </section>
);
