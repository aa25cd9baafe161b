import { type Report, reportUrl } from '../api/finance';
import { count } from '../format/numbers';
import { AdvertiserTable } from './AdvertiserTable';
import { CurrencyTable } from './CurrencyTable';
import { Part } from './Part';
import { UnexplainedRows } from './UnexplainedRows';

/** The reconciliation of a day: what the stream counted, what the recount says, and why they differ. */
export function DayReport({ day, report, isLoading, showStatement }: {
  day: string;
  report: Report | null;
  /** Whether the report is of another day. */
  isLoading: boolean;
  showStatement: (advertiser: string, currency: string) => void;
}) {
  return (
    <section class="card report" aria-labelledby="report">
      <div class="head">
        <h2 id="report">Reconciliation of {day}{report?.date === day && <span class="muted">, revision {report.revision}</span>}</h2>
        {report?.date === day && (
          <p class="links">
            <a href={reportUrl(day, 'html')} target="_blank" rel="noopener">Printable report</a>
            <a href={reportUrl(day, 'csv')} download>CSV</a>
            <a href={reportUrl(day, 'parquet')} download>Parquet</a>
          </p>
        )}
      </div>
      <Part value={report} isLoading={isLoading} absent="This day is not closed yet. Its numbers are live: they may still change.">
        {found => <Content report={found} showStatement={showStatement} />}
      </Part>
    </section>
  );
}

function Content({ report, showStatement }: { report: Report; showStatement: (advertiser: string, currency: string) => void }) {
  const quarantined = Object.entries(report.quarantined);
  return (
    <>
      <Verdict report={report} />
      {report.currencies.length === 0 && <p class="empty">Nothing happened on this day.</p>}
      {report.currencies.map(figures => <CurrencyTable key={figures.currency} figures={figures} />)}
      {report.unexplained.rows > 0 && <UnexplainedRows unexplained={report.unexplained} />}
      <dl class="facts">
        <div><dt>Copies of clicks</dt><dd data-fact="copies">{count(report.copies.clicks)}</dd><dd class="muted">Recognised by their id and billed once; {count(report.copies.across_midnight)} of them belong to a day before.</dd></div>
        <div><dt>Put aside</dt><dd data-fact="quarantined">{count(quarantined.reduce((sum, [, records]) => sum + records, 0))}</dd>
          <dd class="muted">{quarantined.length === 0 ? 'Every record of the day could be read.' : `Records that are no valid event, kept with their bytes: ${quarantined.map(([reason, records]) => `${reason.replaceAll('_', ' ')} ${count(records)}`).join(', ')}.`}</dd></div>
      </dl>
      {report.advertisers.length > 0 && <AdvertiserTable advertisers={report.advertisers} showStatement={showStatement} />}
    </>
  );
}

const Verdict = ({ report }: { report: Report }) => (
  <ul class="verdict">
    {report.alerts.length === 0 && <li class="change good">Every difference is explained, and the divergence is below the threshold.</li>}
    {report.alerts.includes('unexplained') && <li class="change bad"><strong>Unexplained.</strong> {count(report.unexplained.rows)} hours and keys differ for no known cause. The recount stands; find out why before trusting the stream.</li>}
    {report.alerts.includes('drift') && <li class="change bad"><strong>Drift.</strong> Stream and recount diverge by more than the threshold; the causes say why.</li>}
  </ul>
);
