import type { Granularity } from '../api/analytics';
import { dayMs, hourMs, isoDay, minuteMs } from '../format/times';

export const presets = ['1h', 'today', 'yesterday', '7d', '30d', '90d', '365d'] as const;
export type Preset = typeof presets[number];

export const presetNames: Record<Preset, string> = {
  '1h': 'Last hour', today: 'Today', yesterday: 'Yesterday', '7d': '7 days', '30d': '30 days', '90d': '90 days', '365d': '12 months',
};

/** A preset, or days from and to, both included, as `2026-07-01`. */
export type Range = Preset | { readonly from: string; readonly to: string };

/** A range in time, milliseconds since 1970, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const floor = (time: number, width: number) => Math.floor(time / width) * width;
const days: Partial<Record<Preset, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

/** Where a range lies now. Days are whole days in UTC, today included. */
export function spanOf(range: Range, now: number): Span {
  if (typeof range === 'object')
    return { start: Date.parse(range.from), end: Date.parse(range.to) + dayMs };
  const tomorrow = floor(now, dayMs) + dayMs;
  if (range === 'yesterday')
    return { start: tomorrow - 2 * dayMs, end: tomorrow - dayMs };
  const length = days[range];
  if (length !== undefined)
    return { start: tomorrow - length * dayMs, end: tomorrow };
  const end = floor(now, minuteMs) + minuteMs;
  return { start: end - hourMs, end };
}

// Minutes and hours are kept for a while only, so what lies further back can be cut at hours or days only.
const cutWidth = (length: number) => length <= 6 * dayMs ? minuteMs : length <= 80 * dayMs ? hourMs : dayMs;

/**
 * The range just before, of the same length. Of a range that is not over only as much as has passed of it: today until
 * noon compares with yesterday until noon.
 */
export function spanBefore(span: Span, now: number): Span {
  const length = span.end - span.start;
  const cut = cutWidth(length);
  const passed = Math.min(length, Math.max(cut, Math.round((now - span.start) / cut) * cut));
  return { start: span.start - length, end: span.start - length + passed };
}

/** Whether anything of it can still change by new events. */
export const isOpen = (span: Span, now: number): boolean => span.end > now;

export const widthMs: Record<Granularity, number> = { '1m': minuteMs, '1h': hourMs, '1d': dayMs };

// More points than pixels say nothing; fewer than two are no line.
const limits: Record<Granularity, { least: number; most: number }> = {
  '1m': { least: 0, most: dayMs },
  '1h': { least: 3 * hourMs, most: 92 * dayMs },
  '1d': { least: 2 * dayMs, most: 1100 * dayMs },
};

/** Whether a granularity makes sense for a range. */
export function fits(granularity: Granularity, span: Span): boolean {
  const length = span.end - span.start;
  return length >= limits[granularity].least && length <= limits[granularity].most;
}

/** The granularity asked for if it fits, else the one that shows a range best. */
export function granularityFor(span: Span, asked: Granularity | null): Granularity {
  if (asked !== null && fits(asked, span))
    return asked;
  const length = span.end - span.start;
  return length <= 3 * hourMs ? '1m' : length <= 8 * dayMs ? '1h' : '1d';
}

/** Reads days from a URL; null unless they are days in order. */
export function parseDays(from: string | null, to: string | null): Range | null {
  const isDay = (text: string | null): text is string =>
    text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && isoDay(Date.parse(text)) === text;
  return isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}
