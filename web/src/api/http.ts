import { parseExact } from './exact';

/** What the server refused, as it said it. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, detail: string) {
    super(detail);
  }
}

/** A body and the time at the server when it was sent, milliseconds since 1970. */
export interface Answer<T> {
  readonly body: T;
  readonly serverTime: number;
}

async function request(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...options, credentials: 'same-origin' });
  } catch (failure) {
    if (options.signal?.aborted)
      throw failure;
    throw new Problem(0, 'No connection', 'The server can\'t be reached. The page tries again by itself.');
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = `The server answered ${response.status}.`;
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json'))
    return new Problem(response.status, 'Error', fallback);
  const { title, detail } = await response.json() as { title?: string; detail?: string };
  return new Problem(response.status, title ?? 'Error', detail ?? fallback);
}

function timeOf(response: Response): number {
  const date = Date.parse(response.headers.get('Date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

/** Gets JSON, money as text. */
export async function getJson<T>(url: string, signal: AbortSignal): Promise<Answer<T>> {
  const response = await request(url, { headers: { Accept: 'application/json' }, signal });
  if (!response.ok)
    throw await problemOf(response);
  return { body: parseExact(await response.text()) as T, serverTime: timeOf(response) };
}

/** Posts JSON and expects no answer but that it worked. */
export async function sendJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
  const response = await request(url, {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
  });
  if (!response.ok)
    throw await problemOf(response);
}
