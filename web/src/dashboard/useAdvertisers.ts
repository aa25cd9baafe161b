import { useEffect, useState } from 'preact/hooks';
import { getAdvertisers } from '../api/analytics';

export interface Advertisers {
  /** Null until they were asked for. */
  readonly known: readonly string[] | null;
  readonly load: () => void;
}

/** The advertisers to choose from, loaded when somebody is about to choose. */
export function useAdvertisers(): Advertisers {
  const [known, setKnown] = useState<readonly string[] | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (round === 0)
      return;
    const request = new AbortController();
    getAdvertisers(request.signal).then(
      setKnown,
      // The one that is shown can still be chosen, and the next attempt to choose asks again.
      () => undefined);
    return () => request.abort();
  }, [round]);

  return { known, load: () => setRound(round + 1) };
}
