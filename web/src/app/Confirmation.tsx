import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Asks before something is done that changes what others see. Escape and Cancel do nothing. */
export function Confirmation({ title, confirm, confirmed, cancelled, children }: {
  title: string;
  confirm: string;
  confirmed: () => void;
  cancelled: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="card confirmation" aria-labelledby="confirmation" onCancel={cancelled}>
      <h2 id="confirmation">{title}</h2>
      {children}
      <p class="links">
        <button type="button" class="button" onClick={confirmed}>{confirm}</button>
        <button type="button" class="button" autoFocus onClick={cancelled}>Cancel</button>
      </p>
    </dialog>
  );
}
