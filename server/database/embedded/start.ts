import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { requireReachable, serverAccount } from './account.ts';
import { explainStartError } from './cannot-start.ts';
import { claimDataFolder } from './claim-data-folder.ts';
import { clearLeftBehindServer } from './clear-left-behind.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { keepRunning } from './keep-running.ts';
import { launchServer } from './launch-server.ts';
import { embeddedPlaces, type Places } from './places.ts';
import { type Connection, prepareDatabase } from './prepare-database.ts';
import { provideBinaries } from './provide-binaries.ts';
import { usualMemoryMegabytes } from './server-settings.ts';
import { prepareSocketFolder, removeShortSocketFolder } from './socket-folder.ts';
import { writeSettings } from './write-settings.ts';

export type EmbeddedPostgres = {
  /** `host` is the folder of the Unix socket: no TCP port is opened. The password survives restarts. */
  connection: Connection;
  dataDirectory: string;
  /** Ends all sessions and stops the server; everything committed is on disk. May be called twice. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  dataDirectory: string;
  /** What the database may take; half of the machine's unless said. */
  memoryMegabytes?: number | undefined;
  log: (line: string) => void;
};

/**
 * Starts a real PostgreSQL server with its data under `dataDirectory`, making it on the first start and
 * recovering it after a hard end. The server stops when this process ends, in whatever way; it does not keep
 * the process alive. Throws `CannotStartDatabase` with one sentence for people when the machine or the
 * folder does not allow it, and when another live process is using the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const places = embeddedPlaces(options.dataDirectory);
  try {
    makeFolder(places.root);
    const release = claimDataFolder(places);
    try {
      return await startClaimed(places, options, release);
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    throw explainStartError(error, places);
  }
}

async function startClaimed(
  places: Places,
  { log, memoryMegabytes = usualMemoryMegabytes() }: EmbeddedPostgresOptions,
  release: () => void,
): Promise<EmbeddedPostgres> {
  const account = serverAccount(places.cluster);
  requireReachable(places, account);
  const binaries = provideBinaries(places, account !== undefined);
  const password = await initialiseCluster(places, binaries, account, log);
  writeSettings(places, account, memoryMegabytes);
  const socketFolder = prepareSocketFolder(places, account);
  const stopServer = await keepRunning(async () => {
    await clearLeftBehindServer(places, log);
    return launchServer({ places, postgres: binaries.postgres, account, socketFolder, log });
  }, log);
  const stop = async () => {
    await stopServer();
    removeShortSocketFolder(places);
    release();
  };
  try {
    const connection = await prepareDatabase(places, socketFolder, password);
    return { connection, dataDirectory: places.dataDirectory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Under root the server's other account must come in, whatever the umask, so new folders are opened to all.
 */
function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) chmodSync(folder, 0o755);
}
