// What the metrics say about the way of the clicks.
import { type Metrics, bucketsOf, quantile, sumOf } from './prometheus';

export const outcomes = ['accepted', 'duplicate', 'late', 'quarantined', 'non_click'] as const;
export type Outcome = typeof outcomes[number];

export interface Partition {
  readonly name: string;
  /** Null, as every field, where it is unknown. */
  readonly lag: number | null;
  /** Seconds for which records wait at most; only where hosts share what they know. */
  readonly waiting: number | null;
  readonly watermarkAge: number | null;
  readonly isFailing: boolean | null;
  readonly events: Readonly<Record<Outcome, number>>;
}

/** The metrics at one moment, seconds of the page's own clock. */
export interface Reading {
  readonly at: number;
  readonly metrics: Metrics;
}

const eventsName = 'clickfuncs_processor_events_total';

const eventsIn = (metrics: Metrics, labels: Record<string, string>): Record<Outcome, number> =>
  Object.fromEntries(outcomes.map(outcome => [outcome, sumOf(metrics, eventsName, { ...labels, outcome })])) as Record<Outcome, number>;

const named = ['clickfuncs_partition_lag', 'clickfuncs_log_last_sequence', 'clickfuncs_partition_committed_sequence'];

/** The partitions, in the order of their numbers. */
export function partitionsOf(metrics: Metrics): readonly Partition[] {
  const names = new Set(named.flatMap(name => metrics.get(name) ?? []).map(sample => sample.labels['partition'] ?? ''));
  const of = (name: string, partition: string): number | null => (metrics.get(name) ?? []).find(sample => sample.labels['partition'] === partition)?.value ?? null;
  return [...names].sort((a, b) => Number(a) - Number(b)).map(partition => {
    const failing = of('clickfuncs_partition_failing', partition);
    return {
      name: partition,
      lag: of('clickfuncs_partition_lag', partition),
      waiting: of('clickfuncs_partition_lag_seconds', partition),
      watermarkAge: of('clickfuncs_partition_watermark_lag_seconds', partition),
      isFailing: failing === null ? null : failing > 0,
      events: eventsIn(metrics, { partition }),
    };
  });
}

/** The sum, unknown as soon as one is. */
export const sumKnown = (values: readonly (number | null)[]): number | null =>
  values.reduce((sum, value) => sum === null || value === null ? null : sum + value, 0 as number | null);

/** All events since the host's start, by what became of them. */
export const eventsOf = (metrics: Metrics): Readonly<Record<Outcome, number>> => eventsIn(metrics, {});

/** A part of the whole; null when there is no whole. */
export const shareOf = (events: Readonly<Record<Outcome, number>>, outcome: Outcome): number | null => {
  const all = outcomes.reduce((sum, name) => sum + events[name], 0);
  return all === 0 ? null : events[outcome] / all;
};

/** Growth of a counter per second between two readings; null when there is but one, or the host started anew between them. */
export function rateOf(first: Reading, last: Reading, name: string, labels: Record<string, string> = {}): number | null {
  const grown = sumOf(last.metrics, name, labels) - sumOf(first.metrics, name, labels);
  return last.at <= first.at || grown < 0 ? null : grown / (last.at - first.at);
}

/** A quantile of what was observed between two readings, or since the host's start when nothing was. */
export function recentQuantile(part: number, first: Reading, last: Reading, name: string): number | null {
  const [before, now] = [bucketsOf(first.metrics, name), bucketsOf(last.metrics, name)];
  const recent = new Map([...now].map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)]));
  return quantile(part, (recent.get(Infinity) ?? 0) > 0 ? recent : now);
}

/** Refused redirects since the start, by reason, the most frequent first. */
export const refusalsOf = (metrics: Metrics): readonly (readonly [string, number])[] =>
  (metrics.get('clickfuncs_redirect_requests_total') ?? [])
    .map(sample => [sample.labels['outcome'] ?? '', sample.value] as const)
    .filter(([outcome, value]) => outcome !== 'click' && outcome !== 'non_click' && value > 0)
    .sort((a, b) => b[1] - a[1]);
