import { dimensionNames, valueName } from './names';
import { type View, withoutFilter } from './view';

/** The filters in force, each to be taken away. */
export function Filters({ view, show }: { view: View; show: (view: View) => void }) {
  if (view.filters.length === 0)
    return null;
  return (
    <ul class="chips" aria-label="Filters">
      {view.filters.map(filter => (
        <li key={filter.join('=')}>
          <button type="button" class="chip" onClick={() => show(withoutFilter(view, filter))}>
            <span class="unseen">Remove filter </span><span class="muted">{dimensionNames[filter[0]]}</span> {valueName(filter[1])} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {view.filters.length > 1 && <li><button type="button" class="plain" onClick={() => show({ ...view, filters: [] })}>Remove all</button></li>}
    </ul>
  );
}
