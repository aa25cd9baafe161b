import type { Journal } from '../api/finance';
import { count, money } from '../format/numbers';

/** Who owes what. A name leads to its statement. */
export const LedgerCard = ({ journals, showStatement }: { journals: readonly Journal[]; showStatement: (advertiser: string, currency: string) => void }) => (
  <section class="card" aria-labelledby="ledger">
    <div class="head"><h2 id="ledger">Ledger</h2></div>
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of balances">
      <table>
        <caption class="unseen">What each advertiser owes, in each currency; names lead to statements</caption>
        <thead><tr><th scope="col">Advertiser</th><th scope="col" class="number">Owes</th><th scope="col" class="number">Entries</th></tr></thead>
        <tbody>
          {journals.map(({ advertiser_id: advertiser, currency, entries, balance_micros: balance }) => (
            <tr key={`${advertiser} ${currency}`} data-journal={`${advertiser} ${currency}`}>
              <th scope="row"><button type="button" class="row" title="Show the statement" onClick={() => showStatement(advertiser, currency)}>{advertiser}</button></th>
              <td class="number">{money(BigInt(balance), currency)}</td>
              <td class="number">{count(entries)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {journals.length === 0 && <p class="empty">Nothing was posted yet. The first close of a day with clicks posts its charges.</p>}
  </section>
);
