import { existsSync } from 'node:fs';
import { connectionUrl } from '@leveret/server/database/embedded/connection-url.js';
import { startTemporaryPostgres } from '@leveret/server/database/embedded/start-temporary.js';
import { Client } from 'pg';

const memory = '/dev/shm';

/**
 * A database server of the run's own, in memory where the machine has such a folder, and that may lose what
 * was last written: thousands of databases are made there and thrown away, and no test waits for a disk.
 */
export async function startDatabase(): Promise<{ given: string; stop(): Promise<void> }> {
  if (existsSync(memory)) process.env['TMPDIR'] ??= memory;
  const server = await startTemporaryPostgres(() => undefined);
  const connectionString = connectionUrl(server.connection);
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('ALTER ROLE CURRENT_USER SET synchronous_commit = off');
  await client.end();
  return { given: JSON.stringify({ connectionString }), stop: server.stop };
}
