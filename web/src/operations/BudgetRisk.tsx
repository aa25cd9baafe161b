import { count } from '../format/numbers';
import { duration } from '../format/times';
import { type Metrics, knownSumOf, sumOf } from './prometheus';

const states = [
  ['active', 'Running', 'Served, with money left.'], ['pacing', 'Near a limit', 'Served, and read more often.'],
  ['held', 'Held back', 'Not served: spend is not known well enough, or too much may be spent unseen. Many at once mean that counting lags.'],
  ['exhausted', 'Spent', 'Not served: the money is spent.'],
] as const;

const amount = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What may have been spent unseen, and the campaigns by state. Absent on a host without budgets. */
export function BudgetRisk({ metrics, isShared }: { metrics: Metrics; isShared: boolean }) {
  const totals = metrics.get('clickfuncs_budget_total_money_at_risk') ?? [];
  const staleness = metrics.get('clickfuncs_budget_staleness_seconds')?.[0]?.value;
  if (totals.length === 0 && isShared) {
    return (
      <section class="card differences" aria-labelledby="risk">
        <h2 id="risk">Money at risk</h2>
        <p class="muted">{metrics.has('clickfuncs_budget_total_risk_limit') ? 'No campaign has a budget.' : 'Unknown: what the keeping of budgets shows could not be read, or it has shown nothing yet.'}</p>
      </section>
    );
  }

  if (totals.length === 0)
    return null;
  const overBudget = knownSumOf(metrics, isShared, 'clickfuncs_budget_over_budget_clicks_total');
  return (
    <section class="card differences" aria-labelledby="risk">
      <h2 id="risk">Money at risk</h2>
      <dl>
        {totals.map(({ labels, value }) => (
          <div key={labels['currency']} class="result">
            <dt>{labels['currency']}</dt><dd class="clicks" data-risk={labels['currency']}>{amount.format(value)}</dd>
            <dd class="meaning">Velocity times staleness, all campaigns together: what may have been spent that is not known yet.</dd>
          </div>
        ))}
        {states.map(([state, name, meaning]) => (
          <div key={state}><dt>{name}</dt><dd class="clicks">{count(sumOf(metrics, 'clickfuncs_budget_campaigns', { state }))}</dd><dd class="meaning">{meaning}</dd></div>
        ))}
        <div><dt>Over budget</dt><dd class="clicks">{overBudget === null ? 'unknown' : count(overBudget)}</dd><dd class="meaning">Clicks on stopped campaigns since the start: redirected, not billed.</dd></div>
      </dl>
      <p class="muted">Spend is known as of {staleness === undefined ? 'no time yet' : `${duration(staleness)} ago`}.</p>
    </section>
  );
}
