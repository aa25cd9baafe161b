import { useEffect, useRef } from 'preact/hooks';
import type { EvidenceClick } from '../api/finance';
import { count, money } from '../format/numbers';
import { useEvidence } from './useEvidence';

/** The clicks behind a line of a statement, as the archive holds them: those that were billed, and the repeats, invalid ones and those over budget that were not. */
export function EvidenceCard({ day, advertiser, campaign, close }: { day: string; advertiser: string; campaign: string; close: () => void }) {
  const { clicks, isLoading, problem, more } = useEvidence(day, advertiser, campaign);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever asked for them by keyboard goes on here.
  useEffect(() => heading.current?.focus(), [day, advertiser, campaign]);
  return (
    <section class="card" aria-labelledby="evidence" aria-busy={isLoading}>
      <div class="head">
        <h2 id="evidence" ref={heading} tabIndex={-1}>Clicks of {campaign} on {day}</h2>
        <button type="button" class="plain" onClick={close}>Hide the clicks</button>
      </div>
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of clicks">
        <table>
          <caption class="unseen">Clicks of {campaign} on {day}, from the archive</caption>
          <thead>
            <tr>
              <th scope="col">Click</th><th scope="col">Happened</th><th scope="col">Billed</th><th scope="col" class="number">Price</th>
              <th scope="col">Ad</th><th scope="col">Device, country</th><th scope="col">Visitor</th><th scope="col">Arrived</th><th scope="col">On the log</th>
            </tr>
          </thead>
          <tbody>{clicks.map(click => <Line key={`${click.partition}/${click.sequence}`} click={click} />)}</tbody>
        </table>
      </div>
      {problem !== null && <p class="empty refusal" role="alert"><strong>{problem.title}.</strong> {problem.message}</p>}
      {problem === null && clicks.length === 0 && <p class="empty" role="status">{isLoading ? 'Loading…' : 'The archive has no clicks of this line.'}</p>}
      {clicks.length > 0 && (
        <p class="more">
          <span role="status">{count(clicks.length)} clicks{more === null ? ', all there are' : ' so far'}</span>
          {more !== null && <button type="button" class="plain" disabled={isLoading} onClick={more}>Show more</button>}
        </p>
      )}
    </section>
  );
}

const time = (iso: string): string => iso.slice(11, 23);

/** Why a click was not billed. A repeat is one whatever it was judged. */
const whyFree = ({ counted_instead: first, invalid }: EvidenceClick): string =>
  first !== null ? `Repeat of ${first.slice(0, 10)} ${time(first)}` : invalid ? 'Invalid' : 'Over budget';

const Line = ({ click }: { click: EvidenceClick }) => (
  <tr>
    <th scope="row">{click.click_id}</th>
    <td>{time(click.event_time)}</td>
    <td>{click.billed ? <span class="state healthy">Billed</span> : <span class="muted">{whyFree(click)}</span>}</td>
    <td class="number">{money(BigInt(click.cost_micros), click.currency)}</td>
    <td>{click.ad_id}</td>
    <td>{[click.device, click.country].filter(text => text !== '').join(', ')}</td>
    <td class="muted">{click.user_pseudonym ?? ''}</td>
    <td class="muted">{click.arrival_time.replace('T', ' ').replace('Z', '')}</td>
    <td class="muted">{click.partition}/{click.sequence}</td>
  </tr>
);
