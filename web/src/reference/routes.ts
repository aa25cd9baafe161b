import type { Description, Operation } from '../api/description';

/** A method at a path. */
export interface Route {
  /** Where it stands on the page. */
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The routes of an area, areas in the order in which they first come. */
export type Areas = readonly (readonly [area: string, routes: readonly Route[]])[];

const anchorOf = (method: string, path: string): string => `${method}${path}`.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '');

/** All routes by area: those whose method, path or summary has the text. */
export function areasOf({ paths }: Description, text: string): Areas {
  const areas = new Map<string, Route[]>();
  const wanted = text.trim().toLowerCase();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!`${method} ${path} ${operation.summary ?? ''}`.toLowerCase().includes(wanted))
        continue;
      const area = operation.tags?.[0] ?? 'Other';
      const route: Route = { anchor: anchorOf(method, path), method: method.toUpperCase(), path, operation };
      areas.set(area, [...areas.get(area) ?? [], route]);
    }
  }

  return [...areas];
}
