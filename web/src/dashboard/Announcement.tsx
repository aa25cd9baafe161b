import { useEffect, useState } from 'preact/hooks';
import type { Overview } from '../api/analytics';
import { figureText, figuresOf } from './metrics';

const atMostEvery = 30_000;

/** Tells screen readers the totals when the view changed, and now and then while they move; not at every poll. */
export function Announcement({ overview, currency, isCurrent }: { overview: Overview; currency: string; isCurrent: boolean }) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState(0);
  const figures = figuresOf(overview.totals, currency);
  const next = `${figureText('clicks', figures.clicks, currency)} clicks, spend ${figureText('total_spend', figures.total_spend, currency)}.`;
  useEffect(() => {
    if (!isCurrent) {
      setSaid(0);
    } else if (next !== text && Date.now() - said > atMostEvery) {
      setText(next);
      setSaid(Date.now());
    }
  }, [next, isCurrent, text, said]);
  return <p class="unseen" aria-live="polite">{text}</p>;
}
