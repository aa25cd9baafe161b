const slowest = 60_000;
const firstWait = 2_000;
const restPerWork = 4;

/**
 * How long to wait before asking again, milliseconds: the interval; after a failure two seconds, or the interval if that is shorter, doubled with
 * each failure in a row, up to a minute; and so long that the server works on this page a fifth of the time at most.
 */
export const nextWait = (interval: number, failures: number, took: number): number =>
  Math.max(failures === 0 ? interval : Math.min(slowest, Math.min(interval, firstWait) * 2 ** Math.min(failures, 10)), restPerWork * took);
