import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const isLinux = process.platform === 'linux';

/**
 * When a live process began, in the system's own words, or undefined when there is none. Together with the
 * id it tells a process from a later one that was given the same id. A zombie counts as gone.
 */
export function processStart(id: number): string | undefined {
  return isLinux ? linuxStart(id) : psStart(id);
}

function linuxStart(id: number): string | undefined {
  const text = readOrNothing(() => readFileSync(`/proc/${id}/stat`, 'utf8'));
  if (text === undefined) return undefined;
  // The program's name stands in parentheses and may hold spaces and parentheses itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function psStart(id: number): string | undefined {
  const line = ps('-p', String(id), '-o', 'state=,lstart=').trim();
  return line === '' || line.startsWith('Z') ? undefined : line.slice(line.indexOf(' ')).trim();
}

/** Whether this process is the PostgreSQL server of that cluster (the real path of its folder). */
export function isServerOf(cluster: string, id: number): boolean {
  if (processStart(id) === undefined) return false;
  if (!isLinux) return ps('-p', String(id), '-o', 'command=').includes(` -D ${cluster}`);
  const program = readOrNothing(() => readlinkSync(`/proc/${id}/exe`)) ?? '';
  return /\/postgres( \(deleted\))?$/.test(program) && workingFolder(String(id)) === cluster;
}

/** Processes at work in a cluster's folder. Where folders cannot be seen, any PostgreSQL counts. */
export function processesIn(cluster: string): number[] {
  if (isLinux) {
    const live = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && workingFolder(name) === cluster);
    return live.map(Number).filter((id) => processStart(id) !== undefined);
  }
  const lines = ps('-ax', '-o', 'pid=,command=').split('\n');
  return lines.filter((line) => /postgres( -D|:)/.test(line)).map((line) => Number.parseInt(line, 10));
}

function workingFolder(id: string): string | undefined {
  return readOrNothing(() => readlinkSync(`/proc/${id}/cwd`));
}

function ps(...parameters: string[]): string {
  return readOrNothing(() => execFileSync('ps', parameters, { encoding: 'utf8', stdio: 'pipe' })) ?? '';
}

/** A process can end between two looks, or belong to somebody else: both mean that nothing is known of it. */
function readOrNothing(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
