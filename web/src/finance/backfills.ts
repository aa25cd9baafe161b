import type { Backfill } from '../api/finance';
import { hasEnded } from './runs';

/** The range of a backfill: its id is `backfill-` and the range, which its outcome says more readably. */
export function rangeText({ id, outcome }: Pick<Backfill, 'id' | 'outcome'>): string {
  if (outcome === null)
    return id.slice('backfill-'.length);
  const text = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
  return `${text(outcome.from)} to ${text(outcome.to)}`;
}

/** What became of it, in words. */
export function backfillState(backfill: Pick<Backfill, 'state' | 'outcome'>): { readonly name: string; readonly mark: string } {
  if (!hasEnded(backfill))
    return { name: backfill.state === 'pending' ? 'Waiting' : 'Running', mark: '' };
  if (backfill.outcome === null)
    return backfill.state === 'cancelled' ? { name: 'Cancelled', mark: 'degraded' } : { name: 'Failed', mark: 'unhealthy' };
  if (backfill.outcome.staged)
    return { name: 'Waits for a decision', mark: 'degraded' };
  return backfill.outcome.applied ? { name: 'Applied', mark: 'healthy' } : { name: 'Discarded', mark: '' };
}
