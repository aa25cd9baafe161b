/** The shape of the page while its first numbers are on their way. */
export const Loading = () => (
  <div class="loading" role="status">
    <span class="unseen">Loading the numbers</span>
    <div class="card ghost low" />
    <div class="card ghost high" />
  </div>
);
