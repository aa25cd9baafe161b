import { useEffect, useState } from 'preact/hooks';
import { getDescription } from '../api/description';
import { ProblemNotice } from '../app/Notice';
import { Loading } from '../dashboard/Loading';
import { count } from '../format/numbers';
import { usePolling } from '../live/usePolling';
import { RouteCard } from './RouteCard';
import { areasOf } from './routes';

// It changes with the host's version only.
const intervalMs = 3_600_000;

/** Every route of the API, from the description that the host makes of its code. */
export function ReferencePage() {
  const [text, setText] = useState('');
  const { value: description, problem, reload } = usePolling('reference', intervalMs, getDescription);
  const wanted = decodeURIComponent(location.hash.slice(1));
  useEffect(() => {
    if (description !== null && wanted !== '')
      document.getElementById(wanted)?.scrollIntoView();
  }, [description]);
  if (description === null)
    return problem === null ? <Loading /> : <ProblemNotice problem={problem} retry={reload} />;

  const areas = areasOf(description, text);
  const routes = areas.reduce((sum, [, those]) => sum + those.length, 0);
  return (
    <div class="numbers reference">
      <section class="card about">
        <h1>API</h1>
        <p>{description.info.description} What fields mean and how they belong together is in the documentation; the same as a file is <a href="/openapi/v1.json">/openapi/v1.json</a>, {description.openapi}.</p>
        <label>Find a route <input type="search" value={text} onInput={event => setText(event.currentTarget.value)} /></label>
        <p class="muted" role="status">{count(routes)} {routes === 1 ? 'route' : 'routes'}</p>
      </section>
      {routes === 0 && <p class="card empty">No route has this in its method, path or summary.</p>}
      {areas.map(([area, those]) => (
        <section key={area} class="card" aria-labelledby={`area-${area}`}>
          <div class="head"><h2 id={`area-${area}`}>{area}</h2></div>
          {those.map(route => <RouteCard key={route.anchor} route={route} description={description} isOpenAtFirst={route.anchor === wanted} />)}
        </section>
      ))}
    </div>
  );
}
