import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Postfix = {
  folder: string;
  /** All that it has logged, for `until` to look into. */
  log(): Promise<string>;
  stop(): Promise<void>;
};

export type PostfixSettings = {
  port: number;
  /** Lines of `main.cf` and `master.cf` beside those of any server here. */
  main: readonly string[];
  master?: readonly string[];
  /** Lookup tables by name; `{folder}/name` is where `main` finds one. */
  tables?: Readonly<Record<string, string>>;
};

/** Debian's services without the one that listens to the world. */
const services = '/etc/postfix/master.cf.proto';

/** A folder for a server's settings and queue, which every account may look into. */
export function postfixFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-postfix-'));
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * A Postfix of the machine's own packages, with none of the machine's settings, on loopback alone. What it
 * cannot deliver at once it tries again after seconds. Only root can start one.
 */
export async function startPostfix(
  program: string,
  folder: string,
  settings: PostfixSettings,
): Promise<Postfix> {
  const { port, main, master = [], tables = {} } = settings;
  const log = join(folder, 'log');
  for (const name of ['queue', 'data']) mkdirSync(join(folder, name));
  await run('chown', ['postfix', join(folder, 'data')]);
  const own = [
    'compatibility_level = 3.6',
    `queue_directory = ${join(folder, 'queue')}`,
    `data_directory = ${join(folder, 'data')}`,
    `maillog_file = ${log}`,
    `maillog_file_prefixes = ${folder}`,
    'inet_interfaces = loopback-only',
    'inet_protocols = ipv4',
    'alias_maps =',
    'disable_dns_lookups = yes',
    'queue_run_delay = 1s',
    'minimal_backoff_time = 1s',
    'maximal_backoff_time = 2s',
  ];
  writeFileSync(join(folder, 'main.cf'), [...own, ...main, ''].join('\n'));
  const kept = readFileSync(services, 'utf8').replace(
    /^smtp +inet .*$/m,
    `127.0.0.1:${port} inet n - y - - smtpd`,
  );
  writeFileSync(join(folder, 'master.cf'), [kept, ...master, ''].join('\n'));
  for (const [name, text] of Object.entries(tables)) {
    writeFileSync(join(folder, name), text);
    await run('postmap', ['-c', folder, join(folder, name)]);
  }
  await run(program, ['-c', folder, 'start']);
  return {
    folder,
    log: async () => readFileSync(log, 'utf8'),
    async stop() {
      await run(program, ['-c', folder, 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
