// Reads the Prometheus text format 0.0.4 as /metrics writes it.

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples by the name of their series. */
export type Metrics = ReadonlyMap<string, readonly Sample[]>;

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

const number = (text: string): number => text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
const unescape = (text: string): string => text.replace(/\\(.)/g, (_, escaped: string) => escaped === 'n' ? '\n' : escaped);

/** Reads all samples; lines that are none are skipped, as comments are. */
export function parseMetrics(text: string): Metrics {
  const metrics = new Map<string, Sample[]>();
  for (const row of text.split('\n')) {
    const match = line.exec(row);
    if (!match)
      continue;
    const [, name, labels = '', value] = match;
    const sample = { labels: Object.fromEntries([...labels.matchAll(label)].map(([, key, quoted]) => [key!, unescape(quoted!)])), value: number(value!) };
    const samples = metrics.get(name!);
    if (samples)
      samples.push(sample);
    else
      metrics.set(name!, [sample]);
  }

  return metrics;
}

/** The sum of a series' samples that have these labels; 0 without any, as a counter appears with its first increment. */
export const sumOf = (metrics: Metrics, name: string, labels: Readonly<Record<string, string>> = {}): number =>
  (metrics.get(name) ?? [])
    .filter(sample => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
    .reduce((sum, sample) => sum + sample.value, 0);

/** The same, where what is not there is unknown and no zero. */
export const knownSumOf = (metrics: Metrics, isShared: boolean, name: string, labels: Readonly<Record<string, string>> = {}): number | null =>
  isShared && !metrics.has(name) ? null : sumOf(metrics, name, labels);

/** A histogram's cumulative counts by upper bound, over all its series. */
export function bucketsOf(metrics: Metrics, name: string): ReadonlyMap<number, number> {
  const buckets = new Map<number, number>();
  for (const { labels, value } of metrics.get(`${name}_bucket`) ?? []) {
    const bound = number(labels['le'] ?? '');
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }

  return buckets;
}

/**
 * The value below which a part of the observations lie, interpolated within its bucket; null without observations. Of those
 * above the last bound only that bound is known.
 */
export function quantile(part: number, buckets: ReadonlyMap<number, number>): number | null {
  const bounds = [...buckets.keys()].sort((a, b) => a - b);
  const total = buckets.get(Infinity) ?? 0;
  if (total <= 0)
    return null;
  const rank = part * total;
  let lower = 0;
  let below = 0;
  for (const bound of bounds) {
    const upTo = buckets.get(bound)!;
    if (upTo >= rank && upTo > below)
      return bound === Infinity ? lower : lower + (bound - lower) * (rank - below) / (upTo - below);
    lower = bound;
    below = upTo;
  }

  return lower;
}
