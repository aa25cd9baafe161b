import type { Run } from '../api/finance';
import { moment } from '../format/times';
import { CloseForm } from './CloseForm';
import { dayOf, hasEnded, runText, shareDone } from './runs';

const stateNames = { pending: 'Waiting', running: 'Running', completed: 'Closed', failed: 'Failed', cancelled: 'Cancelled' } as const;
const alertNames: Readonly<Record<string, string>> = { drift: 'Drift', unexplained: 'Unexplained' };

/** The closes there were, where those under way are, and the way to start one. */
export function RunsCard({ runs, day, show, started }: { runs: readonly Run[]; day: string | null; show: (day: string) => void; started: (day: string) => void }) {
  const shown = runs.find(run => dayOf(run) === day);
  return (
    <section class="card" aria-labelledby="closes">
      <div class="head"><h2 id="closes">Closes</h2><CloseForm started={started} /></div>
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of closes">
        <table>
          <caption class="unseen">Closes of days, the newest day first; a day shows its reconciliation</caption>
          <thead><tr><th scope="col">Day</th><th scope="col">State</th><th scope="col">Alerts</th><th scope="col">Where it is</th><th scope="col">Changed</th></tr></thead>
          <tbody>{runs.map(run => <Line key={run.id} run={run} isShown={run === shown} show={show} />)}</tbody>
        </table>
      </div>
      {runs.length === 0 && <p class="empty">No day was closed yet. The nightly close makes the first one, or close a day that is over here.</p>}
      {/* Read out as the state or the phase changes, not with every bucket. */}
      <p class="unseen" role="status">{shown && `${dayOf(shown)}: ${stateNames[shown.state]}${hasEnded(shown) ? '' : `, ${shown.progress?.phase ?? 'waiting to begin'}`}`}</p>
    </section>
  );
}

function Line({ run, isShown, show }: { run: Run; isShown: boolean; show: (day: string) => void }) {
  const day = dayOf(run);
  const share = shareDone(run);
  const mark = run.state === 'completed' ? 'healthy' : run.state === 'failed' ? 'unhealthy' : run.state === 'cancelled' ? 'degraded' : '';
  return (
    <tr class={isShown ? 'shown' : undefined} data-day={day}>
      <th scope="row"><button type="button" class="row" aria-pressed={isShown} onClick={() => show(day)}>{day}</button></th>
      <td><span class={`state ${mark}`}>{stateNames[run.state]}</span></td>
      <td>{run.outcome === null ? '' : run.outcome.alerts.length === 0 ? <span class="muted">None</span>
        : run.outcome.alerts.map(alert => <span key={alert} class="state unhealthy alert">{alertNames[alert] ?? alert}</span>)}</td>
      <td class="progress">{share !== null && <progress value={share} aria-label={`Buckets of ${day} counted`} />}{runText(run)}</td>
      <td class="muted">{moment(Date.parse(run.updated_at), Date.now())}</td>
    </tr>
  );
}
