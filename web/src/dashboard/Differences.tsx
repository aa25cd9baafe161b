import type { Counts } from '../api/analytics';
import { count } from '../format/numbers';

interface Part {
  readonly name: string;
  readonly sign: '' | '−' | '=';
  /** Null when it is only known later. */
  readonly clicks: number | null;
  readonly meaning: string;
}

const sum = (totals: readonly Counts[], of: (counts: Counts) => number | undefined): number | null =>
  totals.some(counts => of(counts) !== undefined) ? totals.reduce((total, counts) => total + (of(counts) ?? 0), 0) : null;

const lateMeaning = 'Clicks that arrived too late for the live count. Counted at night: the final numbers of a closed day contain them, live numbers don\'t yet.';

/** From all clicks that arrived to those that are billed. What this server doesn't count is left out, not shown as zero. */
function partsOf(totals: readonly Counts[], late: number | undefined): readonly Part[] {
  const raw = sum(totals, counts => counts.raw_clicks) ?? 0;
  const billed = sum(totals, counts => counts.clicks) ?? 0;
  const invalid = sum(totals, counts => counts.invalid_clicks);
  const overBudget = sum(totals, counts => counts.over_budget_clicks);
  const parts: readonly Part[] = [
    { name: 'Raw clicks', sign: '', clicks: raw, meaning: 'Every time somebody followed one of your links. Counters that see requests show this number.' },
    { name: 'Repeated', sign: '−', clicks: raw - billed - (invalid ?? 0) - (overBudget ?? 0), meaning: 'The same link followed again: reloads, double clicks and retries. A link belongs to one impression and counts once.' },
    { name: 'Invalid', sign: '−', clicks: invalid, meaning: 'Clicks judged to come from bots, crawlers or bursts of one visitor. They stay listed and are not billed.' },
    { name: 'Over budget', sign: '−', clicks: overBudget, meaning: 'Clicks after a budget was used up. Visitors still reached your page; you don\'t pay.' },
    { name: 'Billed', sign: '=', clicks: billed, meaning: 'Each impression that was clicked, once: what the chart shows and what you pay for. On days marked final this no longer changes.' },
  ];
  return [...parts.filter(part => part.clicks !== null), { name: 'Late', sign: '', clicks: late ?? null, meaning: lateMeaning }];
}

/** Why the number here differs from the one somewhere else. */
export function Differences({ totals, late }: { totals: readonly Counts[]; late: number | undefined }) {
  return (
    <section class="card differences" aria-labelledby="differences">
      <h2 id="differences">Why does my number differ?</h2>
      <dl>
        {partsOf(totals, late).map(({ name, sign, clicks, meaning }) => (
          <div key={name} class={sign === '=' ? 'result' : undefined}>
            <dt>{name}</dt>
            <dd class="clicks" data-part={name}>{clicks === null ? 'at night' : `${clicks > 0 && sign === '−' ? '−' : ''}${count(clicks)}`}</dd>
            <dd class="meaning">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">Not in any of these: page prefetches and HEAD requests, and links that were changed or had expired.</p>
    </section>
  );
}
