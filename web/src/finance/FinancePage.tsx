import { useMemo, useState } from 'preact/hooks';
import { getJournals, getRuns } from '../api/finance';
import { Banner } from '../app/Banner';
import { ProblemNotice } from '../app/Notice';
import { navigate, usePlace } from '../app/location';
import { Loading } from '../dashboard/Loading';
import { isoDay } from '../format/times';
import { usePolling } from '../live/usePolling';
import { DayReport } from './DayReport';
import { EvidenceCard } from './EvidenceCard';
import { LedgerCard } from './LedgerCard';
import { RunsCard } from './RunsCard';
import { StatementCard } from './StatementCard';
import { dayOf, hasEnded, newestClosed } from './runs';
import { type FinanceView, financeAddress, parseFinanceView } from './view';

const idleMs = 15_000;
const busyMs = 1_000;

/** Closes, what they found, and what follows from it for money: for finance. */
export function FinancePage() {
  const { query } = usePlace();
  const view = useMemo(() => parseFinanceView(query), [query]);
  const show = (changes: Partial<FinanceView>) => navigate(financeAddress({ ...view, ...changes }));
  const [isBusy, setIsBusy] = useState(false);
  const { value, problem, reload } = usePolling('finance', isBusy ? busyMs : idleMs, async signal => {
    const [runs, journals] = await Promise.all([getRuns(signal), getJournals(signal)]);
    setIsBusy(runs.some(run => !hasEnded(run)));
    return { runs, journals };
  });
  if (value === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const { runs, journals } = value;
  const day = view.day ?? newestClosed(runs);
  const run = runs.find(candidate => dayOf(candidate) === day);
  const first = journals[0];
  const advertiser = view.advertiser ?? first?.advertiser_id;
  const currency = view.currency ?? (journals.find(journal => journal.advertiser_id === advertiser) ?? first)?.currency;
  const month = view.month ?? (day ?? isoDay(Date.now())).slice(0, 7);
  const version = runs.filter(hasEnded).map(ended => `${ended.id}#${ended.execution}`).join(' ');
  const showStatement = (nextAdvertiser: string, nextCurrency: string) => {
    show({ advertiser: nextAdvertiser, currency: nextCurrency, evidence: null });
    document.getElementById('statement')?.focus();
  };
  return (
    <div class="numbers">
      <h1 class="unseen">Finance</h1>
      {problem !== null && <Banner problem={problem} />}
      <div class="columns">
        <RunsCard runs={runs} day={day} show={next => show({ day: next })} started={next => { show({ day: next }); reload(); }} />
        <LedgerCard journals={journals} showStatement={showStatement} />
      </div>
      {day !== null && <DayReport day={day} version={run !== undefined && hasEnded(run) ? `${run.execution}` : ''} showStatement={showStatement} />}
      {advertiser !== undefined && currency !== undefined && (
        <StatementCard journals={journals} choice={{ advertiser, currency, month }} choose={choice => show({ ...choice, evidence: null })}
          showEvidence={(clicksOf, campaign) => show({ advertiser, currency, month, evidence: { day: clicksOf, campaign } })} version={version} />
      )}
      {advertiser !== undefined && view.evidence !== null && (
        <EvidenceCard day={view.evidence.day} advertiser={advertiser} campaign={view.evidence.campaign} close={() => show({ evidence: null })} />
      )}
    </div>
  );
}
