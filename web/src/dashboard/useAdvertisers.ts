import { useEffect, useState } from 'preact/hooks';
import { getAdvertisers } from '../api/analytics';
import { Problem } from '../api/http';

export interface Advertisers {
  /** Null until they were asked for. */
  readonly known: readonly string[] | null;
  readonly problem: Problem | null;
  readonly load: () => void;
}

/** The advertisers to choose from, loaded only when they are needed: a view that names its advertiser doesn't. */
export function useAdvertisers(isNeeded: boolean): Advertisers {
  const [known, setKnown] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (!isNeeded && round === 0)
      return;
    const request = new AbortController();
    getAdvertisers(request.signal).then(
      found => { setKnown(found); setProblem(null); },
      failure => {
        if (!request.signal.aborted)
          setProblem(failure instanceof Problem ? failure : new Problem(0, 'Unexpected answer', String(failure)));
      });
    return () => request.abort();
  }, [isNeeded, round]);

  return { known, problem, load: () => setRound(round + 1) };
}
