import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, give } from './account.ts';
import { programFailed } from './cannot-start.ts';
import { serverEnvironment } from './initialise-cluster.ts';
import type { Places } from './places.ts';
import { readServerLock } from './server-lock.ts';
import { placeSettings } from './server-settings.ts';

export type RunningServer = {
  /** Settles when the server has ended, with how. */
  ended: Promise<string>;
  /** Fast shutdown: open sessions are ended, everything committed is on disk. */
  stop(): Promise<void>;
};

export type Launch = {
  places: Places;
  postgres: string;
  account: Account | undefined;
  socketFolder: string;
  log: (line: string) => void;
};

/**
 * A small watcher holds the pipe of standard input while the shell becomes the server. When this process
 * dies in any way the pipe closes and the watcher stops the server; a line on the pipe sends the watcher
 * home. The watcher is started twice removed, since PostgreSQL takes the death of a child it does not know
 * for a crash.
 */
const watchedServer = `exec 3<&0
((read _ <&3 || kill -INT $$) >/dev/null 2>&1 &)
exec "$@" 3<&- </dev/null`;

const goodbyeMilliseconds = 250;

/** Starts the server and waits until it takes sessions, however long its recovery takes. */
export async function launchServer(launch: Launch): Promise<RunningServer> {
  const logStart = prepareLog(launch);
  const child = spawnServer(launch);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void ended.then(() => child.stdin?.end('\n'));
  for (let tries = 1; isAlive(child) && !isReady(launch.places.cluster, child.pid); tries += 1) {
    if (tries % 500 === 0) launch.log('The database is still starting (it may be recovering)');
    await pause(10);
  }
  if (!isAlive(child)) {
    const words = readFileSync(launch.places.serverLog).subarray(logStart).toString();
    throw programFailed('Starting the embedded database', words || (await ended), launch.places);
  }
  return { ended, stop: () => stop(child, ended) };
}

function spawnServer({ places, postgres, account, socketFolder }: Launch): ChildProcess {
  const serverLog = openSync(places.serverLog, 'a');
  const settings = Object.entries(placeSettings(socketFolder)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const command = [postgres, '-D', realpathSync(places.cluster), ...settings];
  const child = spawn('/bin/sh', ['-c', watchedServer, 'leveret-postgres', ...command], {
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: serverEnvironment,
    stdio: ['pipe', serverLog, serverLog],
    // Ctrl-C reaches the terminal's whole group, and the server must outlive our last statements.
    detached: true,
  });
  closeSync(serverLog);
  child.stdin?.on('error', () => undefined);
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  child.unref();
  return child;
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** The file names our own child, so a server left behind is never taken for this one. */
function isReady(cluster: string, id: number | undefined): boolean {
  const lock = readServerLock(cluster);
  return lock !== undefined && lock.process === id && lock.isReady;
}

/** A pool that was just ended may still be saying goodbye: sessions get a moment before they are cut off. */
async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.ref();
  child.kill('SIGTERM');
  const hurry = setTimeout(() => child.kill('SIGINT'), goodbyeMilliseconds);
  await ended;
  clearTimeout(hurry);
}

/**
 * Keeps the server's log short, closed to others and writable by a later owner of the folder; answers its
 * length.
 */
function prepareLog({ places, account }: Launch): number {
  const size = statSync(places.serverLog, { throwIfNoEntry: false })?.size ?? 0;
  const isLong = size > 1_000_000;
  closeSync(openSync(places.serverLog, isLong ? 'w' : 'a', 0o600));
  give(places.serverLog, account);
  return isLong ? 0 : size;
}
