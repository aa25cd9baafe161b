import { useMemo, useState } from 'preact/hooks';
import { getFinanceView } from '../api/finance';
import { Banner } from '../app/Banner';
import { ProblemNotice } from '../app/Notice';
import { navigate, usePlace } from '../app/location';
import { Loading } from '../dashboard/Loading';
import { usePolling } from '../live/usePolling';
import { BackfillsCard } from './BackfillsCard';
import { DayReport } from './DayReport';
import { EvidenceCard } from './EvidenceCard';
import { LedgerCard } from './LedgerCard';
import { RunsCard } from './RunsCard';
import { StatementCard } from './StatementCard';
import { hasEnded } from './runs';
import { type FinanceView, choiceOf, financeAddress, parseFinanceView } from './view';

const idleMs = 15_000;
const busyMs = 1_000;

/** Closes, what they found, and what follows from it for money: for finance. */
export function FinancePage() {
  const { query } = usePlace();
  const view = useMemo(() => parseFinanceView(query), [query]);
  const show = (changes: Partial<FinanceView>) => navigate(financeAddress({ ...view, ...changes }));
  const [isBusy, setIsBusy] = useState(false);
  const choice = choiceOf(view);
  const key = JSON.stringify(choice);
  const { value, key: shown, problem, reload } = usePolling(key, isBusy ? busyMs : idleMs, async signal => {
    const answer = await getFinanceView(choice, signal);
    setIsBusy([...answer.closes, ...answer.backfills].some(run => !hasEnded(run)));
    return answer;
  });
  if (value === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const { closes, backfills, journals } = value;
  // What was chosen a moment ago, before its answer is there.
  const day = view.day ?? value.day;
  const advertiser = view.advertiser ?? value.advertiser_id;
  const currency = view.currency ?? value.currency;
  const month = view.month ?? day?.slice(0, 7) ?? value.month;
  const isOld = shown !== key;
  const showStatement = (nextAdvertiser: string, nextCurrency: string) => {
    show({ advertiser: nextAdvertiser, currency: nextCurrency, evidence: null });
    document.getElementById('statement')?.focus();
  };
  return (
    <div class="numbers">
      <h1 class="unseen">Finance</h1>
      {problem !== null && <Banner problem={problem} />}
      <div class="columns">
        <RunsCard runs={closes} day={day} show={next => show({ day: next })} started={next => { show({ day: next }); reload(); }} />
        <LedgerCard journals={journals} showStatement={showStatement} />
      </div>
      {day !== null && <DayReport day={day} report={value.report} isLoading={isOld && value.day !== day} showStatement={showStatement} />}
      {advertiser !== null && currency !== null && (
        <StatementCard journals={journals} choice={{ advertiser, currency, month }} choose={next => show({ ...next, evidence: null })} statement={value.statement}
          isLoading={isOld && (value.advertiser_id !== advertiser || value.currency !== currency || value.month !== month)}
          showEvidence={(clicksOf, campaign) => show({ advertiser, currency, month, evidence: { day: clicksOf, campaign } })} />
      )}
      {advertiser !== null && view.evidence !== null && (
        <EvidenceCard day={view.evidence.day} advertiser={advertiser} campaign={view.evidence.campaign} close={() => show({ evidence: null })} />
      )}
      <BackfillsCard backfills={backfills} decided={reload} />
    </div>
  );
}
