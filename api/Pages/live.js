// Shows what the analytics endpoint answers, every two seconds. Sums here are for the eye only: whoever bills asks the
// server. Amounts of two currencies are never added.
const interval = 2000;
const pollsPerCatalog = 15;
const staleAfter = 30;
const element = (id) => document.getElementById(id);
const advertiser = element('advertiser');
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });

function money(byCurrency) {
  const parts = [...byCurrency].map(([currency, amount]) => amount.toLocaleString('en', currency
    ? { style: 'currency', currency }
    : { minimumFractionDigits: 2 }));
  return parts.join(' + ') || '-';
}

class SignedOut extends Error {}

async function readJson(response) {
  const body = response.status === 204 ? null : await response.json();
  if (response.ok) return body;
  const detail = body.detail ?? `The server answered ${response.status}.`;
  throw response.status === 401 ? new SignedOut(detail) : new Error(detail);
}

async function fetchJson(url) {
  return readJson(await fetch(url, { headers: { Accept: 'application/json' } }));
}

function showSignedIn(signedIn) {
  element('signin').hidden = signedIn;
  for (const id of ['counts', 'signout', 'advertiser', 'advertiser-label']) element(id).hidden = !signedIn;
  if (!signedIn) {
    advertiser.replaceChildren();
    advertiser.disabled = true;
    element('ads').replaceChildren();
  }
}

async function signIn(event) {
  event.preventDefault();
  const token = element('token').value.trim();
  try {
    await readJson(await fetch('/signin', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }),
    }));
    element('token').value = '';
    element('refusal').textContent = '';
    await refresh();
  } catch (error) {
    element('refusal').textContent = error.message;
  }
}

async function signOut() {
  try {
    const { csrf_token: secret } = await fetchJson('/api/v1/session');
    await readJson(await fetch('/signout', { method: 'POST', headers: { 'X-CSRF-Token': secret } }));
  } catch (error) {
    if (!(error instanceof SignedOut)) {
      status(error.message, true);
      return;
    }
  }
  await refresh();
}

async function loadAdvertisers() {
  const { advertisers } = await fetchJson('/api/v1/catalog/advertisers');
  const known = new Set([...advertiser.options].map((option) => option.value));
  for (const id of advertisers) {
    if (!known.has(id)) advertiser.add(new Option(id, id));
  }
  const wanted = new URLSearchParams(location.hash.slice(1)).get('advertiser');
  if (known.size === 0 && advertisers.includes(wanted)) advertiser.value = wanted;
  advertiser.disabled = advertiser.options.length === 0;
}

function today() {
  const start = new Date();
  start.setUTCHours(0, 0, 0, 0);
  const end = new Date(start.getTime() + 86_400_000);
  return { start_time: start.toISOString(), end_time: end.toISOString() };
}

function sumByAd(series) {
  const ads = new Map();
  for (const point of series) {
    const ad = ads.get(point.ad_id) ?? { clicks: 0, impressions: 0, spend: new Map() };
    ad.clicks += point.clicks ?? 0;
    ad.impressions += point.impressions ?? 0;
    const currency = point.currency ?? '';
    ad.spend.set(currency, (ad.spend.get(currency) ?? 0) + Number(point.total_spend ?? 0));
    ads.set(point.ad_id, ad);
  }
  return ads;
}

function total(ads) {
  const all = { clicks: 0, impressions: 0, spend: new Map() };
  for (const ad of ads.values()) {
    all.clicks += ad.clicks;
    all.impressions += ad.impressions;
    for (const [currency, amount] of ad.spend) all.spend.set(currency, (all.spend.get(currency) ?? 0) + amount);
  }
  return all;
}

function row(id, ad) {
  const cells = [id, whole.format(ad.clicks), whole.format(ad.impressions),
    ad.impressions > 0 ? percent.format(ad.clicks / ad.impressions) : '-', money(ad.spend)];
  const line = document.createElement('tr');
  for (const text of cells) line.insertCell().textContent = text;
  return line;
}

function show(answer) {
  const ads = sumByAd(answer.series);
  const all = total(ads);
  element('clicks').textContent = whole.format(all.clicks);
  element('impressions').textContent = whole.format(all.impressions);
  element('spend').textContent = money(all.spend);
  element('ads').replaceChildren(...[...ads].sort((a, b) => b[1].clicks - a[1].clicks).slice(0, 50).map(([id, ad]) => row(id, ad)));
  element('empty').hidden = ads.size > 0;
  const age = answer.as_of ? Math.max(0, (Date.now() - Date.parse(answer.as_of)) / 1000) : null;
  status(age === null ? 'No events yet' : `Updated ${age.toFixed(0)} s ago`, age !== null && age > staleAfter);
}

function status(text, stale) {
  element('freshness').textContent = text;
  element('freshness').classList.toggle('stale', stale);
}

let polls = 0;

async function refresh() {
  try {
    if (advertiser.options.length === 0 || polls++ % pollsPerCatalog === 0) await loadAdvertisers();
    showSignedIn(true);
    if (advertiser.value === '') {
      status('The catalog has no advertisers yet', false);
      return;
    }
    const query = new URLSearchParams({ advertiser_id: advertiser.value, ...today(), granularity: '1d', group_by: 'ad_id' });
    const asked = advertiser.value;
    const answer = await fetchJson(`/api/v1/advertisers/analytics?${query}`);
    if (asked === advertiser.value) show(answer);
  } catch (error) {
    if (error instanceof SignedOut) showSignedIn(false);
    status(error instanceof SignedOut ? 'Not signed in' : error.message, !(error instanceof SignedOut));
  }
}

async function poll() {
  if (!document.hidden) await refresh();
  setTimeout(poll, interval);
}

advertiser.addEventListener('change', () => {
  history.replaceState(null, '', `#${new URLSearchParams({ advertiser: advertiser.value })}`);
  refresh();
});
element('signin').addEventListener('submit', signIn);
element('signout').addEventListener('click', signOut);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
poll();
