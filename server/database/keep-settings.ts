import pg from 'pg';
import { transactionSettings } from './begin-transaction.ts';

const names = Object.keys(transactionSettings);
const values = Object.values(transactionSettings);

// One statement, so that nothing is set where the process that runs it is not the one that was announced.
const setForSession = `SELECT set_config(name, value, false)
  FROM unnest($1::text[], $2::text[]) AS given (name, value) WHERE pg_backend_pid() = $3`;

const readBack = `SELECT pg_backend_pid() = $3 AND bool_and(current_setting(name) = value) AS holds
  FROM unnest($1::text[], $2::text[]) AS given (name, value)`;

/** Sessions of ours alone, which have kept the settings from one transaction to the next. */
const keeping = new WeakSet<pg.ClientBase>();

/** Whether a session holds the settings of every transaction by itself. */
export function keepsSettings(session: pg.ClientBase): boolean {
  return keeping.has(session);
}

/**
 * Gives a new session the settings, if it is ours for as long as the connection lasts: the process that runs
 * a statement is the one that was announced at the start (PostgreSQL, message formats, BackendKeyData).
 * A pooler that hands a session on while its client is there announces a key of its own, since whoever
 * cancels by the server's would hit another's statement. There nothing is set, and the settings go with
 * each transaction.
 */
export async function keepSettings(session: pg.ClientBase): Promise<void> {
  const announced = announcedProcess(session);
  if (announced === undefined) return;
  const parameters = [names, values, announced];
  try {
    const [, read] = await Promise.all([
      session.query(setForSession, parameters),
      session.query<{ holds: boolean }>(readBack, parameters),
    ]);
    if (read.rows[0]?.holds === true) keeping.add(session);
  } catch (error) {
    // A server that lets nobody set or ask this is served as one behind a pooler.
    if (!(error instanceof pg.DatabaseError) || isLost(error)) throw error;
  }
}

function announcedProcess(session: pg.ClientBase): number | undefined {
  return 'processID' in session && typeof session.processID === 'number' ? session.processID : undefined;
}

/** Whether the session ended: classes 08 and 57P. */
function isLost({ code }: pg.DatabaseError): boolean {
  return code === undefined || /^(08|57P)/.test(code);
}
