import type { LastRun } from '../api/operations';
import { timeText } from '../format/times';

const colors: Record<LastRun['state'], string> = {
  completed: 'healthy', running: 'healthy', pending: 'degraded', not_started: 'degraded', cancelled: 'degraded', failed: 'unhealthy',
};

/** What became of the last firing of each schedule. */
export const RunsCard = ({ runs }: { runs: readonly LastRun[] }) => (
  <section class="card health" aria-label="Last runs">
    <h2>Last runs</h2>
    <ul>
      {runs.map(run => (
        <li key={run.schedule}>
          <b>{run.schedule}</b> <span class={`state ${colors[run.state]}`}>{run.state.replaceAll('_', ' ')}</span>{' '}
          <span class="muted">due {timeText(run.due)}{run.updated_at !== null && `, last moved ${timeText(run.updated_at)}`}{run.failure !== null && `: ${run.failure}`}</span>
        </li>
      ))}
    </ul>
  </section>
);
