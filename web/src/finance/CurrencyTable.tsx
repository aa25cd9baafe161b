import type { Counts, CurrencyFigures } from '../api/finance';
import { count, money } from '../format/numbers';
import { causeMeaning, causeName } from './causes';

const million = 1_000_000;
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 4 });

/** What events without a price are filed under. */
const currencyName = (currency: string): string => currency === '' ? 'Without a price' : currency;

/** The figures of a currency: recount, stream, and what accounts for their difference. */
export function CurrencyTable({ figures }: { figures: CurrencyFigures }) {
  const { currency, drift_ppm: drift } = figures;
  const touched = figures.causes.filter(cause => cause.rows > 0);
  return (
    <div class="currency" data-currency={currency}>
      <h3>{currencyName(currency)}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Differences, ${currencyName(currency)}`}>
        <table>
          <caption class="unseen">Recount and stream, {currencyName(currency)}; a cause's row is its part of recount minus stream</caption>
          <thead><tr><th scope="col">{' '}<span class="unseen">Count</span></th><th scope="col" class="number">Clicks</th><th scope="col" class="number">Spend</th><th scope="col" class="number">Impressions</th><th scope="col" class="number">Conversions</th></tr></thead>
          <tbody>
            <Line id="truth" name="Recount" counts={figures.truth} currency={currency} />
            <Line id="stream" name="Stream" counts={figures.stream} currency={currency} />
            <Line id="difference" name="Difference" counts={figures.difference} currency={currency} />
            {touched.map(({ cause, counts }) => <Line key={cause} id={cause} name={causeName(cause)} counts={counts} currency={currency} isPart />)}
            <Line id="unexplained" name="Unexplained" counts={figures.unexplained} currency={currency} isPart />
          </tbody>
        </table>
      </div>
      <p class="muted note">Divergence: {share.format(drift.clicks / million)} of the clicks, {share.format(drift.spend / million)} of the spend, opposite errors added up.</p>
      {touched.length > 0 && <dl class="facts">{touched.map(({ cause, rows }) => <div key={cause}><dt>{causeName(cause)}</dt><dd class="muted">{causeMeaning(cause)} It touches {count(rows)} hours and keys.</dd></div>)}</dl>}
    </div>
  );
}

const Line = ({ id, name, counts, currency, isPart = false }: { id: string; name: string; counts: Counts; currency: string; isPart?: boolean }) => (
  <tr data-row={id} class={isPart ? 'part' : undefined}>
    <th scope="row">{name}</th>
    <td class="number">{count(counts.clicks)}</td>
    <td class="number">{money(BigInt(counts.spend_micros), currency)}</td>
    <td class="number">{count(counts.impressions)}</td>
    <td class="number">{count(counts.conversions)}</td>
  </tr>
);
