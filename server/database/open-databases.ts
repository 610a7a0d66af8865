import { type ConnectionSettings, createPool } from './connect.ts';
import { createDatabase, type Database, type Reporter } from './transaction.ts';

/** The one database, by connections for requests and by others for background work. */
export type OpenDatabases = {
  requests: Database;
  work: Database;
  /** How many connections each has at most. */
  sizes: Record<'requests' | 'work', number>;
  /** Connections that are open, and callers that wait for one. */
  counts(): Record<'requests' | 'work', { connections: number; waiting: number }>;
  close(): Promise<void>;
};

/**
 * Divides a node's connections between requests and background work. A pool hands its connections to whoever
 * asked first: with one pool, buyers who reload a page would keep callbacks waiting at each of their steps,
 * and callbacks the buyers.
 */
export function openDatabases(
  settings: ConnectionSettings,
  options: { report: Reporter; random: () => number; onError(error: Error): void },
): OpenDatabases {
  const { preparedStatements } = settings;
  const sizes = dividePool(settings.poolSize);
  const open = (poolSize: number) => {
    const pool = createPool({ ...settings, poolSize }, options.onError);
    return {
      database: createDatabase(pool, { ...options, preparedStatements }),
      count: () => ({ connections: pool.totalCount, waiting: pool.waitingCount }),
    };
  };
  const [requests, work] = [open(sizes.requests), open(sizes.work)];
  return {
    requests: requests.database,
    work: work.database,
    sizes,
    counts: () => ({ requests: requests.count(), work: work.count() }),
    close: async () => void (await Promise.all([requests.database.close(), work.database.close()])),
  };
}

/** Three of eight connections are for background work, which waits for others more than for the database. */
export function dividePool(size: number): Record<'requests' | 'work', number> {
  const work = Math.max(1, Math.floor((size * 3) / 8));
  return { requests: size - work, work };
}
