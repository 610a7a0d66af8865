import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian keeps each version of the server's programs, which are not on the path. */
const versions = '/usr/lib/postgresql';
const oldest = 15;

/** The folder of the oldest PostgreSQL on this machine that Leveret takes; nothing where there is none. */
export function findPostgresFolder(): string | undefined {
  const numbers = existsSync(versions) ? readdirSync(versions).map(Number) : [];
  const [number] = numbers.filter((one) => one >= oldest).sort((one, other) => one - other);
  const folders = [
    ...(number === undefined ? [] : [join(versions, String(number), 'bin')]),
    ...pathFolders(),
  ];
  return folders.find(
    (folder) => existsSync(join(folder, 'pg_basebackup')) && existsSync(join(folder, 'initdb')),
  );
}

/** A program on the path, or where Debian puts those of administrators. */
export function findProgram(name: string): string | undefined {
  return [...pathFolders(), '/usr/sbin'].map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function pathFolders(): string[] {
  return (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/** Ends the process with one sentence that says what to install, where something is missing. */
export function requireFound<Found>(found: Found | undefined, packages: string): Found {
  if (found !== undefined) return found;
  console.error(`This runs on programs of this machine's own packages: apt-get install ${packages}`);
  process.exit(1);
}
