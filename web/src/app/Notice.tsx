import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/http';
import { SignIn } from '../signin/SignIn';

/** A card in place of numbers: nothing there, not allowed, or failed. */
export function Notice({ title, children, action }: { title: string; children: ComponentChildren; action?: { name: string; run: () => void } }) {
  return (
    <section class="card notice">
      <h2>{title}</h2>
      <p>{children}</p>
      {action && <button type="button" class="button" onClick={action.run}>{action.name}</button>}
    </section>
  );
}

/** Why there are no numbers at all, and what to do. */
export function ProblemNotice({ problem, retry }: { problem: Problem; retry: () => void }) {
  if (problem.status === 401)
    return <SignIn done={retry} />;
  return <Notice title={problem.title} action={{ name: 'Try again', run: retry }}>{problem.message}</Notice>;
}
