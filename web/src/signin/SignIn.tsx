import { useState } from 'preact/hooks';
import { Problem } from '../api/http';
import { signIn } from '../api/session';
import { refreshSession } from './useSession';

/** In place of the numbers while nobody is signed in. */
export function SignIn({ done }: { done: () => void }) {
  const [token, setToken] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await signIn(token.trim());
      setToken('');
      void refreshSession();
      done();
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.message : String(failure));
    }
  }

  return (
    <section class="card notice" aria-labelledby="signin">
      <h2 id="signin">Sign in</h2>
      <p>Open the sign-in link that you were given, or that the server printed when it started, in this browser. Or paste a token.</p>
      <form class="signin" onSubmit={event => void submit(event)}>
        <label>Token <input type="password" autoComplete="off" spellcheck={false} required value={token} onInput={event => setToken(event.currentTarget.value)} /></label>
        <button type="submit" class="button">Sign in</button>
      </form>
      {refusal !== null && <p role="alert" class="refusal">{refusal}</p>}
    </section>
  );
}
