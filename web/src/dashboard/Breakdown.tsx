import { type Counts, type Order, dimensions } from '../api/analytics';
import type { Overview, Row } from '../api/analytics';
import { Choice } from '../app/Choice';
import { count, ratio } from '../format/numbers';
import { parseMicros } from '../money/micros';
import { Sparkline } from './Sparkline';
import { breakdownCsv, download } from './csv';
import { type Metric, figureText, isMoney, metricNames } from './metrics';
import { dimensionNames, valueName } from './names';
import { type View, rowsStep, withFilter } from './view';

const columns = ['clicks', 'total_spend', 'ctr', 'cpc', 'impressions', 'conversions'] as const;

function cellText(row: Counts, column: Metric, currency: string): string {
  if (!isMoney(column))
    return figureText(column, row[column as 'clicks'], '');
  const amount = row[column as 'total_spend' | 'cpc'];
  return figureText(column, amount === null ? null : parseMicros(amount), currency);
}

/** The range by a dimension. A row's name filters by it, a column's name sorts by it. */
export function Breakdown({ overview, view, show, serverTime }: { overview: Overview; view: View; show: (view: View) => void; serverTime: number }) {
  const { breakdown } = overview;
  // One currency stands in the column's head, several beside each amount.
  const currencies = new Set(breakdown.rows.map(row => row.currency));
  const common = currencies.size === 1 ? [...currencies][0]! : '';
  const steps = stepsSoFar(overview, serverTime);
  const total = overview.totals.reduce((sum, counts) => sum + counts.clicks, 0);
  return (
    <section class="card breakdown" aria-label="Breakdown">
      <div class="head">
        <Choice label="Break down by" chosen={view.by} options={dimensions.map(value => ({ value, name: dimensionNames[value] }))}
          choose={by => show({ ...view, by, rows: rowsStep })} />
        <button type="button" class="plain" onClick={() => download(`${overview.advertiser_id}-by-${breakdown.dimension}.csv`, breakdownCsv(overview))}>Export CSV</button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Table by ${dimensionNames[breakdown.dimension]}`}>
        <table>
          <caption class="unseen">By {dimensionNames[breakdown.dimension]}; names filter, column heads sort</caption>
          <thead>
            <tr>
              <th scope="col">{dimensionNames[breakdown.dimension]}</th>
              <th scope="col" class="trend">Clicks over time</th>
              {columns.map(column => <Head key={column} column={column} unit={isMoney(column) ? common : ''} view={view} show={show} />)}
            </tr>
          </thead>
          <tbody>
            {breakdown.rows.map(row => <Line key={`${row[breakdown.dimension]} ${row.currency}`} row={row} overview={overview} total={total} common={common} steps={steps} filter={value => show(withFilter(view, [breakdown.dimension, value]))} />)}
          </tbody>
        </table>
      </div>
      {breakdown.count === 0 && <p class="empty">Nothing was counted in this range{view.filters.length > 0 ? ' with these filters' : ''}.</p>}
      {breakdown.count > breakdown.rows.length && (
        <p class="more">
          {count(breakdown.rows.length)} of {count(breakdown.count)} rows
          <button type="button" class="plain" onClick={() => show({ ...view, rows: view.rows + rowsStep })}>Show more</button>
        </p>
      )}
    </section>
  );
}

/** Steps of the trends that are over: of the others nothing, or not all, is known. */
function stepsSoFar({ series, breakdown }: Overview, serverTime: number): number {
  const start = series[0]?.timestamp ?? 0;
  return Math.max(2, Math.floor((serverTime / 1000 - start) / breakdown.trend_step_seconds));
}

function Head({ column, unit, view, show }: { column: Order; unit: string; view: View; show: (view: View) => void }) {
  const isSorted = view.order === column;
  return (
    <th scope="col" class="number" aria-sort={isSorted ? view.isAscending ? 'ascending' : 'descending' : undefined}>
      <button type="button" class="sort" onClick={() => show({ ...view, order: column, isAscending: isSorted && !view.isAscending })}>
        {metricNames[column]}{unit && ` ${unit}`}<span class="direction" aria-hidden="true">{isSorted ? view.isAscending ? '↑' : '↓' : ''}</span>
      </button>
    </th>
  );
}

function Line({ row, overview, total, common, steps, filter }: { row: Row; overview: Overview; total: number; common: string; steps: number; filter: (value: string) => void }) {
  const value = row[overview.breakdown.dimension] ?? '';
  const share = total === 0 ? 0 : row.clicks / total;
  return (
    <tr>
      <th scope="row" class="name">
        <button type="button" class="row" onClick={() => filter(value)} title="Show only this">{valueName(value)}</button>
        <span class="share" title={`${ratio(share)} of the clicks`}><span style={{ width: `${100 * share}%` }} /></span>
      </th>
      <td class="trend"><Sparkline values={row.trend.slice(0, steps)} /></td>
      {columns.map(column => <td key={column} class="number">{cellText(row, column, common === '' ? row.currency : '')}</td>)}
    </tr>
  );
}
