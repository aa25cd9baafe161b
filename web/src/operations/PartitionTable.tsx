import { count, none } from '../format/numbers';
import { duration } from '../format/times';
import type { Metrics } from './prometheus';
import { outcomes, partitionsOf } from './stream';

const unknown = 'unknown';
const stateOf = (isFailing: boolean | null) =>
  isFailing === null ? <span class="state degraded">{unknown}</span> : <span class={isFailing ? 'state unhealthy' : 'state healthy'}>{isFailing ? 'failing' : 'running'}</span>;

const outcomeNames = { accepted: 'Counted', duplicate: 'Duplicate', late: 'Late', quarantined: 'Quarantined', non_click: 'No clicks' } as const;

/** Every partition: how far behind it is and what became of its events. */
export const PartitionTable = ({ metrics, isShared }: { metrics: Metrics; isShared: boolean }) => (
  <section class="card" aria-labelledby="partitions">
    <div class="head"><h2 id="partitions">Partitions</h2></div>
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of partitions">
      <table>
        <caption class="unseen">Lag, watermark and events of each partition since {isShared ? 'the first event' : 'the start'}</caption>
        <thead>
          <tr>
            <th scope="col">Partition</th><th scope="col">State</th><th scope="col" class="number">Waiting</th>{isShared && <th scope="col" class="number">For at most</th>}<th scope="col" class="number">Watermark age</th>
            {outcomes.map(outcome => <th key={outcome} scope="col" class="number">{outcomeNames[outcome]}</th>)}
          </tr>
        </thead>
        <tbody>
          {partitionsOf(metrics).map(partition => (
            <tr key={partition.name}>
              <th scope="row">{partition.name}</th>
              <td>{stateOf(partition.isFailing)}</td>
              <td class="number">{partition.lag === null ? unknown : count(partition.lag)}</td>
              {isShared && <td class="number">{partition.waiting === null ? unknown : duration(partition.waiting)}</td>}
              <td class="number">{partition.watermarkAge === null ? none : duration(partition.watermarkAge)}</td>
              {outcomes.map(outcome => <td key={outcome} class="number">{isShared && !metrics.has('clickfuncs_processor_events_total') ? unknown : count(partition.events[outcome])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
