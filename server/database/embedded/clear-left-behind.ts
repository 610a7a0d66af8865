import { realpathSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStartDatabase } from './cannot-start.ts';
import type { Places } from './places.ts';
import { isServerOf, processesIn } from './processes.ts';
import { readServerLock, type ServerLock, serverLockFile } from './server-lock.ts';

/**
 * Makes the way free for a new server after a hard end of the last one: stops a server that still runs, and
 * takes away lock files whose process id now belongs to a zombie or to another program, which PostgreSQL
 * would refuse. Only for the holder of the data folder. Throws when the cluster is in use where this process
 * cannot see it.
 */
export async function clearLeftBehindServer(places: Places, log: (line: string) => void): Promise<void> {
  const lock = readServerLock(places.cluster);
  if (lock === undefined) return;
  const cluster = realpathSync(places.cluster);
  if (isServerOf(cluster, lock.process)) return stopServer(places, cluster, lock, log);
  // Sessions of a killed server end by themselves within moments.
  if (!(await until(5, () => processesIn(cluster).length === 0))) throw inUse(places);
  const socket = join(lock.socketFolder, `.s.PGSQL.${lock.port}`);
  if (lock.socketFolder !== '' && (await answers(socket))) throw inUse(places);
  log('The database was not stopped cleanly last time: it recovers now');
  for (const file of [serverLockFile(places.cluster), socket, `${socket}.lock`])
    rmSync(file, { force: true });
}

async function stopServer(
  places: Places,
  cluster: string,
  lock: ServerLock,
  log: (line: string) => void,
): Promise<void> {
  log(`Stopping a database server (process ${lock.process}) that an earlier Leveret left running`);
  process.kill(lock.process, 'SIGINT');
  if (await until(60, () => !isServerOf(cluster, lock.process) && processesIn(cluster).length === 0)) return;
  throw inUse(places);
}

function inUse(places: Places): CannotStartDatabase {
  return new CannotStartDatabase(
    `Another PostgreSQL server is using ${places.cluster}, perhaps in another container: ` +
      'stop it first, or let all nodes share one PostgreSQL by setting DATABASE_URL.',
  );
}

/**
 * A server in another container is not among our processes, but its socket in the shared folder still
 * answers.
 */
function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => resolve(true));
    connection.once('error', () => resolve(false));
    connection.once('connect', () => connection.destroy());
  });
}

async function until(seconds: number, isTrue: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < seconds * 100; tries += 1) {
    if (isTrue()) return true;
    await pause(10);
  }
  return false;
}
