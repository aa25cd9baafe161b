import type { Granularity } from '../api/analytics';
import { pointTime } from '../format/times';
import type { ChartPoint } from './chart-data';
import { type Metric, figureText } from './metrics';

/** The numbers under the pointer. They stand in the table too, so this is for the eye only. */
export const ChartTip = ({ point, left, isRight, metric, granularity, currency }: {
  point: ChartPoint; left: number; isRight: boolean; metric: Metric; granularity: Granularity; currency: string;
}) => (
  <div class={isRight ? 'tip right' : 'tip'} style={{ left: `${left}px` }} aria-hidden="true">
    <p class="muted">{pointTime(point.time * 1000, granularity)}</p>
    <p class="value">{figureText(metric, point.value, currency)}</p>
    {point.before !== null && <p class="muted">{figureText(metric, point.before, currency)} before</p>}
    <p class="state">{point.accuracy === 'final' ? 'Final' : point.isComplete ? 'Live' : 'Live, not over'}</p>
  </div>
);
