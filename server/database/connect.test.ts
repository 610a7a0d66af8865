import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from '../testing/database.ts';
import { transactionSettings } from './begin-transaction.ts';
import { createPool } from './connect.ts';
import { keepsSettings } from './keep-settings.ts';

/** A way to the database that keeps back how a session is set up, from `hold` until `letGo`. */
async function openRelay(connectionString: string) {
  const { host, port, user, password, database } = new pg.Client({ connectionString });
  const [held, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const sockets: Socket[] = [];
  let holds = false;
  const server = createServer((socket) => {
    sockets.push(socket);
    const upstream = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect({ host, port });
    let turn = Promise.resolve();
    socket.on('data', (part) => {
      if (holds && part.includes('set_config')) {
        held.resolve();
        turn = free.promise;
      }
      turn = turn.then(() => void upstream.write(part));
    });
    upstream.pipe(socket);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const)
      one.on('error', () => one.destroy()).on('close', () => other.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const credentials = `${user}:${encodeURIComponent(password ?? '')}`;
  return {
    url: `postgresql://${credentials}@127.0.0.1:${ownPort}/${database}`,
    held: held.promise,
    hold: () => (holds = true),
    letGo: () => free.resolve(),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test('a session that comes too late for who waited for it serves the next, and not before it is set up', async (t) => {
  const testDatabase = await createTestDatabase();
  const relay = await openRelay(testDatabase.connectionString);
  const connection = { connectionString: relay.url };
  const pool = createPool({ connection, poolSize: 1, preparedStatements: true }, () => undefined);
  t.after(async () => {
    // A session that is lost would have it wait for ever.
    void pool.end();
    relay.close();
    await testDatabase.drop();
  });
  const first = await pool.connect();

  // Waits ten seconds for the one session, and is given another in place of it when five are over.
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const waited = pool.connect();
  t.mock.timers.tick(5_000);
  relay.hold();
  first.release(true);
  await Promise.race([relay.held, once(pool, 'connect')]);
  t.mock.timers.tick(5_000);
  await assert.rejects(waited, /timeout exceeded/);
  t.mock.timers.reset();

  const next = pool.connect();
  const { rows: sessions } = await readSessions(testDatabase.connectionString);
  assert.deepEqual([pool.totalCount, pool.idleCount, pool.waitingCount], [1, 0, 1]);
  relay.letGo();
  const session = await next;
  const { rows } = await session.query<{ pid: number; lock_timeout: string }>(
    "SELECT pg_backend_pid() AS pid, current_setting('lock_timeout') AS lock_timeout",
  );
  session.release();
  assert.equal(keepsSettings(session), true);
  assert.deepEqual(rows, [{ pid: sessions[0]?.pid, lock_timeout: transactionSettings.lock_timeout }]);
});

/** The sessions of a node in the database. */
async function readSessions(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'leveret' AND pid <> pg_backend_pid()`,
    );
  } finally {
    await client.end();
  }
}
