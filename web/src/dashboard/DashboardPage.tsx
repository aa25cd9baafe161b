import { useEffect, useMemo } from 'preact/hooks';
import { getOverview } from '../api/analytics';
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
  const advertisers = useAdvertisers(view.advertiser === null);

  // Without a choice in the address the first advertiser is shown, and the address says so.
  const first = advertisers.known?.[0];
  useEffect(() => {
    if (view.advertiser === null && first !== undefined)
      navigate(`/${viewQuery({ ...view, advertiser: first })}`, true);
  }, [view, first]);

  return (
    <>
      <h1 class="unseen">Advertising</h1>
      <Toolbar view={view} show={show} advertisers={advertisers} />
      {view.advertiser !== null ? <Numbers view={view} show={show} />
        : advertisers.problem !== null ? <ProblemNotice problem={advertisers.problem} retry={advertisers.load} />
          : advertisers.known?.length === 0
            ? <Notice title="No advertisers yet" action={{ name: 'Look again', run: advertisers.load }}>The catalog has no ads. Add one, and its advertiser appears here.</Notice>
            : <Loading />}
    </>
  );
}

function Numbers({ view, show }: { view: View; show: (view: View) => void }) {
  const key = viewQuery({ ...view, metric: 'clicks', currency: null });
  const { value, key: shown, problem, reload } = usePolling(
    key, pollInterval(view, Date.now()), signal => getOverview(questionOf(view, Date.now()), signal));
  if (value === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const { body: overview, serverTime } = value;
  const currencies = currenciesOf(overview.totals);
  const currency = view.currency !== null && currencies.includes(view.currency) ? view.currency : currencies[0]!;
  const isOld = shown !== key;
  if (isOld && problem !== null)
    return <ProblemNotice problem={problem} retry={reload} />;
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
      {view.advertiser !== null && <BudgetCard view={view} advertiser={view.advertiser} serverTime={serverTime} />}
      <Announcement overview={overview} currency={currency} isCurrent={!isOld} />
    </div>
  );
}
