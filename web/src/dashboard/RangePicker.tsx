import { useState } from 'preact/hooks';
import { Choice } from '../app/Choice';
import { dayMs, isoDay } from '../format/times';
import { type Range, parseDays, presetNames, presets, spanOf } from './range';

/** Presets, or days of one's own. */
export function RangePicker({ range, choose }: { range: Range; choose: (range: Range) => void }) {
  const isCustom = typeof range === 'object';
  const [isOpen, setIsOpen] = useState(isCustom);
  return (
    <>
      <Choice label="Range" chosen={isOpen || isCustom ? 'custom' : range}
        options={[...presets.map(value => ({ value, name: presetNames[value] })), { value: 'custom' as const, name: 'Custom' }]}
        choose={value => {
          setIsOpen(value === 'custom');
          if (value !== 'custom')
            choose(value);
        }} />
      {(isOpen || isCustom) && <Days range={range} choose={choose} />}
    </>
  );
}

function Days({ range, choose }: { range: Range; choose: (range: Range) => void }) {
  const span = spanOf(range, Date.now());
  const [from, setFrom] = useState(isoDay(span.start));
  const [to, setTo] = useState(isoDay(span.end - dayMs < span.start ? span.start : span.end - dayMs));
  const days = parseDays(from, to);
  return (
    <form class="days" onSubmit={event => { event.preventDefault(); if (days) choose(days); }}>
      <label>From <input type="date" value={from} onInput={event => setFrom(event.currentTarget.value)} /></label>
      <label>to <input type="date" value={to} onInput={event => setTo(event.currentTarget.value)} /></label>
      <button type="submit" class="button" disabled={days === null}>Show</button>
      {days === null && <p role="alert">The first day must come before the last.</p>}
    </form>
  );
}
