import { useRef } from 'preact/hooks';
import { getOperationsView } from '../api/operations';
import { Banner } from '../app/Banner';
import { ProblemNotice } from '../app/Notice';
import { Loading } from '../dashboard/Loading';
import { usePolling } from '../live/usePolling';
import { AlertsCard } from './AlertsCard';
import { BudgetRisk } from './BudgetRisk';
import { HealthCard } from './HealthCard';
import { PartitionTable } from './PartitionTable';
import { Refusals } from './Refusals';
import { StreamFigures } from './StreamFigures';
import { parseMetrics } from './prometheus';
import type { Reading } from './stream';

const intervalMs = 5_000;
const kept = 13;

/** How the stream does: for whoever runs it. */
export function OperationsPage() {
  // The last minute, for what is told per second.
  const readings = useRef<Reading[]>([]);
  const { value, problem, reload } = usePolling('operations', intervalMs, async signal => {
    const view = await getOperationsView(signal);
    readings.current = [...readings.current, { at: performance.now() / 1000, metrics: parseMetrics(view.metrics) }].slice(-kept);
    return view;
  });
  if (value === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const [first, last] = [readings.current[0]!, readings.current.at(-1)!];
  return (
    <div class="numbers">
      <h1 class="unseen">Operations</h1>
      {problem !== null && <Banner problem={problem} />}
      <HealthCard health={value.health} />
      <AlertsCard operations={value.operations} />
      <StreamFigures first={first} last={last} />
      <div class="columns">
        <PartitionTable metrics={last.metrics} />
        <Refusals metrics={last.metrics} />
      </div>
      <BudgetRisk metrics={last.metrics} />
    </div>
  );
}
