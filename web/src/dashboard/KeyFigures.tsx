import type { Overview } from '../api/analytics';
import { changeOf, changeText } from '../format/numbers';
import { clock, day } from '../format/times';
import { type Metric, figureText, figuresOf, metricMeanings, metricNames, metrics } from './metrics';
import type { View } from './view';

// More clicks are good and a higher price is not; more spend is neither.
const goodDirection: Record<Metric, number> = { total_spend: 0, clicks: 1, impressions: 1, ctr: 1, cpc: -1, conversions: 1 };

/** The headline: each figure with its change, and a button that puts it on the chart. */
export function KeyFigures({ overview, view, show, currency, currencies }: {
  overview: Overview; view: View; show: (view: View) => void; currency: string; currencies: readonly string[];
}) {
  const now = figuresOf(overview.totals, currency);
  const before = figuresOf(overview.comparison?.totals ?? [], currency);
  return (
    <section class="card figures" aria-label="Totals of the range">
      {metrics.map(metric => (
        <button type="button" key={metric} class="figure" aria-pressed={view.metric === metric} title={metricMeanings[metric]}
          onClick={() => show({ ...view, metric })}>
          <span class="name">{metricNames[metric]}</span>
          <span class="value" data-figure={metric}>{figureText(metric, now[metric], currency)}</span>
          <Change metric={metric} now={now[metric]} before={before[metric]} text={figureText(metric, before[metric], '')} />
        </button>
      ))}
      <p class="note">
        {overview.comparison && <>Compared with {period(overview.comparison.start_time, overview.comparison.end_time)}. </>}
        {currencies.length > 1 && (
          <label>Money in <select value={currency} onChange={event => show({ ...view, currency: event.currentTarget.value })}>
            {currencies.map(code => <option key={code} value={code}>{code}</option>)}
          </select>; amounts of different currencies are never added. </label>
        )}
      </p>
    </section>
  );
}

function Change({ metric, now, before, text }: { metric: Metric; now: number | bigint | null; before: number | bigint | null; text: string }) {
  const change = changeOf(now, before);
  if (change === null)
    return <span class="change">{before === null || Number(before) === 0 ? 'nothing to compare' : '–'}</span>;
  const judged = Math.sign(change) * goodDirection[metric];
  return (
    <span class={judged > 0 ? 'change good' : judged < 0 ? 'change bad' : 'change'}>
      <span aria-hidden="true">{change > 0 ? '↑' : change < 0 ? '↓' : '='}</span><span class="unseen">{change > 0 ? 'up' : change < 0 ? 'down' : 'unchanged'}</span> {changeText(change)} <span class="before">from {text}</span>
    </span>
  );
}

function period(start: string, end: string): string {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const isWholeDays = to % 86_400_000 === 0 && from % 86_400_000 === 0;
  if (isWholeDays)
    return to - from === 86_400_000 ? day(from) : `${day(from)} to ${day(to - 1)}`;
  return day(from) === day(to) ? `${day(from)}, ${clock(from)} to ${clock(to)}` : `${day(from)} to ${day(to)}, ${clock(to)}`;
}
