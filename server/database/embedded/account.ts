import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotStartDatabase } from './cannot-start.ts';
import type { Places } from './places.ts';

/** The account that PostgreSQL runs as when this process is root, which PostgreSQL refuses to be. */
export type Account = { uid: number; gid: number; name: string };

/**
 * None unless this process is root. A cluster that exists is run by its owner, so that an account made or
 * removed later does not lock it out; a new one belongs to `postgres`, or to `nobody` where that account is
 * missing.
 */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const folder = statSync(cluster, { throwIfNoEntry: false });
  if (folder !== undefined && folder.uid !== 0) {
    return { uid: folder.uid, gid: folder.gid, name: `number ${folder.uid}` };
  }
  const account = findAccount('postgres') ?? findAccount('nobody');
  if (account !== undefined) return account;
  throw new CannotStartDatabase(
    'PostgreSQL refuses to run as root and neither "postgres" nor "nobody" exists here: ' +
      'start Leveret as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function findAccount(name: string): Account | undefined {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid), name };
}

/** Hands a file or folder to the server's account, when that is another than ours. */
export function give(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** Throws when the account cannot come to the data folder, naming the folder that is closed to it. */
export function requireReachable(places: Places, account: Account | undefined): void {
  if (account === undefined) return;
  const script = 'for folder; do cd -- "$folder" 2>/dev/null || { echo "$folder"; exit 0; }; done';
  const { uid, gid } = account;
  const result = spawnSync('/bin/sh', ['-c', script, 'sh', ...ancestors(places.root)], {
    uid,
    gid,
    cwd: '/',
  });
  if (result.error) {
    throw new CannotStartDatabase(
      `PostgreSQL refuses to run as root and this process may not become account ${account.name}: ` +
        'start Leveret as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: result.error },
    );
  }
  const closed = result.stdout.toString().trim();
  if (closed === '') return;
  throw new CannotStartDatabase(
    `PostgreSQL refuses to run as root and account ${account.name} cannot enter ${closed}: ` +
      'set LEVERET_DATA to a ' +
      `folder that every account can enter (such as /var/lib/leveret), open this one with ` +
      `"chmod o+x ${closed}", or start Leveret as an ordinary user.`,
  );
}

function ancestors(path: string): string[] {
  return dirname(path) === path ? [path] : [...ancestors(dirname(path)), path];
}
