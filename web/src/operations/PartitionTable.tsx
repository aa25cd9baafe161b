import { count, none } from '../format/numbers';
import { duration } from '../format/times';
import type { Metrics } from './prometheus';
import { outcomes, partitionsOf } from './stream';

const outcomeNames = { accepted: 'Counted', duplicate: 'Duplicate', late: 'Late', quarantined: 'Quarantined', non_click: 'No clicks' } as const;

/** Every partition: how far behind it is and what became of its events. */
export const PartitionTable = ({ metrics }: { metrics: Metrics }) => (
  <section class="card" aria-labelledby="partitions">
    <div class="head"><h2 id="partitions">Partitions</h2></div>
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of partitions">
      <table>
        <caption class="unseen">Lag, watermark and events of each partition since the start</caption>
        <thead>
          <tr>
            <th scope="col">Partition</th><th scope="col">State</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">Watermark age</th>
            {outcomes.map(outcome => <th key={outcome} scope="col" class="number">{outcomeNames[outcome]}</th>)}
          </tr>
        </thead>
        <tbody>
          {partitionsOf(metrics).map(partition => (
            <tr key={partition.name}>
              <th scope="row">{partition.name}</th>
              <td><span class={partition.isFailing ? 'state unhealthy' : 'state healthy'}>{partition.isFailing ? 'failing' : 'running'}</span></td>
              <td class="number">{count(partition.lag)}</td>
              <td class="number">{partition.watermarkAge === null ? none : duration(partition.watermarkAge)}</td>
              {outcomes.map(outcome => <td key={outcome} class="number">{count(partition.events[outcome])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
