// What is seen, as a file: RFC 4180, numbers plain, times in UTC.
import { type Overview } from '../api/analytics';

type Cell = string | number | null;

// A spreadsheet would run a text that begins like a formula.
const harmless = (text: string) => /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;

function cell(value: Cell): string {
  if (value === null)
    return '';
  const text = typeof value === 'number' ? String(value) : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lines = (rows: readonly (readonly Cell[])[]) => rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');

/** The chart's points, all metrics. */
export const seriesCsv = ({ series }: Pick<Overview, 'series'>): string => lines([
  ['time', 'currency', 'impressions', 'clicks', 'raw_clicks', 'conversions', 'total_spend', 'ctr', 'cvr', 'cpc', 'accuracy'],
  ...series.map(point => [
    new Date(point.timestamp * 1000).toISOString(), point.currency, point.impressions, point.clicks, point.raw_clicks, point.conversions,
    point.total_spend, point.ctr, point.cvr, point.cpc, point.accuracy,
  ]),
]);

/** The table's rows. */
export const breakdownCsv = ({ breakdown }: Pick<Overview, 'breakdown'>): string => lines([
  [breakdown.dimension, 'currency', 'impressions', 'clicks', 'raw_clicks', 'conversions', 'total_spend', 'ctr', 'cvr', 'cpc', 'accuracy'],
  ...breakdown.rows.map(row => [
    harmless(row[breakdown.dimension] ?? ''), row.currency, row.impressions, row.clicks, row.raw_clicks, row.conversions,
    row.total_spend, row.ctr, row.cvr, row.cpc, row.accuracy,
  ]),
]);

/** Gives the browser a file to keep. */
export function download(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
