import type { ComponentChildren } from 'preact';
import { navigate } from './location';

/** A link to another page of this application, followed without loading it anew. */
export function Link({ href, current, children }: { href: string; current: boolean; children: ComponentChildren }) {
  function follow(event: MouseEvent): void {
    // A click that asks for a new tab or window is the browser's.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return;
    event.preventDefault();
    navigate(href);
  }

  return <a href={href} aria-current={current ? 'page' : undefined} onClick={follow}>{children}</a>;
}
