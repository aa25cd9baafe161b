// The browser session, where the host asks who it is: docs/http.md.
import { getJson, sendJson } from './http';

export interface Session {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly advertisers: readonly string[];
  readonly csrf_token: string | null;
}

export const getSession = async (signal: AbortSignal): Promise<Session> => (await getJson<Session>('/api/v1/session', signal)).body;

/** Opens a session with a token. */
export const signIn = (token: string): Promise<void> => sendJson('/signin', { token });

/** Closes the session. */
export const signOut = (session: Session): Promise<void> =>
  sendJson('/signout', {}, session.csrf_token === null ? {} : { 'X-CSRF-Token': session.csrf_token });
