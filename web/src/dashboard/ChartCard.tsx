import { useMemo } from 'preact/hooks';
import type { Granularity, Overview } from '../api/analytics';
import { pointTime } from '../format/times';
import { SeriesTable } from './SeriesTable';
import { TimeChart } from './TimeChart';
import { type ChartPoint, chartPoints } from './chart-data';
import { download, seriesCsv } from './csv';
import { axisValue, figureText, metricNames } from './metrics';
import type { View } from './view';

const perWidth: Record<Granularity, string> = { '1m': 'minute', '1h': 'hour', '1d': 'day' };

/** A metric over time, what its marks mean, and its numbers as a table and as a file. */
export function ChartCard({ overview, view, currency, serverTime }: { overview: Overview; view: View; currency: string; serverTime: number }) {
  const points = useMemo(() => chartPoints(overview, view.metric, currency, serverTime), [overview, view.metric, currency]);
  const title = `${metricNames[view.metric]} per ${perWidth[overview.granularity]}`;
  const hasFinal = points.some(point => point.accuracy === 'final');
  const hasOpen = points.some(point => !point.isComplete);
  return (
    <section class="card chart" aria-label={title}>
      <div class="head">
        <h2>{title}</h2>
        <button type="button" class="plain" onClick={() => download(`${overview.advertiser_id}-${overview.granularity}.csv`, seriesCsv(overview))}>Export CSV</button>
      </div>
      {points.length === 0
        ? <p class="empty">This range lies in the future.</p>
        : <TimeChart points={points} metric={view.metric} granularity={overview.granularity} currency={currency} label={summary(title, points, view, overview.granularity, currency)} />}
      <ul class="legend">
        {hasFinal && <li><span class="key final" /><span><b>Final</b> recounted from the raw log and reconciled; this is what is billed.</span></li>}
        <li><span class="key live" /><span><b>Live</b> counted within seconds; the nightly recount may still correct it.</span></li>
        {hasOpen && <li><span class="key open" /><span><b>Not over</b> events of this time are still coming in.</span></li>}
        {overview.comparison && <li><span class="key before" /><span><b>Before</b> the range before, shifted onto this one.</span></li>}
      </ul>
      <SeriesTable overview={overview} currency={currency} serverTime={serverTime} />
    </section>
  );
}

/** What the picture shows, for who can't see it. */
function summary(title: string, points: readonly ChartPoint[], view: View, granularity: Granularity, currency: string): string {
  const highest = points.reduce((best, point) => (axisValue(point.value) ?? -1) > (axisValue(best.value) ?? -1) ? point : best);
  const [first, last] = [points[0]!, points.at(-1)!];
  return `${title} from ${pointTime(first.time * 1000, granularity)} to ${pointTime(last.time * 1000, granularity)}, `
    + `highest ${highest.value === null ? 'unknown' : figureText(view.metric, highest.value, currency)} at ${pointTime(highest.time * 1000, granularity)}. The numbers are in the table below.`;
}
