import { useState } from 'preact/hooks';
import { startClose } from '../api/finance';
import { Problem } from '../api/http';
import { dayMs, isoDay } from '../format/times';
import { useSession } from '../signin/useSession';

/** Starts the close of a day. A day that is being closed is not started twice: the server names the run that is there. */
export function CloseForm({ started }: { started: (day: string) => void }) {
  const yesterday = isoDay(Date.now() - dayMs);
  const [day, setDay] = useState(yesterday);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { session } = useSession();

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (session === null)
      return;
    setIsSending(true);
    setRefusal(null);
    try {
      await startClose(day, session);
      started(day);
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.message : String(failure));
    } finally {
      setIsSending(false);
    }
  }

  return (
    <form class="days" onSubmit={event => void submit(event)}>
      <label>Day <input type="date" required max={yesterday} value={day} onInput={event => setDay(event.currentTarget.value)} /></label>
      <button type="submit" class="button" disabled={isSending || session === null}>Close the day</button>
      {refusal !== null && <p role="alert">{refusal}</p>}
    </form>
  );
}
