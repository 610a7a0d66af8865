import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../builders/free-port.ts';
import { until } from '../builders/until.ts';
import { stockAccount, stockFolder } from './start-postgres.ts';

export type Pooler = { port: number; stop(): Promise<void> };

export type PoolerSettings = Readonly<Record<string, string | number>>;

/**
 * PgBouncer before every database of a server, in transaction mode unless told otherwise. Each has ten
 * sessions, so that several tests, with a database each, stay below the hundred that a server takes.
 */
export async function startPooler(
  program: string,
  serverPort: number,
  settings: PoolerSettings = {},
): Promise<Pooler> {
  const folder = stockFolder();
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const own = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: 'transaction',
    max_client_conn: 500,
    default_pool_size: 10,
    server_idle_timeout: 10,
  };
  const lines = Object.entries({ ...own, ...settings }).map(([name, value]) => `${name} = ${value}`);
  const databases = ['[databases]', `* = host=127.0.0.1 port=${serverPort} user=leveret`];
  writeFileSync(file, [...databases, '[pgbouncer]', ...lines, ''].join('\n'));
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn(program, [file], { ...stockAccount(), cwd: '/', stdio: ['ignore', log, log] });
  const gone = once(child, 'exit');
  process.once('exit', () => child.kill());
  await until('the pooler to listen', () => listens(port), 30_000);
  return {
    port,
    async stop() {
      child.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1', () => resolve(true));
  socket.on('error', () => resolve(false));
  return promise.finally(() => void socket.destroy());
}
