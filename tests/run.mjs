// Builds, starts one database server for all test files, and runs them: `npm test`, `npm test -- callbacks`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiler, pinnedNode } from '../pinned-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const workspaces = ['server', 'sandbox', 'pages', 'tests', 'checks'];
const testTimeoutMs = 900_000;

const node = pinnedNode();
if (node === process.execPath) process.exitCode = await run(process.argv.slice(2));
else process.exitCode = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1;

/** Words choose files by a part of their path; options go to `node --test`. */
async function run(parameters) {
  const options = parameters.filter((parameter) => parameter.startsWith('--'));
  const words = parameters.filter((parameter) => !parameter.startsWith('--'));
  const built = spawnSync(node, [compiler() ?? 'tsc', '-b'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) return 1;
  const files = findFiles(words);
  if (files.length === 0) {
    console.error(`No test file has ${words.join(' or ')} in its path.`);
    return 1;
  }
  const database = await startDatabase();
  try {
    return await runFiles(files, options, database.given);
  } finally {
    await database.stop();
  }
}

/** A built test whose source is gone is left over from an earlier build and is not run. */
function findFiles(words) {
  const files = workspaces
    .flatMap((name) => listFiles(`${name}/build`))
    .filter((file) => file.endsWith('.test.js'));
  const live = files.filter((file) =>
    [sourceOf(file), `${sourceOf(file)}x`].some((path) => existsSync(join(root, path))),
  );
  if (words.length === 0) return live;
  return live.filter((file) => words.some((word) => file.includes(word) || sourceOf(file).includes(word)));
}

function listFiles(folder) {
  const path = join(root, folder);
  return existsSync(path)
    ? readdirSync(path, { recursive: true })
        .map((file) => join(folder, file))
        .sort()
    : [];
}

function sourceOf(file) {
  return file.replace('/build/', '/').replace(/\.js$/, '.ts');
}

/** `test:pooler` gives a server and a way to it; else it is the one at DATABASE_URL, or an embedded one. */
async function startDatabase() {
  const stop = async () => undefined;
  if (process.env.LEVERET_TEST_DATABASE) return { given: process.env.LEVERET_TEST_DATABASE, stop };
  const url = process.env.DATABASE_URL;
  if (url) return { given: JSON.stringify({ connectionString: url }), stop };
  const { startTemporaryPostgres } = await import('../server/build/database/embedded/start-temporary.js');
  const { connectionUrl } = await import('../server/build/database/embedded/connection-url.js');
  const server = await startTemporaryPostgres(() => undefined);
  const connectionString = connectionUrl(server.connection);
  return { given: JSON.stringify({ connectionString }), stop: server.stop };
}

function runFiles(files, options, database) {
  const flags = ['--test', '--test-concurrency=2', `--test-timeout=${testTimeoutMs}`];
  for (const reporter of ['spec', pathToFileURL(join(root, 'tests/slow-files.mjs')).href]) {
    flags.push(`--test-reporter=${reporter}`, '--test-reporter-destination=stdout');
  }
  const env = { ...process.env, LEVERET_TEST_DATABASE: database };
  const limit = ['--import', pathToFileURL(join(root, 'tests/limit-file.mjs')).href];
  const child = spawn(node, ['--enable-source-maps', ...limit, ...flags, ...options, ...files], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the tests by itself; here it only must not end us before the server is stopped.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
