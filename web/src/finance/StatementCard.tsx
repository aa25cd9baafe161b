import { type Journal, type Statement, type StatementLine, statementUrl } from '../api/finance';
import { count, money } from '../format/numbers';
import { Part } from './Part';

/** Whose statement, of which month. */
export interface StatementChoice {
  readonly advertiser: string;
  readonly currency: string;
  readonly month: string;
}

/** What an advertiser was charged and paid in a month. A line of clicks leads to them. */
export function StatementCard({ journals, choice, choose, statement: found, isLoading, showEvidence }: {
  journals: readonly Journal[];
  choice: StatementChoice;
  choose: (choice: StatementChoice) => void;
  statement: Statement | null;
  /** Whether the statement is of another choice. */
  isLoading: boolean;
  showEvidence: (day: string, campaign: string) => void;
}) {
  const { advertiser, currency, month } = choice;
  const known = journals.some(journal => journal.advertiser_id === advertiser && journal.currency === currency);
  const options = known ? journals : [{ advertiser_id: advertiser, currency }, ...journals];
  return (
    <section class="card" aria-labelledby="statement">
      <div class="head">
        <h2 id="statement" tabIndex={-1}>Statement</h2>
        <div class="days">
          <label>Advertiser{' '}
            <select value={JSON.stringify([advertiser, currency])} onChange={event => {
              const [nextAdvertiser, nextCurrency] = JSON.parse(event.currentTarget.value) as [string, string];
              choose({ ...choice, advertiser: nextAdvertiser, currency: nextCurrency });
            }}>
              {options.map(journal => {
                const value = JSON.stringify([journal.advertiser_id, journal.currency]);
                return <option key={value} value={value}>{journal.advertiser_id}, {journal.currency}</option>;
              })}
            </select>
          </label>
          <label>Month <input type="month" required value={month} onChange={event => event.currentTarget.value && choose({ ...choice, month: event.currentTarget.value })} /></label>
        </div>
        <p class="links">
          <a href={statementUrl(advertiser, currency, month, 'html')} target="_blank" rel="noopener">Printable statement</a>
          <a href={statementUrl(advertiser, currency, month, 'csv')} download>CSV</a>
          <a href={statementUrl(advertiser, currency, month, 'parquet')} download>Parquet</a>
        </p>
      </div>
      <Part value={found} isLoading={isLoading} absent="Nothing was ever posted for this advertiser in this currency.">
        {statement => <><Summary statement={statement} /><Lines statement={statement} showEvidence={showEvidence} /></>}
      </Part>
    </section>
  );
}

const Summary = ({ statement }: { statement: Statement }) => {
  const rows = [
    ['Balance before', statement.opening_balance_micros], ['Charges', statement.charges_micros], ['Corrections', statement.corrections_micros],
    ['Payments', statement.payments_micros], ['Credits', statement.credits_micros], ['Balance after', statement.closing_balance_micros],
  ] as const;
  return (
    <dl class="sums">
      {rows.map(([name, micros]) => <div key={name}><dt>{name}</dt><dd data-sum={name}>{money(BigInt(micros), statement.currency)}</dd></div>)}
    </dl>
  );
};

const Lines = ({ statement, showEvidence }: { statement: Statement; showEvidence: (day: string, campaign: string) => void }) => (
  <>
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Lines of the statement">
      <table>
        <caption class="unseen">Entries booked in {statement.month}</caption>
        <thead>
          <tr>
            <th scope="col">Booked</th><th scope="col">Kind</th><th scope="col">Clicks of</th><th scope="col">Campaign or reference</th>
            <th scope="col" class="number">Clicks</th><th scope="col" class="number">Amount</th><th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>{statement.lines.map(line => <Line key={line.entry_id} line={line} currency={statement.currency} showEvidence={showEvidence} />)}</tbody>
      </table>
    </div>
    {statement.lines.length === 0 && <p class="empty">Nothing was booked in this month.</p>}
  </>
);

function Line({ line, currency, showEvidence }: { line: StatementLine; currency: string; showEvidence: (day: string, campaign: string) => void }) {
  const { click_day: day, campaign_id: campaign } = line;
  return (
    <tr>
      <th scope="row">{line.booked_on}</th>
      <td>{line.kind}</td>
      <td>{day ?? ''}</td>
      <td title={line.note}>{campaign ?? line.reference ?? ''}</td>
      <td class="number">{line.clicks === undefined ? '' : count(line.clicks)}</td>
      <td class="number">{money(BigInt(line.amount_micros), currency)}</td>
      <td>{day !== undefined && campaign !== undefined
        && <button type="button" class="plain" onClick={() => showEvidence(day, campaign)}>Show clicks<span class="unseen"> of {campaign} on {day}</span></button>}</td>
    </tr>
  );
}
