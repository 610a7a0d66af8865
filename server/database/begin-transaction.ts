/**
 * What holds in every transaction, whatever the server, the role or the session says. The server keeps the
 * limits: one kept only by the client reports failure and lets the statement commit afterwards.
 */
export const transactionSettings = {
  statement_timeout: '5s',
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '10s',
  // Statements here are short: compiling one takes longer than running it, by a factor of a thousand.
  jit: 'off',
  // Data lies on a solid-state disk or in memory. The default suits spinning disks, and reads tables whole.
  random_page_cost: '1.1',
};

/**
 * Begins and sets in one round trip, for a session that is not known to keep them (`keep-settings.ts`);
 * nothing of it is left in the session afterwards.
 */
export const beginTransaction = ['BEGIN', ...Object.entries(transactionSettings).map(setLocal)].join('; ');

function setLocal([name, value]: [string, string]): string {
  return `SET LOCAL ${name} = '${value}'`;
}
