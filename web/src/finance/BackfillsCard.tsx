import { useState } from 'preact/hooks';
import { type Backfill, decideBackfill, differenceUrl } from '../api/finance';
import { Problem } from '../api/http';
import { Confirmation } from '../app/Confirmation';
import { count, money } from '../format/numbers';
import { moment } from '../format/times';
import { useSession } from '../signin/useSession';
import { backfillState, rangeText } from './backfills';
import { hasEnded } from './runs';

type Decision = 'apply' | 'discard';

/** Ranges that were counted again, and what becomes of the results that wait for a decision. */
export function BackfillsCard({ backfills, decided }: { backfills: readonly Backfill[]; decided: () => void }) {
  const { session } = useSession();
  const [asked, setAsked] = useState<{ backfill: Backfill; decision: Decision } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function decide({ backfill, decision }: { backfill: Backfill; decision: Decision }): Promise<void> {
    setAsked(null);
    setRefusal(null);
    try {
      await decideBackfill(backfill.id, decision, session!);
      decided();
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.message : String(failure));
    }
  }

  return (
    <section class="card" aria-labelledby="backfills">
      <div class="head"><h2 id="backfills">Ranges counted again</h2></div>
      {refusal !== null && <p class="refusal note" role="alert">{refusal}</p>}
      {backfills.length === 0
        ? <p class="empty">No range was counted again. A result that is asked for over the API is kept, and waits here for a decision.</p>
        : (
          <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of ranges counted again">
            <table>
              <caption class="unseen">Ranges that were counted again, what that changes, and what became of it</caption>
              <thead>
                <tr><th scope="col">Range</th><th scope="col">State</th><th scope="col">What it changes</th><th scope="col">Changed</th><th scope="col">Decision</th></tr>
              </thead>
              <tbody>{backfills.map(backfill => <Line key={backfill.id} backfill={backfill} canDecide={session !== null} ask={decision => setAsked({ backfill, decision })} />)}</tbody>
            </table>
          </div>
        )}
      {asked !== null && (
        <Confirmation title={asked.decision === 'apply' ? 'Show the result of this range?' : 'Throw the result of this range away?'}
          confirm={asked.decision === 'apply' ? 'Apply it' : 'Discard it'} confirmed={() => void decide(asked)} cancelled={() => setAsked(null)}>
          <p>{rangeText(asked.backfill)}</p>
          <p>{asked.decision === 'apply'
            ? 'Queries will show these counts instead of those they show now. Closed days are billed as they were: close them again for that.'
            : 'Queries go on showing what they show now. The range can be counted again at any time.'}</p>
        </Confirmation>
      )}
    </section>
  );
}

function Line({ backfill, canDecide, ask }: { backfill: Backfill; canDecide: boolean; ask: (decision: Decision) => void }) {
  const { name, mark } = backfillState(backfill);
  const { outcome } = backfill;
  const range = rangeText(backfill);
  return (
    <tr data-backfill={backfill.id}>
      <th scope="row">{range}</th>
      <td><span class={`state ${mark}`}>{name}</span></td>
      <td class="wrapped">{backfill.failure ?? (outcome === null ? '' : outcome.difference.rows === 0 ? 'Nothing: the counts are the same.' : <Changes outcome={outcome} id={backfill.id} range={range} />)}</td>
      <td class="muted">{moment(Date.parse(backfill.updated_at), Date.now())}</td>
      <td>{hasEnded(backfill) && outcome?.staged && (
        <span class="links">
          <button type="button" class="plain" disabled={!canDecide} onClick={() => ask('apply')}>Apply<span class="unseen"> {range}</span></button>
          <button type="button" class="plain" disabled={!canDecide} onClick={() => ask('discard')}>Discard<span class="unseen"> {range}</span></button>
        </span>
      )}</td>
    </tr>
  );
}

const Changes = ({ outcome, id, range }: { outcome: NonNullable<Backfill['outcome']>; id: string; range: string }) => (
  <>
    {outcome.difference.totals.map(({ currency, before, after }) => (
      <span key={currency} class="change-of">
        Clicks {count(before.clicks)} → {count(after.clicks)}{currency !== '' && <>, spend {money(BigInt(before.spend_micros), currency)} → {money(BigInt(after.spend_micros), currency)}</>}.{' '}
      </span>
    ))}
    <a class="download" href={differenceUrl(id)} download>{count(outcome.difference.rows)} rows as CSV<span class="unseen"> of {range}</span></a>
  </>
);
