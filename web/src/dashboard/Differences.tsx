import type { Counts } from '../api/analytics';
import { count } from '../format/numbers';

interface Part {
  readonly name: string;
  readonly sign: '' | '−' | '=';
  readonly clicks: number;
  readonly meaning: string;
}

const sum = (totals: readonly Counts[], of: (counts: Counts) => number | undefined): number | null =>
  totals.some(counts => of(counts) !== undefined) ? totals.reduce((total, counts) => total + (of(counts) ?? 0), 0) : null;

/** From all clicks that arrived to those that are billed. What this server doesn't count yet is left out, not shown as zero. */
function partsOf(totals: readonly Counts[]): readonly Part[] {
  const raw = sum(totals, counts => counts.raw_clicks) ?? 0;
  const clicks = sum(totals, counts => counts.clicks) ?? 0;
  const parts: (Omit<Part, 'clicks'> & { clicks: number | null })[] = [
    { name: 'Raw clicks', sign: '', clicks: raw, meaning: 'Every time somebody followed one of your links. Counters that see requests show this number.' },
    { name: 'Repeated', sign: '−', clicks: sum(totals, counts => counts.duplicate_clicks) ?? raw - clicks, meaning: 'The same link followed again: reloads, double clicks and retries. A link belongs to one impression and counts once.' },
    { name: 'Invalid', sign: '−', clicks: sum(totals, counts => counts.invalid_clicks), meaning: 'Clicks judged to come from bots, crawlers or bursts of one visitor. They stay listed and are not billed.' },
    { name: 'Over budget', sign: '−', clicks: sum(totals, counts => counts.over_budget_clicks), meaning: 'Clicks after a budget was used up. Visitors still reached your page; you don\'t pay.' },
    { name: 'Clicks', sign: '=', clicks, meaning: 'Each impression that was clicked, once, and is paid for. This is what the chart shows.' },
    { name: 'Late', sign: '', clicks: sum(totals, counts => counts.late_clicks), meaning: 'Clicks that arrived too late for the live count. The nightly recount adds them to their own day.' },
    { name: 'Billed', sign: '=', clicks: sum(totals, counts => counts.billed_clicks), meaning: 'What you pay for. On days marked final this no longer changes.' },
  ];
  return parts.filter((part): part is Part => part.clicks !== null);
}

/** Why the number here differs from the one somewhere else. */
export function Differences({ totals }: { totals: readonly Counts[] }) {
  return (
    <section class="card differences" aria-labelledby="differences">
      <h2 id="differences">Why does my number differ?</h2>
      <dl>
        {partsOf(totals).map(({ name, sign, clicks, meaning }) => (
          <div key={name} class={sign === '=' ? 'result' : undefined}>
            <dt>{name}</dt>
            <dd class="clicks" data-part={name}>{clicks > 0 && sign === '−' ? '−' : ''}{count(clicks)}</dd>
            <dd class="meaning">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">Not in any of these: page prefetches and HEAD requests, links that were changed or had expired, and events that
        came more than the allowed time after their minute, which wait for the nightly recount.</p>
    </section>
  );
}
