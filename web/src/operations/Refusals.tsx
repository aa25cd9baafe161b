import { count } from '../format/numbers';
import { sumOf, type Metrics } from './prometheus';
import { refusalsOf } from './stream';

const meanings: Record<string, string> = {
  malformed: 'Cut or rewritten links.', bad_target: 'Signed, but leading nowhere allowed: mend the link maker.', unknown_key: 'Signed with a key this host doesn\'t have.',
  bad_signature: 'Changed after signing. Many of them are an attack, or a wrong secret.', not_yet_valid: 'Clocks differ.', expired: 'Their time was over.',
  unknown_ad: 'The ad is not in the catalog.', ad_inactive: 'The ad is archived.', no_landing_page: 'The ad has no landing page.', ad_mismatch: 'The ad moved since the link was made.',
  method_not_allowed: 'Neither GET nor HEAD.', overloaded: 'More clicks than the log takes.', log_unavailable: 'The log can\'t be written.', catalog_unavailable: 'The catalog was not read yet.',
};

/** Clicks that got no redirect, by reason. */
export function Refusals({ metrics, isShared }: { metrics: Metrics; isShared: boolean }) {
  if (isShared) {
    return (
      <section class="card differences" aria-labelledby="refusals">
        <h2 id="refusals">Clicks and refusals</h2>
        <p class="muted">Unknown here: each instance counts its own requests. Azure Monitor adds them up.</p>
      </section>
    );
  }

  const refusals = refusalsOf(metrics);
  return (
    <section class="card differences" aria-labelledby="refusals">
      <h2 id="refusals">Clicks and refusals</h2>
      <dl>
        <div class="result"><dt>Redirected</dt><dd class="clicks">{count(sumOf(metrics, 'clickfuncs_redirect_requests_total', { outcome: 'click' }))}</dd><dd class="meaning">Clicks recorded and sent on, since the start.</dd></div>
        <div><dt>No clicks</dt><dd class="clicks">{count(sumOf(metrics, 'clickfuncs_redirect_requests_total', { outcome: 'non_click' }))}</dd><dd class="meaning">HEAD, prefetch and prerender: recorded, never counted.</dd></div>
        {refusals.map(([reason, value]) => (
          <div key={reason}><dt>{reason.replaceAll('_', ' ')}</dt><dd class="clicks">{count(value)}</dd><dd class="meaning">{meanings[reason] ?? ''}</dd></div>
        ))}
      </dl>
      {refusals.length === 0 && <p class="muted">No link was refused since the start.</p>}
    </section>
  );
}
