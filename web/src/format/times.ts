// All times on the pages are UTC, as days and hours of the counts are.

const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
const clockFormat = make({ hour: '2-digit', minute: '2-digit' });
const secondsFormat = make({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayFormat = make({ day: 'numeric', month: 'short' });
const weekdayFormat = make({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const momentFormat = make({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** Milliseconds of a minute, an hour and a day. */
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

export const clock = (ms: number): string => clockFormat.format(ms);
export const day = (ms: number): string => dayFormat.format(ms);

/** A time of today to the second; of another day with its day. */
export const moment = (ms: number, now: number): string =>
  day(ms) === day(now) ? secondsFormat.format(ms) : `${day(ms)}, ${secondsFormat.format(ms)}`;

/** A time of an answer, as {@link moment} tells it now. */
export const timeText = (iso: string): string => moment(Date.parse(iso), Date.now());

/** Names a point of a series: its day, or its day and time. */
export const pointTime = (ms: number, granularity: string): string =>
  granularity === '1d' ? weekdayFormat.format(ms) : momentFormat.format(ms);

/** A day as in a URL, `2026-07-01`. */
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** How long something took or is ago, in its largest unit. */
export function duration(seconds: number): string {
  if (seconds < 90)
    return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60)
    return `${Math.round(seconds / 60)} min`;
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** A short time, as latencies are told. */
export function milliseconds(seconds: number): string {
  const ms = seconds * 1000;
  return ms >= 1000 ? `${seconds.toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
}
