import type { Granularity } from '../api/analytics';
import { Choice } from '../app/Choice';
import { Filters } from './Filters';
import { RangePicker } from './RangePicker';
import { fits, granularityFor, spanOf } from './range';
import type { Advertisers } from './useAdvertisers';
import type { View } from './view';

const granularityNames: Record<Granularity, string> = { '1m': 'Minute', '1h': 'Hour', '1d': 'Day' };

/** What is looked at: whose numbers, when, how fine, and filtered by what. */
export function Toolbar({ view, show, advertisers }: { view: View; show: (view: View) => void; advertisers: Advertisers }) {
  const span = spanOf(view.range, Date.now());
  // The one shown is always among those to choose from, also before the others are known.
  const known = advertisers.known ?? [];
  const choices = view.advertiser !== null && !known.includes(view.advertiser) ? [view.advertiser, ...known] : known;
  const load = () => { if (advertisers.known === null) advertisers.load(); };
  return (
    <section class="toolbar" aria-label="What is shown">
      <label class="field">
        <span class="unseen">Advertiser</span>
        <select value={view.advertiser ?? ''} disabled={choices.length === 0} onFocus={load} onPointerEnter={load}
          onChange={event => show({ ...view, advertiser: event.currentTarget.value, filters: [], currency: null })}>
          {choices.map(id => <option key={id} value={id}>{id}</option>)}
        </select>
      </label>
      <RangePicker range={view.range} choose={range => show({ ...view, range, granularity: null })} />
      <Choice label="Width of a point" chosen={granularityFor(span, view.granularity)}
        options={(['1m', '1h', '1d'] as const).map(value => ({
          value, name: granularityNames[value], disabled: !fits(value, span),
          ...(fits(value, span) ? {} : { hint: 'Too fine or too coarse for this range' }),
        }))}
        choose={granularity => show({ ...view, granularity })} />
      <Filters view={view} show={show} />
    </section>
  );
}
