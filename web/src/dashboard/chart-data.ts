// What the chart draws: columns of the same length, one entry per time.
import { type Accuracy, type Overview } from '../api/analytics';
import { type Micros } from '../money/micros';
import { type Metric, axisValue, byTime, figuresOf } from './metrics';
import { widthMs } from './range';

export interface ChartPoint {
  /** Seconds since 1970. */
  readonly time: number;
  readonly value: number | Micros | null;
  readonly accuracy: Accuracy;
  /** Whether the watermark has passed its end: until then it still grows. */
  readonly isComplete: boolean;
  /** The same metric as long before as the ranges lie apart; null where there is none. */
  readonly before: number | Micros | null;
}

/** The points of a metric up to the present: of the future nothing is known, which is not zero. */
export function chartPoints(overview: Overview, metric: Metric, currency: string, now: number): readonly ChartPoint[] {
  const width = widthMs[overview.granularity] / 1000;
  const watermark = overview.watermark === null ? 0 : Date.parse(overview.watermark) / 1000;
  const earlier = [...byTime(overview.comparison?.series ?? []).values()].map(points => figuresOf(points, currency)[metric]);
  return [...byTime(overview.series)]
    .filter(([time]) => time * 1000 <= now)
    .map(([time, points], index) => ({
      time,
      value: figuresOf(points, currency)[metric],
      accuracy: points.every(point => point.accuracy === 'final') ? 'final' as const : 'live' as const,
      isComplete: time + width <= watermark || points.every(point => point.accuracy === 'final'),
      before: earlier[index] ?? null,
    }));
}

type Column = (number | null)[];

/**
 * The columns of the plot: time, before, complete, open. The open line begins at the last complete point, so that it
 * goes on from there.
 */
export function plotColumns(points: readonly ChartPoint[]): [number[], Column, Column, Column] {
  const firstOpen = points.findIndex(point => !point.isComplete);
  const from = firstOpen < 0 ? points.length : firstOpen;
  return [
    points.map(point => point.time),
    points.map(point => axisValue(point.before)),
    points.map((point, index) => index < from ? axisValue(point.value) : null),
    points.map((point, index) => index >= from - 1 && from < points.length ? axisValue(point.value) : null),
  ];
}
