import type { Budget } from '../api/budgets';
import { money, none } from '../format/numbers';
import { moment } from '../format/times';
import { isStopped, reasonWords, stateWords } from './budget-words';
import type { View } from './view';

const amount = (micros: string | null, currency: string): string => micros === null ? none : money(BigInt(micros), currency);

/** What the campaigns of the view may spend, and whether they run. Absent when none of them has a budget. */
export function BudgetCard({ view, budgets: all, serverTime }: { view: View; budgets: readonly Budget[]; serverTime: number }) {
  const chosen = new Set(view.filters.filter(([dimension]) => dimension === 'campaign_id').map(([, campaign]) => campaign));
  const budgets = all.filter(budget => chosen.size === 0 || chosen.has(budget.campaign_id));
  if (budgets.length === 0)
    return null;
  return (
    <section class="card" aria-labelledby="budgets">
      <div class="head"><h2 id="budgets">Budgets</h2></div>
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of budgets">
        <table>
          <caption class="unseen">What each campaign has spent of its budget, and whether it runs</caption>
          <thead>
            <tr><th scope="col">Campaign</th><th scope="col" class="number">Spent today</th><th scope="col" class="number">Daily budget</th>
              <th scope="col" class="number">Spent</th><th scope="col" class="number">Budget</th><th scope="col">State</th></tr>
          </thead>
          <tbody>{budgets.map(budget => <Row key={budget.campaign_id} budget={budget} serverTime={serverTime} />)}</tbody>
        </table>
      </div>
      <p class="muted">Days are UTC days. Clicks on a stopped campaign still reach your page and are not billed.</p>
    </section>
  );
}

const Row = ({ budget, serverTime }: { budget: Budget; serverTime: number }) => (
  <tr data-budget={budget.campaign_id}>
    <th scope="row">{budget.campaign_id}</th>
    <td class="number">{amount(budget.spent_today_micros, budget.currency)}</td>
    <td class="number">{amount(budget.daily_micros, budget.currency)}</td>
    <td class="number">{amount(budget.spent_total_micros, budget.currency)}</td>
    <td class="number">{amount(budget.total_micros, budget.currency)}</td>
    <td title={reasonWords(budget)}>
      <span class={`state ${isStopped(budget.state) ? 'unhealthy' : budget.state === 'pacing' ? 'degraded' : 'healthy'}`}>{stateWords(budget.state)}</span>
      {isStopped(budget.state) && budget.since !== null && <span class="muted"> since {moment(Date.parse(budget.since), serverTime)}. {reasonWords(budget)}</span>}
    </td>
  </tr>
);
