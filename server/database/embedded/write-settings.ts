import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, give } from './account.ts';
import type { Places } from './places.ts';
import { serverSettings } from './server-settings.ts';

const file = 'leveret.conf';
const include = `include_if_exists = '${file}'`;

/**
 * Writes our settings beside the server's own, anew at each start, and has the server read them. The server
 * reads `postgresql.auto.conf` after them, where `ALTER SYSTEM` writes.
 */
export function writeSettings(places: Places, account: Account | undefined, memoryMegabytes: number): void {
  const lines = Object.entries(serverSettings(memoryMegabytes)).map(
    ([name, value]) => `${name} = '${value}'`,
  );
  const path = join(places.cluster, file);
  const head = '# Written by Leveret at each start. What you set by ALTER SYSTEM is stronger.';
  writeFileSync(path, `${[head, ...lines].join('\n')}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  give(path, account);
  const main = join(places.cluster, 'postgresql.conf');
  if (!readFileSync(main, 'utf8').includes(include)) appendFileSync(main, `\n${include}\n`);
}
