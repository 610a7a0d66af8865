import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { CannotStartDatabase } from './cannot-start.ts';
import { embeddedPlaces } from './places.ts';
import { processesIn } from './processes.ts';
import { readServerLock, serverLockFile } from './server-lock.ts';
import { longestSocketFolderBytes } from './socket-folder.ts';
import { startEmbeddedPostgres } from './start.ts';

const dataDirectory = openTemporaryFolder();
const places = embeddedPlaces(dataDirectory);
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataDirectory, { recursive: true, force: true });
});

test('starts, answers, stops, and keeps rows and password over a restart', async () => {
  const first = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  await query(first.connection, 'CREATE TABLE kept (name text)');
  await query(first.connection, "INSERT INTO kept VALUES ('before the restart')");
  await first.stop();
  await first.stop();
  assert.deepEqual(processesIn(places.cluster), []);
  const second = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  try {
    assert.deepEqual(second.connection, first.connection);
    assert.deepEqual(await query(second.connection, 'SELECT name FROM kept'), [
      { name: 'before the restart' },
    ]);
    const unsafe =
      "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting <> 'on'";
    assert.deepEqual(await query(second.connection, unsafe), []);
    const superuser = 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user';
    assert.deepEqual(await query(second.connection, superuser), [{ rolsuper: false }]);
    assert.equal(statSync(places.password).mode & 0o777, 0o600);
    await assert.rejects(query({ ...second.connection, password: 'wrong' }, 'SELECT 1'), { code: '28P01' });
  } finally {
    await second.stop();
  }
});

test('what an operator sets by ALTER SYSTEM is stronger than ours, and stays', async () => {
  const start = () => startEmbeddedPostgres({ dataDirectory, memoryMegabytes: 1024, log: () => undefined });
  const shown = "SELECT name, setting FROM pg_settings WHERE name IN ('jit', 'shared_buffers') ORDER BY name";
  const first = await start();
  const operator = { ...first.connection, user: 'postgres', database: 'postgres' };
  const buffers = { name: 'shared_buffers', setting: String((256 * 1024) / 8) };
  assert.deepEqual(await query(first.connection, shown), [{ name: 'jit', setting: 'off' }, buffers]);
  await query(operator, 'ALTER SYSTEM SET jit = on');
  await first.stop();
  const second = await start();
  try {
    assert.deepEqual(await query(second.connection, shown), [{ name: 'jit', setting: 'on' }, buffers]);
    await query(operator, 'ALTER SYSTEM RESET jit');
  } finally {
    await second.stop();
  }
});

test('a stop ends the sessions that are still open', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  const session = new Client(server.connection);
  session.on('error', () => undefined);
  await session.connect();
  const answer = assert.rejects(session.query('SELECT pg_sleep(100)'), { code: '57P01' });
  await server.stop();
  await answer;
  assert.deepEqual(processesIn(places.cluster), []);
});

test('refuses a folder that a live process is using', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  try {
    await assert.rejects(startEmbeddedPostgres({ dataDirectory, log: () => undefined }), (error) => {
      assert.ok(error instanceof CannotStartDatabase);
      assert.match(error.message, /process \d+\) is using .*DATABASE_URL/);
      return true;
    });
    assert.deepEqual(await query(server.connection, 'SELECT 1 AS one'), [{ one: 1 }]);
  } finally {
    await server.stop();
  }
});

test('the server stops when its process is killed, and what was committed is there afterwards', async () => {
  const { child, connection } = await holdInChild();
  const session = new Client(connection);
  session.on('error', () => undefined);
  await session.connect();
  await session.query("INSERT INTO kept VALUES ('before the kill')");
  const closed = new Promise<void>((resolve) => session.once('end', resolve));
  child.kill('SIGKILL');
  await closed;
  while (processesIn(places.cluster).length > 0) await turn();
  assert.equal(existsSync(serverLockFile(places.cluster)), false);
  assert.deepEqual(await startAndFind('before the kill'), { rows: 1, lines: [] });
});

const linuxOnly = { skip: process.platform !== 'linux' };

test('a server that outlives its process and watcher is stopped by the next start', linuxOnly, async () => {
  const { child, connection } = await holdInChild();
  await query(connection, "INSERT INTO kept VALUES ('orphan')");
  process.kill(findWatcher(), 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.notDeepEqual(processesIn(places.cluster), []);
  const { rows, lines } = await startAndFind('orphan');
  assert.equal(rows, 1);
  assert.match(lines.join('\n'), /Stopping a database server \(process \d+\)/);
});

test('recovers after server and process are killed together', async () => {
  const { child, connection } = await holdInChild();
  await query(connection, "INSERT INTO kept VALUES ('before the crash')");
  child.kill('SIGSTOP'); // Stopped, it can neither start the server again nor reap it, which leaves a zombie.
  process.kill(readServerLock(places.cluster)?.process ?? 0, 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { rows, lines } = await startAndFind('before the crash');
  assert.equal(rows, 1);
  assert.match(lines.join('\n'), /not stopped cleanly/);
});

test('starts the server again when it alone is killed', async () => {
  const restarted = Promise.withResolvers<void>();
  const log = (line: string) => {
    if (line.includes('recovers now')) restarted.resolve();
  };
  const server = await startEmbeddedPostgres({ dataDirectory, log });
  try {
    const killed = readServerLock(places.cluster)?.process ?? 0;
    process.kill(killed, 'SIGKILL');
    await restarted.promise;
    while (!isReadyAgain(killed)) await turn();
    assert.deepEqual(await query(server.connection, 'SELECT 1 AS one'), [{ one: 1 }]);
  } finally {
    await server.stop();
  }
});

test('a lock file with the id of another program of the same account is cleared', async () => {
  const { uid, gid } = statSync(places.cluster);
  const other = spawn('/bin/cat', { uid, gid, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  await once(other, 'spawn');
  const lines = [other.pid, places.cluster, 1, 5432, places.socket, '', '', 'ready', ''];
  writeFileSync(serverLockFile(places.cluster), lines.join('\n'));
  writeFileSync(join(places.socket, '.s.PGSQL.5432.lock'), `${other.pid}\n`);
  try {
    assert.equal((await startAndFind('before the crash')).rows, 1);
  } finally {
    other.kill();
  }
});

test('an over-long data path gets a short socket folder, removed by the stop', async () => {
  const folder = openTemporaryFolder();
  const longDirectory = join(folder, 'd'.repeat(longestSocketFolderBytes));
  try {
    const server = await startEmbeddedPostgres({ dataDirectory: longDirectory, log: () => undefined });
    const socketFolder = server.connection.host;
    try {
      assert.deepEqual(await query(server.connection, 'SELECT 1 AS one'), [{ one: 1 }]);
      assert.ok(Buffer.byteLength(socketFolder) <= longestSocketFolderBytes);
      assert.equal(statSync(socketFolder).mode & 0o777, 0o700);
    } finally {
      await server.stop();
    }
    assert.equal(existsSync(socketFolder), false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function openTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

async function query(connection: ClientConfig, text: string): Promise<unknown[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A process of its own that starts the server and holds it until it is killed. */
async function holdInChild(): Promise<{ child: ChildProcess; connection: ClientConfig }> {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./start.js', import.meta.url))});
    const server = await startEmbeddedPostgres({
      dataDirectory: ${JSON.stringify(dataDirectory)}, log: (line) => console.error(line) });
    console.log(JSON.stringify(server.connection));
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, connection: JSON.parse(line) as ClientConfig };
}

async function startAndFind(name: string): Promise<{ rows: number; lines: string[] }> {
  const lines: string[] = [];
  const server = await startEmbeddedPostgres({ dataDirectory, log: (line) => lines.push(line) });
  try {
    const rows = await query(server.connection, `SELECT name FROM kept WHERE name = '${name}'`);
    return { rows: rows.length, lines };
  } finally {
    await server.stop();
  }
}

function isReadyAgain(killed: number): boolean {
  const lock = readServerLock(places.cluster);
  return lock !== undefined && lock.isReady && lock.process !== killed;
}

/** The watcher kept the shell's command line, which names it and the cluster. */
function findWatcher(): number {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = ids.find((id) => {
    const command = existsSync(`/proc/${id}/cmdline`) ? readFileSync(`/proc/${id}/cmdline`, 'utf8') : '';
    return command.includes('leveret-postgres') && command.includes(places.cluster);
  });
  return Number(found);
}
