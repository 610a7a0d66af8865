import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What PostgreSQL writes in `postmaster.pid`: who runs, where it listens, and whether it takes sessions. */
export type ServerLock = { process: number; port: number; socketFolder: string; isReady: boolean };

export function serverLockFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/**
 * The parts that are not yet written, or were cut short, come back empty; undefined means that no file is
 * there.
 */
export function readServerLock(cluster: string): ServerLock | undefined {
  if (!existsSync(serverLockFile(cluster))) return undefined;
  const lines = readLines(serverLockFile(cluster));
  return {
    process: Number(lines[0]),
    port: Number(lines[3]),
    socketFolder: lines[4] ?? '',
    isReady: lines[7] === 'ready',
  };
}

function readLines(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.map((line) => line.trim());
  } catch {
    return []; // The server removed it between the two looks.
  }
}
