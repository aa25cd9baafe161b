import { useState } from 'preact/hooks';
import type { Overview } from '../api/analytics';
import { pointTime } from '../format/times';
import { byTime, figureText, figuresOf, metricNames, metrics } from './metrics';

/** The chart as a table: every metric of every point, newest first. Made only when it is opened. */
export function SeriesTable({ overview, currency, serverTime }: { overview: Overview; currency: string; serverTime: number }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="series" onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary>Show the numbers as a table</summary>
      {isOpen && (
        <div class="scroll tall" tabIndex={0} role="region" aria-label="Numbers of the chart">
          <table>
            <caption class="unseen">All metrics by time, newest first</caption>
            <thead>
              <tr><th scope="col">Time</th>{metrics.map(metric => <th scope="col" key={metric} class="number">{metricNames[metric]}</th>)}<th scope="col">State</th></tr>
            </thead>
            <tbody>
              {[...byTime(overview.series)].filter(([time]) => time * 1000 <= serverTime).reverse().map(([time, points]) => {
                const figures = figuresOf(points, currency);
                return (
                  <tr key={time}>
                    <th scope="row">{pointTime(time * 1000, overview.granularity)}</th>
                    {metrics.map(metric => <td key={metric} class="number">{figureText(metric, figures[metric], currency)}</td>)}
                    <td>{points.every(point => point.accuracy === 'final') ? 'Final' : 'Live'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
