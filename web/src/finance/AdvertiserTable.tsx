import type { Report } from '../api/finance';
import { count, money } from '../format/numbers';

/** The day by advertiser. A name leads to its statement. */
export const AdvertiserTable = ({ advertisers, showStatement }: { advertisers: Report['advertisers']; showStatement: (advertiser: string, currency: string) => void }) => (
  <div class="currency">
    <h3>Advertisers</h3>
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of advertisers">
      <table>
        <caption class="unseen">The day by advertiser and currency; names lead to statements</caption>
        <thead>
          <tr>
            <th scope="col">Advertiser</th><th scope="col" class="number">Clicks, recount</th><th scope="col" class="number">Clicks, stream</th>
            <th scope="col" class="number">Spend, recount</th><th scope="col" class="number">Spend, stream</th><th scope="col" class="number">Unexplained clicks</th>
          </tr>
        </thead>
        <tbody>
          {advertisers.map(({ advertiser_id: advertiser, currency, truth, stream, unexplained }) => (
            <tr key={`${advertiser} ${currency}`}>
              <th scope="row">{currency === '' ? advertiser
                : <button type="button" class="row" title="Show the statement" onClick={() => showStatement(advertiser, currency)}>{advertiser}</button>}</th>
              <td class="number">{count(truth.clicks)}</td>
              <td class="number">{count(stream.clicks)}</td>
              <td class="number">{money(BigInt(truth.spend_micros), currency)}</td>
              <td class="number">{money(BigInt(stream.spend_micros), currency)}</td>
              <td class="number">{count(unexplained.clicks)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </div>
);
