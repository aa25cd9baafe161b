// Counts a day for money, from an NDJSON file, with nothing of the product's: every event once, by the copy that happened
// first, however late it came. The product's final numbers must equal this.
//
//   node independent-truth.mjs FILE --date 2026-07-01 [--group-by ad_id,device]
//
// Rules, as the billing policy states them:
//   - identity is (type, click_id); of all copies the one with the earliest event time counts, the first in the file among equals;
//   - it counts in its own hour, under its own dimensions, at its own price; a copy in a later day counts nowhere;
//   - the copy that counts is billed unless its line calls it invalid or over budget, which are counted apart, invalid first;
//   - what is no event counts nowhere; raw clicks are all click copies, each in its own hour.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const HOUR = 3_600_000;
const REQUIRED = ['click_id', 'ad_id', 'campaign_id', 'advertiser_id', 'event_time'];
const TYPES = ['click', 'impression', 'conversion'];

const { values: options, positionals: [file] } = parseArgs({
  allowPositionals: true,
  options: { date: { type: 'string' }, 'group-by': { type: 'string', default: '' } },
});
const day = Date.parse(`${options.date}T00:00:00Z`);
const groupBy = options['group-by'].split(',').filter(Boolean);

function parse(line) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    return null;
  }
  if (event === null || typeof event !== 'object') return null;
  event.type ??= 'click';
  event.time = typeof event.event_time === 'number' ? event.event_time : Date.parse(event.event_time);
  return REQUIRED.every((field) => event[field]) && TYPES.includes(event.type) && Number.isSafeInteger(event.time) ? event : null;
}

const isOfDay = (event) => event.time >= day && event.time < day + 24 * HOUR;
const first = new Map();
const rows = new Map();
let malformed = 0;

function rowOf(event) {
  const hour = Math.floor(event.time / HOUR) * HOUR;
  const groups = groupBy.map((field) => event[field] ?? '');
  const key = [hour, ...groups].join('\u0000');
  if (!rows.has(key)) rows.set(key, { key, hour, groups, impressions: 0, raw_clicks: 0, clicks: 0, conversions: 0, spend: 0n, invalid_clicks: 0, over_budget_clicks: 0 });
  return rows.get(key);
}

for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  const event = parse(line);
  if (!event) {
    malformed++;
    continue;
  }
  if (event.type === 'click' && isOfDay(event)) rowOf(event).raw_clicks++;
  const identity = `${event.type} ${event.click_id}`;
  const known = first.get(identity);
  if (!known || event.time < known.time) first.set(identity, event);
}

for (const event of first.values()) {
  if (!isOfDay(event)) continue;
  const row = rowOf(event);
  if (event.type === 'impression') row.impressions++;
  if (event.type === 'conversion') row.conversions++;
  if (event.type !== 'click') continue;
  if (event.verdict === 'invalid') row.invalid_clicks++;
  else if (event.over_budget === true) row.over_budget_clicks++;
  else {
    row.clicks++;
    row.spend += BigInt(event.cost_micros ?? 0);
  }
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
process.stdout.write(JSON.stringify({
  malformed,
  rows: [...rows.values()].sort((a, b) => a.hour - b.hour || compare(a.key, b.key)).map((row) => ({
    minute: new Date(row.hour).toISOString(),
    ...Object.fromEntries(groupBy.map((field, i) => [field, row.groups[i]])),
    impressions: row.impressions,
    raw_clicks: row.raw_clicks,
    clicks: row.clicks,
    conversions: row.conversions,
    spend_micros: row.spend.toString(),
    invalid_clicks: row.invalid_clicks,
    over_budget_clicks: row.over_budget_clicks,
  })),
}) + '\n');
