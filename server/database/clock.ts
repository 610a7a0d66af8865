import type { Queryable } from './statement.ts';
import { sql } from './statement.ts';

/**
 * The database's clock as this node knows it, for what is only shown or priced. What decides (expiry,
 * leases, due times) asks the database itself.
 */
export type DatabaseClock = {
  now(): Date;
  /** Measures the difference between the node's clock and the database's. */
  measure(): Promise<void>;
};

const readClock = sql('clock.read', 'SELECT leveret_now() AS now');

export function createDatabaseClock(database: Queryable): DatabaseClock {
  let differenceMilliseconds = 0;
  return {
    now: () => new Date(Date.now() + differenceMilliseconds),
    async measure() {
      const before = Date.now();
      const [row] = await database.query<{ now: Date }>(readClock);
      const middle = (before + Date.now()) / 2;
      if (row) differenceMilliseconds = row.now.getTime() - middle;
    },
  };
}

const moveClock = sql('clock.move', 'UPDATE test_clock SET offset_milliseconds = offset_milliseconds + $1');

/** Moves the clock of every node, for the sandbox and tests only. */
export async function advanceClock(database: Queryable, milliseconds: number): Promise<void> {
  await database.query(moveClock, [milliseconds]);
}
