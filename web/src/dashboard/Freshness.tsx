import type { Overview } from '../api/analytics';
import { duration, moment } from '../format/times';

const staleAfterMs = 30_000;

/** Up to when the numbers are true, and whether they still move. */
export function Freshness({ overview, serverTime }: { overview: Overview; serverTime: number }) {
  if (overview.as_of === null)
    return <p class="freshness"><span class="dot" /> Nothing was counted yet on this server.</p>;
  const asOf = Date.parse(overview.as_of);
  const age = Math.max(0, serverTime - asOf);
  const isStale = age > staleAfterMs;
  const complete = overview.watermark === null ? null : Date.parse(overview.watermark);
  return (
    <p class={isStale ? 'freshness stale' : 'freshness'}>
      <span class="dot" />
      {isStale
        ? <span><strong>No new counts for {duration(age / 1000)}.</strong> Either no events came in, or counting is behind.</span>
        : <span><strong>Live.</strong> Last counted at <time dateTime={overview.as_of}>{moment(asOf, serverTime)}</time>.</span>}
      {complete !== null && <span class="muted"> Complete up to <time dateTime={overview.watermark!}>{moment(complete, serverTime)}</time>; later minutes still grow.</span>}
    </p>
  );
}
