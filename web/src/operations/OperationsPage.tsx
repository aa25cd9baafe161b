import { useRef } from 'preact/hooks';
import { type OperationsView, getOperationsView } from '../api/operations';
import { Banner } from '../app/Banner';
import { ProblemNotice } from '../app/Notice';
import { Loading } from '../dashboard/Loading';
import { usePolling } from '../live/usePolling';
import { AlertsCard } from './AlertsCard';
import { BudgetRisk } from './BudgetRisk';
import { HealthCard } from './HealthCard';
import { PartitionTable } from './PartitionTable';
import { Refusals } from './Refusals';
import { RunsCard } from './RunsCard';
import { StreamFigures } from './StreamFigures';
import { parseMetrics } from './prometheus';
import type { Reading } from './stream';

const intervalMs = 5_000;
const kept = 13;

/** Where hosts share what they know, the moment is that of the look at it: several answers may be of the same one. */
const momentOf = ({ operations }: OperationsView): number => operations.is_shared ? Date.parse(operations.as_of) / 1000 : performance.now() / 1000;

/** How the stream does: for whoever runs it. */
export function OperationsPage() {
  // The last minute, for what is told per second.
  const readings = useRef<Reading[]>([]);
  const { value, problem, reload } = usePolling('operations', intervalMs, async signal => {
    const view = await getOperationsView(signal);
    readings.current = [...readings.current, { at: momentOf(view), metrics: parseMetrics(view.metrics) }].slice(-kept);
    return view;
  });
  if (value === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const isShared = value.operations.is_shared;
  const [first, last] = [readings.current[0]!, readings.current.at(-1)!];
  return (
    <div class="numbers">
      {problem !== null && <Banner problem={problem} />}
      <HealthCard health={value.health} />
      <AlertsCard operations={value.operations} />
      <StreamFigures first={first} last={last} isShared={isShared} />
      <div class="columns">
        <PartitionTable metrics={last.metrics} isShared={isShared} />
        <Refusals metrics={last.metrics} isShared={isShared} />
      </div>
      <BudgetRisk metrics={last.metrics} isShared={isShared} />
      {value.operations.last_runs !== null && <RunsCard runs={value.operations.last_runs} />}
    </div>
  );
}
