import type { Problem } from '../api/http';

/** Says above numbers that are still shown that newer ones could not be had. */
export const Banner = ({ problem }: { problem: Problem }) => (
  <p class="banner" role="alert"><strong>{problem.status === 401 ? 'Signed out' : problem.title}.</strong> {problem.message} The numbers below are the last that came.</p>
);
