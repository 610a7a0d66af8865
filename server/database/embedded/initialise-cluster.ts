import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, give } from './account.ts';
import { CannotStartDatabase, errorCode, programFailed, programNotRun } from './cannot-start.ts';
import type { Places } from './places.ts';
import type { Binaries } from './provide-binaries.ts';

export const superuser = 'postgres';

/**
 * The server programs see nothing of our own environment: `PG*` and locale variables would change what they
 * do.
 */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the cluster on the first start and answers its password, which stays in a file of ours (mode 0600).
 * The cluster appears by a rename, so that a start cut short begins anew.
 */
export async function initialiseCluster(
  places: Places,
  binaries: Binaries,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<string> {
  if (existsSync(places.cluster)) {
    requireVersion(places, binaries);
    return readPassword(places);
  }
  log(`First start: making a database in ${places.root}`);
  const password = randomBytes(24).toString('base64url');
  writeSecret(places.password, password);
  const unfinished = `${places.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  give(unfinished, account);
  await runInitdb(places, binaries, account, unfinished, password);
  renameSync(unfinished, places.cluster);
  return password;
}

async function runInitdb(
  places: Places,
  binaries: Binaries,
  account: Account | undefined,
  folder: string,
  password: string,
): Promise<void> {
  // A file, since the other account may not open a pipe of ours by name.
  const passwordFile = `${places.password}.initdb`;
  writeSecret(passwordFile, password);
  give(passwordFile, account);
  // The built-in locale needs none on the machine and never changes its sort order under an index.
  const parameters = [
    '-D',
    folder,
    '-U',
    superuser,
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
  ];
  parameters.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions');
  try {
    await run(binaries.initdb, parameters, places, account);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function run(
  file: string,
  parameters: string[],
  places: Places,
  account: Account | undefined,
): Promise<void> {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return new Promise((resolve, reject) => {
    execFile(file, parameters, { ...identity, cwd: '/', env: serverEnvironment }, (error, output, errors) => {
      const code = errorCode(error);
      if (error === null) resolve();
      else if (code !== undefined) reject(programNotRun(file, code));
      else
        reject(
          programFailed('Making the embedded database', `${output}\n${errors || error.message}`, places),
        );
    });
  });
}

function writeSecret(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  chmodSync(path, 0o600);
}

function readPassword(places: Places): string {
  if (existsSync(places.password)) return readFileSync(places.password, 'utf8').trim();
  throw new CannotStartDatabase(
    `The password of the database in ${places.cluster} is missing: put back the file ` +
      `${places.password} from a backup.`,
  );
}

function requireVersion(places: Places, binaries: Binaries): void {
  const made = readFileSync(join(places.cluster, 'PG_VERSION'), 'utf8').trim();
  if (made === binaries.majorVersion) return;
  throw new CannotStartDatabase(
    `The database in ${places.cluster} was made by PostgreSQL ${made} and this is ` +
      `${binaries.majorVersion}: move the ` +
      'data with pg_dump of that version, or run that version yourself and set DATABASE_URL.',
  );
}
