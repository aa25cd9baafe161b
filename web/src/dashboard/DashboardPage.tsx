import { useEffect, useMemo, useRef } from 'preact/hooks';
import { getAdvertiserView } from '../api/analytics';
import { Banner } from '../app/Banner';
import { Notice, ProblemNotice } from '../app/Notice';
import { navigate, usePlace } from '../app/location';
import { usePolling } from '../live/usePolling';
import { Announcement } from './Announcement';
import { Breakdown } from './Breakdown';
import { BudgetCard } from './BudgetCard';
import { ChartCard } from './ChartCard';
import { Differences } from './Differences';
import { Freshness } from './Freshness';
import { KeyFigures } from './KeyFigures';
import { Loading } from './Loading';
import { Toolbar } from './Toolbar';
import { currenciesOf } from './metrics';
import { useAdvertisers } from './useAdvertisers';
import { type View, parseView, pollInterval, questionOf, viewQuery } from './view';

/** An advertiser's numbers: figures, chart, table, and why they differ from others'. */
export function DashboardPage() {
  const { query } = usePlace();
  const view = useMemo(() => parseView(query), [query]);
  const show = (next: View) => navigate(`/${viewQuery(next)}`);
  const advertisers = useAdvertisers();
  return (
    <>
      <h1 class="unseen">Advertising</h1>
      <Toolbar view={view} show={show} advertisers={advertisers} />
      <Numbers view={view} show={show} />
    </>
  );
}

function Numbers({ view, show }: { view: View; show: (view: View) => void }) {
  // Without a choice in the address the server chooses, and the address says so: that is still the same question.
  const chosen = useRef<string | null>(null);
  const advertiser = view.advertiser === chosen.current ? null : view.advertiser;
  const key = viewQuery({ ...view, advertiser, metric: 'clicks', currency: null });
  const { value, key: shown, problem, reload } = usePolling(
    key, pollInterval(view, Date.now()), signal => getAdvertiserView(questionOf(view, Date.now()), signal));
  const found = value?.body.analytics?.advertiser_id;
  useEffect(() => {
    if (view.advertiser === null && found !== undefined && shown === key) {
      chosen.current = found;
      navigate(`/${viewQuery({ ...view, advertiser: found })}`, true);
    }
  }, [view, found, shown, key]);

  if (value === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const { body: { analytics: overview, budgets }, serverTime } = value;
  const isOld = shown !== key;
  if (isOld && problem !== null)
    return <ProblemNotice problem={problem} retry={reload} />;
  if (overview === null)
    return <Notice title="No advertisers yet" action={{ name: 'Look again', run: reload }}>The catalog has no ads. Add one, and its advertiser appears here.</Notice>;
  const currencies = currenciesOf(overview.totals);
  const currency = view.currency !== null && currencies.includes(view.currency) ? view.currency : currencies[0]!;
  return (
    <div class={isOld ? 'numbers waiting' : 'numbers'} aria-busy={isOld}>
      {problem !== null && <Banner problem={problem} />}
      <Freshness overview={overview} serverTime={serverTime} />
      <KeyFigures overview={overview} view={view} show={show} currency={currency} currencies={currencies} />
      <ChartCard overview={overview} view={view} currency={currency} serverTime={serverTime} />
      <div class="columns">
        <Breakdown overview={overview} view={view} show={show} serverTime={serverTime} />
        <Differences totals={overview.totals} late={overview.late_clicks} />
      </div>
      <BudgetCard view={view} budgets={budgets} serverTime={serverTime} />
      <Announcement overview={overview} currency={currency} isCurrent={!isOld} />
    </div>
  );
}
