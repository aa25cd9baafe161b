import type { Run } from '../api/finance';

/** The day that a run closes: its id is `close-` and the day. */
export const dayOf = (run: Run): string => run.id.slice('close-'.length);

export const hasEnded = (run: Pick<Run, 'state'>): boolean => run.state !== 'pending' && run.state !== 'running';

const phases: Readonly<Record<string, string>> = {
  settling: 'Waiting for archive and stream', compacting: 'Compacting the archive', judging: 'Judging the clicks', counting: 'Counting again', reconciling: 'Comparing with the stream',
  publishing: 'Publishing final numbers', charging: 'Posting to the ledger',
};

/** Where a run is, or what it came to, in words. */
export function runText(run: Run): string {
  if (run.failure !== null)
    return run.failure;
  if (run.outcome !== null) {
    const { revision, is_new: isNew, entries } = run.outcome;
    return isNew ? `Revision ${revision}, ${entries} ledger ${entries === 1 ? 'entry' : 'entries'}` : `Nothing new since revision ${revision}`;
  }

  if (run.progress === null)
    return 'Waiting to begin';
  const { phase, waiting, done, total } = run.progress;
  const share = total == null ? '' : `, ${done ?? 0} of ${total} buckets`;
  return `${phases[phase] ?? phase}${share}${waiting ? `. ${waiting}` : ''}`;
}

/** Buckets counted of all, while it counts. */
export const shareDone = (run: Run): number | null =>
  hasEnded(run) || run.progress?.total == null || run.progress.total === 0 ? null : (run.progress.done ?? 0) / run.progress.total;
