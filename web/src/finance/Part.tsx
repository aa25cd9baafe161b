import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/http';
import { Banner } from '../app/Banner';
import type { Polled } from '../live/usePolling';

/** The content of a card that is asked for by itself: on its way, refused, or there. */
export function Part<T>({ polled, wanted, absent, children }: {
  polled: Polled<T>;
  /** The key it is asked for by: an answer to another one is not shown. */
  wanted: string;
  /** What to say where there is none (404). */
  absent: string;
  children: (value: T) => ComponentChildren;
}) {
  const { value, key, problem } = polled;
  if (problem?.status === 404)
    return <p class="empty">{absent}</p>;
  if (value === null || key !== wanted)
    return problem === null ? <p class="empty" role="status">Loading…</p> : <Refusal problem={problem} />;
  return <>{problem !== null && <Banner problem={problem} />}{children(value)}</>;
}

const Refusal = ({ problem }: { problem: Problem }) => <p class="empty refusal" role="alert"><strong>{problem.title}.</strong> {problem.message}</p>;
