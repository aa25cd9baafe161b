import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../api/analytics';
import { breakdownCsv } from './csv';

const row = (ad: string): Row => ({
  ad_id: ad, impressions: 10, clicks: 2, raw_clicks: 3, conversions: 0, total_spend: '0.90', currency: 'USD', ctr: 0.2, cvr: 0, cpc: null,
  accuracy: 'live', trend: [],
});

test('csv, text that a reader would misread, is quoted or made harmless', () => {
  const csv = breakdownCsv({ breakdown: { dimension: 'ad_id', count: 3, trend_step_seconds: 60, rows: [row('a,"b"'), row('=1+1'), row('')] } });
  assert.equal(csv, [
    'ad_id,currency,impressions,clicks,raw_clicks,conversions,total_spend,ctr,cvr,cpc,accuracy',
    '"a,""b""",USD,10,2,3,0,0.90,0.2,0,,live',
    '\'=1+1,USD,10,2,3,0,0.90,0.2,0,,live',
    ',USD,10,2,3,0,0.90,0.2,0,,live',
    '',
  ].join('\r\n'));
});
