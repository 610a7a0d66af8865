import { Problem } from '../kit/problem.ts';
import { CommitUnknown, sqlState } from './transaction.ts';

// Lock, statement and idle limits; too many connections; a server that starts, stops or fails over.
const busyStates = new Set(['55P03', '57014', '25P03', '53300', '53400', '57P01', '57P02', '57P03', '25006']);

const lostConnection =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Cannot use a pool after/;
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);

/**
 * What a database error means to a caller: a lost COMMIT may have been written, so the same request must be
 * repeated; a busy or absent database wrote nothing. Nothing where the error is of another kind.
 */
export function explainDatabaseError(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof CommitUnknown) return new Problem('outcome_is_unknown', { retryAfterSeconds: 1 });
  return isBusy(error) ? new Problem('temporarily_unavailable', { retryAfterSeconds: 2 }) : undefined;
}

function isBusy(error: Error): boolean {
  const state = sqlState(error);
  if (state !== undefined && (busyStates.has(state) || state.startsWith('08') || state.startsWith('40')))
    return true;
  const code = 'code' in error ? error.code : undefined;
  return lostConnection.test(error.message) || (typeof code === 'string' && unreachable.has(code));
}
