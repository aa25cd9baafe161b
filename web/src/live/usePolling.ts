import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/http';
import { nextWait } from './wait';

/** What is known of something that is asked for again and again. */
export interface Polled<T> {
  /** The last answer, also of the key before while the new one is on its way. */
  readonly value: T | null;
  /** The key that the value answers. */
  readonly key: string | null;
  /** Why the last attempt failed. */
  readonly problem: Problem | null;
}

/**
 * Loads at once and then every interval while the page is visible; a new key starts over and drops the request under way.
 * After a failure it waits longer and longer. An answer that takes long is waited for a fifth of the time at most.
 */
export function usePolling<T>(key: string, interval: number, load: (signal: AbortSignal) => Promise<T>): Polled<T> & { reload: () => void } {
  const [polled, setPolled] = useState<Polled<T>>({ value: null, key: null, problem: null });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    let failures = 0;
    let timer = 0;
    let request: AbortController | null = null;

    async function poll(): Promise<void> {
      const own = request = new AbortController();
      const started = performance.now();
      try {
        const value = await latest.current(own.signal);
        failures = 0;
        setPolled({ value, key, problem: null });
      } catch (failure) {
        if (own.signal.aborted)
          return;
        failures++;
        const problem = failure instanceof Problem ? failure : new Problem(0, 'Unexpected answer', String(failure));
        setPolled(before => ({ ...before, problem }));
      }

      if (own.signal.aborted)
        return;
      request = null;
      if (!document.hidden)
        timer = window.setTimeout(poll, nextWait(interval, failures, performance.now() - started));
    }

    function show(): void {
      window.clearTimeout(timer);
      if (!document.hidden && request === null)
        void poll();
    }

    void poll();
    document.addEventListener('visibilitychange', show);
    return () => {
      document.removeEventListener('visibilitychange', show);
      window.clearTimeout(timer);
      request?.abort();
    };
  }, [key, interval, round]);

  return { ...polled, reload: () => setRound(round + 1) };
}
