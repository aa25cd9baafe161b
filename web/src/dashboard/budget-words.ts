import type { Budget, BudgetState } from '../api/budgets';

const states: Record<BudgetState, string> = { active: 'Running', pacing: 'Running, near its limit', held: 'Held back', exhausted: 'Budget spent' };

const reasons: Record<string, string> = {
  none: 'Its clicks are served and billed.',
  near_limit: 'At its present speed the money may be spent soon. Its spend is read more often.',
  spend_unknown: 'What it has spent is not known well enough at the moment. It runs again as soon as it is.',
  money_at_risk: 'It spends so fast that more may be spent than is known. It runs again as soon as that is clear.',
  other_currency: 'It was billed in another currency than its budget\'s.',
  not_started: 'Its first day is still to come.',
  ended: 'Its last day is over.',
  daily_spent: 'The day\'s money is spent. It runs again after midnight UTC.',
  total_spent: 'All its money is spent.',
};

/** Whether ads of the campaign are to be shown. */
export const isStopped = (state: BudgetState): boolean => state === 'held' || state === 'exhausted';

/** A state in words. */
export const stateWords = (state: BudgetState): string => states[state] ?? state;

/** What a state means for the campaign. */
export const reasonWords = (budget: Budget): string => reasons[budget.reason] ?? '';
