import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CannotStartDatabase } from './cannot-start.ts';
import type { Places } from './places.ts';
import { processStart } from './processes.ts';

/**
 * Marks the data folder as used by this process and answers how to give it up. A mark left by a process that
 * is gone is taken over; one of a live process is refused.
 */
export function claimDataFolder(places: Places): () => void {
  const mark = JSON.stringify({ process: process.pid, started: processStart(process.pid) });
  const owner = writeMark(places.owner, mark) ? undefined : liveOwner(places.owner);
  if (owner === undefined) {
    writeFileSync(places.owner, mark);
    return () => rmSync(places.owner, { force: true });
  }
  throw new CannotStartDatabase(
    `Another Leveret (process ${owner}) is using ${places.dataDirectory}: stop it first, set ` +
      'LEVERET_DATA to another folder, or let both share one PostgreSQL by setting DATABASE_URL for each.',
  );
}

function writeMark(path: string, mark: string): boolean {
  try {
    writeFileSync(path, mark, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The live process that uses the data folder, if there is one. */
export function liveOwner(path: string): number | undefined {
  const [id, started] = parseMark(readFileSync(path, 'utf8'));
  return id !== undefined && started !== undefined && processStart(id) === started ? id : undefined;
}

function parseMark(text: string): [number?, string?] {
  try {
    const mark: unknown = JSON.parse(text);
    if (typeof mark !== 'object' || mark === null || !('process' in mark) || !('started' in mark)) return [];
    const { process: id, started } = mark;
    return typeof id === 'number' && typeof started === 'string' ? [id, started] : [];
  } catch {
    return []; // A mark cut short by a full disk or a lost machine belongs to nobody.
  }
}
