import type { Report, UnexplainedRow } from '../api/finance';
import { count, money } from '../format/numbers';
import { pointTime } from '../format/times';

/** The hours and keys that differ for no known cause. */
export const UnexplainedRows = ({ unexplained }: { unexplained: Report['unexplained'] }) => (
  <div class="currency">
    <h3>Unexplained rows</h3>
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of unexplained rows">
      <table>
        <caption class="unseen">Hours and keys that no cause accounts for</caption>
        <thead>
          <tr>
            <th scope="col">Hour</th><th scope="col">Advertiser</th><th scope="col">Campaign</th><th scope="col">Ad</th><th scope="col">Device, country</th>
            <th scope="col" class="number">Recount</th><th scope="col" class="number">Stream</th><th scope="col" class="number">Unexplained clicks</th><th scope="col" class="number">Unexplained spend</th>
          </tr>
        </thead>
        <tbody>{unexplained.listed.map(row => <Line key={keyOf(row)} row={row} />)}</tbody>
      </table>
    </div>
    <p class="muted note">
      {count(unexplained.listed.length)} of {count(unexplained.rows)} shown. The stream has no row for {count(unexplained.missing_in_stream)} of them, the recount none for {count(unexplained.missing_in_truth)}.
    </p>
  </div>
);

const keyOf = (row: UnexplainedRow): string =>
  [row.hour, row.advertiser_id, row.campaign_id, row.ad_group_id, row.ad_id, row.creative_id, row.currency, row.device, row.country].join('\n');

const Line = ({ row }: { row: UnexplainedRow }) => (
  <tr>
    <th scope="row">{pointTime(Date.parse(row.hour), '1h')}</th>
    <td>{row.advertiser_id}</td><td>{row.campaign_id}</td><td>{row.ad_id}</td>
    <td>{[row.device, row.country].filter(text => text !== '').join(', ')}</td>
    <td class="number">{count(row.truth.clicks)}</td>
    <td class="number">{count(row.stream.clicks)}</td>
    <td class="number">{count(row.unexplained.clicks)}</td>
    <td class="number">{money(BigInt(row.unexplained.spend_micros), row.currency)}</td>
  </tr>
);
