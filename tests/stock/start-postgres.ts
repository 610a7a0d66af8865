import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { give, serverAccount } from '@leveret/server/database/embedded/account.js';
import pg from 'pg';
import { freePort } from '../builders/free-port.ts';
import { until } from '../builders/until.ts';

/** A server as the machine's packages bring it, with PostgreSQL's own settings. */
export type StockPostgres = {
  port: number;
  folder: string;
  /** Runs a statement as the superuser. */
  run<Row extends object>(text: string): Promise<Row[]>;
  /** SIGKILL to the server and all its sessions, as when the machine is gone. */
  kill(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
};

/** Who runs the server's programs, which refuse to be run by root. */
export function stockAccount(): { uid?: number; gid?: number } {
  const account = serverAccount('');
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** A folder that the server's account may write to. */
export function stockFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-stock-'));
  chmodSync(folder, 0o755);
  give(folder, serverAccount(''));
  return folder;
}

const run = promisify(execFile);

/** Makes a cluster with the role `leveret`, which may make databases, and starts it. */
export async function makePostgres(
  programs: string,
  settings: readonly string[] = [],
): Promise<StockPostgres> {
  const folder = stockFolder();
  await run(join(programs, 'initdb'), ['-D', join(folder, 'data'), '-A', 'trust', '-U', 'postgres'], {
    ...stockAccount(),
    cwd: '/',
  });
  const server = await startPostgres(programs, folder, settings);
  await server.run('CREATE ROLE leveret LOGIN CREATEDB');
  return server;
}

/** A copy of a running server that follows it, until it is promoted. */
export async function makeStandby(programs: string, primary: StockPostgres): Promise<StockPostgres> {
  const folder = stockFolder();
  const options = ['-D', join(folder, 'data'), '-R', '-C', '-S', 'standby'];
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'postgres'];
  await run(join(programs, 'pg_basebackup'), [...from, ...options], { ...stockAccount(), cwd: '/' });
  return startPostgres(programs, folder, []);
}

async function startPostgres(
  programs: string,
  folder: string,
  settings: readonly string[],
): Promise<StockPostgres> {
  const port = await freePort();
  mkdirSync(join(folder, 'socket'), { recursive: true });
  give(join(folder, 'socket'), serverAccount(''));
  const own = ['listen_addresses=127.0.0.1', `unix_socket_directories=${join(folder, 'socket')}`];
  const flags = [...own, ...settings].flatMap((setting) => ['-c', setting]);
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), ...flags],
    {
      ...stockAccount(),
      cwd: '/',
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  const gone = once(child, 'exit');
  const server: StockPostgres = {
    port,
    folder,
    run: (text) => runOn(port, text),
    async kill() {
      // The sessions have groups of their own.
      const sessions = await server.run<{ pid: number }>('SELECT pid FROM pg_stat_activity');
      child.kill('SIGKILL');
      for (const { pid } of sessions) killIfThere(pid);
      await gone;
    },
    async stop() {
      child.kill('SIGQUIT');
      if (child.exitCode === null && child.signalCode === null) await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  process.once('exit', () => child.kill('SIGQUIT'));
  await until('the server to take sessions', () => server.run('SELECT 1').catch(() => undefined), 60_000);
  return server;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It saw its parent go, and went too.
  }
}

async function runOn<Row extends object>(port: number, text: string): Promise<Row[]> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
