import { useEffect, useState } from 'preact/hooks';
import { type EvidenceClick, getEvidence } from '../api/finance';
import { Problem } from '../api/http';

const pageSize = 50;

export interface Evidence {
  readonly clicks: readonly EvidenceClick[];
  readonly isLoading: boolean;
  readonly problem: Problem | null;
  /** Asks for the next page; null after the last. */
  readonly more: (() => void) | null;
}

interface Loaded {
  readonly key: string;
  readonly clicks: readonly EvidenceClick[];
  /** What the next page is asked for with; null after the last. */
  readonly next: string | null;
  readonly problem: Problem | null;
}

/** The clicks behind a line, page after page. Asked for once: what a close took into account doesn't change. */
export function useEvidence(day: string, advertiser: string, campaign: string): Evidence {
  const key = JSON.stringify([day, advertiser, campaign]);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [wanted, setWanted] = useState<{ key: string; continuation: string } | null>(null);
  const continuation = wanted?.key === key ? wanted.continuation : null;

  useEffect(() => {
    const request = new AbortController();
    getEvidence({ date: day, advertiser_id: advertiser, campaign_id: campaign, limit: `${pageSize}`, ...(continuation === null ? {} : { continuation }) }, request.signal).then(
      page => setLoaded(before => ({
        key, clicks: [...continuation !== null && before?.key === key ? before.clicks : [], ...page.clicks], next: page.continuation, problem: null,
      })),
      failure => {
        if (!request.signal.aborted)
          setLoaded(before => ({ key, clicks: before?.key === key ? before.clicks : [], next: null, problem: failure instanceof Problem ? failure : new Problem(0, 'Unexpected answer', String(failure)) }));
      });
    return () => request.abort();
  }, [key, continuation]);

  if (loaded?.key !== key)
    return { clicks: [], isLoading: true, problem: null, more: null };
  const { clicks, next, problem } = loaded;
  // Until the next page is there, the one that was asked for is still the next.
  const isLoading = problem === null && next !== null && next === continuation;
  return { clicks, isLoading, problem, more: next === null ? null : () => setWanted({ key, continuation: next }) };
}
