import { count, none, ratio } from '../format/numbers';
import { duration, milliseconds } from '../format/times';
import { knownSumOf } from './prometheus';
import { type Reading, eventsOf, partitionsOf, rateOf, recentQuantile, shareOf, sumKnown } from './stream';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly isBad: boolean;
  readonly meaning: string;
}

const slowRedirect = 0.01;
const secondsBehind = 30;
const quarantineShare = 0.001;

const perSecond = (rate: number | null): string => rate === null ? none : rate < 10 ? `${rate.toFixed(1)}/s` : `${count(Math.round(rate))}/s`;

const unknown = 'unknown';
const countOr = (value: number | null): string => value === null ? unknown : count(value);

function figuresOf(first: Reading, last: Reading, isShared: boolean): readonly Figure[] {
  const partitions = partitionsOf(last.metrics);
  const events = eventsOf(last.metrics);
  const lag = isShared && partitions.length === 0 ? null : sumKnown(partitions.map(partition => partition.lag));
  const [firstTold, lastTold] = [first, last].map(reading => knownSumOf(reading.metrics, isShared, 'clickfuncs_log_appended_total') !== null);
  const arriving = firstTold && lastTold ? rateOf(first, last, 'clickfuncs_log_appended_total', { log: 'clicks' }) : null;
  const spooled = last.metrics.get('clickfuncs_spool_depth')?.[0]?.value ?? null;
  const spoolFiles = last.metrics.get('clickfuncs_spool_files')?.[0]?.value ?? null;
  const failures = knownSumOf(last.metrics, isShared, 'clickfuncs_log_failures_total');
  const hasEvents = !isShared || last.metrics.has('clickfuncs_processor_events_total');
  const since = isShared ? 'since the first event' : 'since the start';
  const oldest = partitions.reduce<number | null>((most, { watermarkAge }) => watermarkAge === null ? most : Math.max(most ?? 0, watermarkAge), null);
  const p99 = recentQuantile(0.99, first, last, 'clickfuncs_redirect_duration_seconds');
  const p50 = recentQuantile(0.5, first, last, 'clickfuncs_redirect_duration_seconds');
  const sync = recentQuantile(0.99, first, last, 'clickfuncs_log_sync_duration_seconds');
  const query = recentQuantile(0.95, first, last, 'clickfuncs_analytics_query_duration_seconds');
  const quarantined = shareOf(events, 'quarantined');
  const time = (seconds: number | null) => seconds === null ? isShared ? unknown : none : milliseconds(seconds);
  const share = (value: number | null) => hasEvents ? ratio(value) : unknown;
  return [
    { name: 'Waiting', value: countOr(lag), isBad: arriving !== null && lag !== null && lag > Math.max(1000, arriving * secondsBehind), meaning: 'Events on the log that queries don\'t show yet. More than half a minute\'s worth is too much.' },
    { name: 'Arriving', value: perSecond(arriving), isBad: false, meaning: 'Events made durable on the log, over the last minute.' },
    { name: 'Watermark age', value: oldest === null ? isShared ? unknown : none : duration(oldest), isBad: false, meaning: 'Of the partition furthest behind. About half a minute while events come; it grows while none do.' },
    { name: 'Redirect p99', value: time(p99), isBad: p99 !== null && p99 > slowRedirect, meaning: `Server time of a click, durable before its answer; the limit is 10 ms.${p50 === null ? '' : ` Half take less than ${milliseconds(p50)}.`}` },
    { name: 'Log sync p99', value: time(sync), isBad: sync !== null && sync > slowRedirect, meaning: 'One write and sync of the log. When this is slow, the disk makes clicks slow.' },
    { name: 'Query p95', value: time(query), isBad: query !== null && query > 0.1, meaning: 'One question to the analytics store, waiting for a reader included.' },
    { name: 'Duplicates', value: share(shareOf(events, 'duplicate')), isBad: false, meaning: `Events whose id was seen before: ${hasEvents ? count(events.duplicate) : unknown} ${since}. Retries and double clicks; a jump means a link is replayed.` },
    { name: 'Late', value: share(shareOf(events, 'late')), isBad: false, meaning: `Events too late for their minute: ${hasEvents ? count(events.late) : unknown} ${since}. They wait for the nightly recount.` },
    { name: 'Quarantined', value: share(quarantined), isBad: quarantined !== null && quarantined > quarantineShare, meaning: `Events that can't be read or come from the future: ${hasEvents ? count(events.quarantined) : unknown} ${since}. They can be replayed after a fix.` },
    { name: 'Log failures', value: countOr(failures), isBad: (knownSumOf(last.metrics, isShared, 'clickfuncs_log_failures_total', { reason: 'unavailable' }) ?? 0) > 0, meaning: 'Events the log refused or could not write since the start. Their clicks went to the spool, or were answered 503.' },
    ...isShared ? [{
      name: 'Spooled', value: countOr(spooled), isBad: spooled !== null && spooled > 0,
      meaning: `Clicks that wait in spools of any instance because the hub did not take them, in ${spoolFiles === null ? 'an unknown number of' : count(spoolFiles)} files.`,
    }] : [],
  ];
}

/** The figures an operator looks at first, each with what it means. */
export const StreamFigures = ({ first, last, isShared }: { first: Reading; last: Reading; isShared: boolean }) => (
  <section class="card gauges" aria-label="The stream">
    {figuresOf(first, last, isShared).map(figure => (
      <div key={figure.name} class={figure.isBad ? 'gauge bad' : 'gauge'}>
        <h3 class="name">{figure.name}{figure.isBad && <span class="flag">Look here</span>}</h3>
        <p class="value" data-gauge={figure.name}>{figure.value}</p>
        <p class="meaning">{figure.meaning}</p>
      </div>
    ))}
  </section>
);
