import { count, none, ratio } from '../format/numbers';
import { duration, milliseconds } from '../format/times';
import { sumOf } from './prometheus';
import { type Reading, eventsOf, partitionsOf, rateOf, recentQuantile, shareOf } from './stream';

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

function figuresOf(first: Reading, last: Reading): readonly Figure[] {
  const partitions = partitionsOf(last.metrics);
  const events = eventsOf(last.metrics);
  const lag = partitions.reduce((sum, partition) => sum + partition.lag, 0);
  const arriving = rateOf(first, last, 'clickfuncs_log_appended_total', { log: 'clicks' });
  const oldest = partitions.reduce<number | null>((most, { watermarkAge }) => watermarkAge === null ? most : Math.max(most ?? 0, watermarkAge), null);
  const p99 = recentQuantile(0.99, first, last, 'clickfuncs_redirect_duration_seconds');
  const p50 = recentQuantile(0.5, first, last, 'clickfuncs_redirect_duration_seconds');
  const sync = recentQuantile(0.99, first, last, 'clickfuncs_log_sync_duration_seconds');
  const query = recentQuantile(0.95, first, last, 'clickfuncs_analytics_query_duration_seconds');
  const quarantined = shareOf(events, 'quarantined');
  const time = (seconds: number | null) => seconds === null ? none : milliseconds(seconds);
  return [
    { name: 'Waiting', value: count(lag), isBad: arriving !== null && lag > Math.max(1000, arriving * secondsBehind), meaning: 'Events on the log that queries don\'t show yet. More than half a minute\'s worth is too much.' },
    { name: 'Arriving', value: perSecond(arriving), isBad: false, meaning: 'Events made durable on the log, over the last minute.' },
    { name: 'Watermark age', value: oldest === null ? none : duration(oldest), isBad: false, meaning: 'Of the partition furthest behind. About half a minute while events come; it grows while none do.' },
    { name: 'Redirect p99', value: time(p99), isBad: p99 !== null && p99 > slowRedirect, meaning: `Server time of a click, durable before its answer; the limit is 10 ms.${p50 === null ? '' : ` Half take less than ${milliseconds(p50)}.`}` },
    { name: 'Log sync p99', value: time(sync), isBad: sync !== null && sync > slowRedirect, meaning: 'One write and sync of the log. When this is slow, the disk makes clicks slow.' },
    { name: 'Query p95', value: time(query), isBad: query !== null && query > 0.1, meaning: 'One question to the analytics store, waiting for a reader included.' },
    { name: 'Duplicates', value: ratio(shareOf(events, 'duplicate')), isBad: false, meaning: `Events whose id was seen before: ${count(events.duplicate)} since the start. Retries and double clicks; a jump means a link is replayed.` },
    { name: 'Late', value: ratio(shareOf(events, 'late')), isBad: false, meaning: `Events too late for their minute: ${count(events.late)} since the start. They wait for the nightly recount.` },
    { name: 'Quarantined', value: ratio(quarantined), isBad: quarantined !== null && quarantined > quarantineShare, meaning: `Events that can't be read or come from the future: ${count(events.quarantined)} since the start. They can be replayed after a fix.` },
    { name: 'Log failures', value: count(sumOf(last.metrics, 'clickfuncs_log_failures_total')), isBad: sumOf(last.metrics, 'clickfuncs_log_failures_total', { reason: 'unavailable' }) > 0, meaning: 'Events the log refused or could not write since the start. Their clicks went to the spool, or were answered 503.' },
  ];
}

/** The figures an operator looks at first, each with what it means. */
export const StreamFigures = ({ first, last }: { first: Reading; last: Reading }) => (
  <section class="card gauges" aria-label="The stream">
    {figuresOf(first, last).map(figure => (
      <div key={figure.name} class={figure.isBad ? 'gauge bad' : 'gauge'}>
        <h3 class="name">{figure.name}{figure.isBad && <span class="flag">Look here</span>}</h3>
        <p class="value" data-gauge={figure.name}>{figure.value}</p>
        <p class="meaning">{figure.meaning}</p>
      </div>
    ))}
  </section>
);
