import { useState } from 'preact/hooks';
import { Problem } from '../api/http';
import { type Session, getSession, signOut } from '../api/session';

/** Who is signed in, asked for only when somebody wants to know. */
export function SessionMenu() {
  const [session, setSession] = useState<Session | null>(null);
  const [text, setText] = useState('');

  async function open(isOpen: boolean): Promise<void> {
    if (!isOpen)
      return;
    setSession(null);
    setText('Asking…');
    try {
      const found = await getSession(AbortSignal.timeout(10_000));
      setSession(found);
      setText(`${found.subject} · ${[...found.roles, ...found.advertisers].join(', ')}`);
    } catch (failure) {
      const status = failure instanceof Problem ? failure.status : 0;
      setText(status === 404 ? 'This server asks nobody to sign in.' : status === 401 ? 'Not signed in.' : String(failure));
    }
  }

  async function leave(): Promise<void> {
    try {
      await signOut(session!);
      location.assign('/');
    } catch (failure) {
      setText(failure instanceof Problem ? failure.message : String(failure));
    }
  }

  return (
    <details class="session" onToggle={event => void open(event.currentTarget.open)}>
      <summary>Account</summary>
      <div class="card menu">
        <p role="status">{text}</p>
        {session?.csrf_token && <button type="button" class="button" onClick={() => void leave()}>Sign out</button>}
      </div>
    </details>
  );
}
