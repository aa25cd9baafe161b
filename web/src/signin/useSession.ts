import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../api/http';
import { type Session, getSession } from '../api/session';

/** Who is signed in, as far as it is known. */
export interface Signed {
  readonly session: Session | null;
  /** Why it is not known; null while it is being asked. */
  readonly problem: Problem | null;
}

const limitMs = 10_000;
const unknown: Signed = { session: null, problem: null };
const changed = new EventTarget();
let signed = unknown;
let asked = false;

function set(next: Signed): void {
  signed = next;
  changed.dispatchEvent(new Event('change'));
}

/** Asks anew, for when somebody has signed in. */
export async function refreshSession(): Promise<void> {
  asked = true;
  set(unknown);
  try {
    set({ session: await getSession(AbortSignal.timeout(limitMs)), problem: null });
  } catch (failure) {
    set({ session: null, problem: failure instanceof Problem ? failure : new Problem(0, 'Unexpected answer', String(failure)) });
  }
}

/** The session, asked for once for all who want to know. */
export function useSession(): Signed {
  const [shown, setShown] = useState(signed);
  useEffect(() => {
    const update = () => setShown(signed);
    changed.addEventListener('change', update);
    update();
    if (!asked)
      void refreshSession();
    return () => changed.removeEventListener('change', update);
  }, []);
  return shown;
}
