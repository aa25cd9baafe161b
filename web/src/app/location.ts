import { useEffect, useState } from 'preact/hooks';

const changed = new EventTarget();

/** Where the page is. */
export interface Place {
  readonly path: string;
  readonly query: string;
}

const here = (): Place => ({ path: location.pathname, query: location.search });

/** Goes to an address of this page without loading it anew. */
export function navigate(address: string, replace = false): void {
  if (replace)
    history.replaceState(null, '', address);
  else
    history.pushState(null, '', address);
  changed.dispatchEvent(new Event('change'));
}

/** The place, followed as it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = () => setPlace(here());
    changed.addEventListener('change', update);
    addEventListener('popstate', update);
    return () => {
      changed.removeEventListener('change', update);
      removeEventListener('popstate', update);
    };
  }, []);
  return place;
}
