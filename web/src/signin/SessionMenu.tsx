import { useState } from 'preact/hooks';
import { Problem } from '../api/http';
import { signOut } from '../api/session';
import { type Signed, refreshSession, useSession } from './useSession';

function textOf({ session, problem }: Signed): string {
  if (session !== null)
    return `${session.subject} · ${[...session.roles, ...session.advertisers].join(', ')}`;
  return problem === null ? 'Asking…' : problem.status === 401 ? 'Not signed in.' : problem.message;
}

/** Who is signed in, and the way out. */
export function SessionMenu() {
  const signed = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { session } = signed;

  async function leave(): Promise<void> {
    try {
      await signOut(session!);
      location.assign('/');
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.message : String(failure));
    }
  }

  function toggle(isOpen: boolean): void {
    if (isOpen && session === null)
      void refreshSession();
  }

  return (
    <details class="session" onToggle={event => toggle(event.currentTarget.open)}>
      <summary>Account</summary>
      <div class="card menu">
        <p role="status">{refusal ?? textOf(signed)}</p>
        {session?.csrf_token && <button type="button" class="button" onClick={() => void leave()}>Sign out</button>}
      </div>
    </details>
  );
}
