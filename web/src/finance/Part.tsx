import type { ComponentChildren } from 'preact';

/** The content of a card: on its way, absent, or there. */
export function Part<T>({ value, isLoading, absent, children }: {
  value: T | null;
  /** Whether what is there is of another choice. */
  isLoading: boolean;
  /** What to say where there is none. */
  absent: string;
  children: (value: T) => ComponentChildren;
}) {
  if (isLoading)
    return <p class="empty" role="status">Loading…</p>;
  return value === null ? <p class="empty">{absent}</p> : <>{children(value)}</>;
}
