import { Problem } from '../kit/problem.ts';
import { CommitUnknown, sqlState } from './transaction.ts';

// Lock, statement and idle limits; a server without room, disk or memory, or one that failed over and only
// reads; a password or database that is being changed under us (PostgreSQL, appendix A).
const busyStates = new Set(['55P03', '57014', '25P03', '25P04', '25006', '28000', '28P01', '3D000']);
const busyClasses = ['08', '40', '53', '57', '58'];
/** The server ended the session, for whatever reason. */
const fatal = new Set(['FATAL', 'PANIC']);

/** Words of the driver (pg, pg-pool), which gives these errors no code. */
const lostConnection = new RegExp(
  [
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Connection terminated',
    'is not queryable',
    'Cannot use a pool after',
  ].join('|'),
);
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);
const mostCauses = 3;

/**
 * What a database error means to a caller: a lost COMMIT may have been written, so the same request must be
 * repeated; a busy or absent database wrote nothing. Nothing where the error is of another kind.
 */
export function explainDatabaseError(error: unknown): Problem | undefined {
  const chain = causesOf(error);
  if (chain.some((one) => one instanceof CommitUnknown))
    return new Problem('outcome_is_unknown', { retryAfterSeconds: 1 });
  return chain.some(isBusy) ? new Problem('temporarily_unavailable', { retryAfterSeconds: 2 }) : undefined;
}

/** An error and what it came from: who handles one on its way may have wrapped it. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && chain.length <= mostCauses; next = next.cause)
    chain.push(next);
  return chain;
}

function isBusy(error: Error): boolean {
  if ('severity' in error && typeof error.severity === 'string' && fatal.has(error.severity)) return true;
  const state = sqlState(error);
  if (state !== undefined && (busyStates.has(state) || busyClasses.includes(state.slice(0, 2)))) return true;
  const code = 'code' in error ? error.code : undefined;
  return lostConnection.test(error.message) || (typeof code === 'string' && unreachable.has(code));
}
