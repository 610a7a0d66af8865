import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { explainFailure } from '@leveret/server/commands/explain-failure.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { startEmbeddedPostgres } from '@leveret/server/database/embedded/start.js';
import { createTestDatabase, type TestDatabase } from '@leveret/server/testing/database.js';
import pg from 'pg';
import { freePort } from '../builders/free-port.ts';
import { commandKey, liveVariables, runCommand } from '../builders/run-command.ts';
import { startSandboxNode } from './start-nodes.ts';

const catalogue = fileURLToPath(new URL('../../../server/catalogue/demo-catalogue.json', import.meta.url));

const dump = new URL('../../operator/former-set.sql.gz', import.meta.url);

let former: TestDatabase;
let current: TestDatabase;
let folder: string;
before(async () => {
  [former, current] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await within(former.connection, async (client) => {
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await loadFormer(client);
  });
  folder = await mkdtemp(join(tmpdir(), 'leveret-other-sets-'));
  await chmod(folder, 0o755); // Under root another account runs the embedded server.
});
after(async () => {
  await Promise.all([former.drop(), current.drop()]);
  await rm(folder, { recursive: true });
});

async function within<Result>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A database as the last commit before this set of migrations made and used it: a node started on it, and the
 * walk that it prints was pasted. It is what `pg_dump --inserts` wrote, without owners.
 */
async function loadFormer(client: pg.Client): Promise<void> {
  await client.query(gunzipSync(await readFile(dump)).toString('utf8'));
}

/** The command in this process ends as its own would. */
async function run(command: readonly string[], variables: Record<string, string>): Promise<unknown> {
  const given = { LEVERET_KEY: commandKey, PORT: '0', ...variables };
  const line = buildCommandLine(() => readEnvironment(given, '/', false));
  return line.parseAsync(command, { from: 'user' }).then(
    () => 'it was done',
    (error: unknown) => explainFailure(error),
  );
}

/** Everything in the database by its version, so that nothing that was written anywhere stays unseen. */
function takeSnapshot(connection: pg.ClientConfig): Promise<Record<string, unknown>> {
  return within(connection, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    const ofSchema = 'class attribute attrdef constraint index trigger proc sequence'.split(' ');
    const seen: Record<string, unknown> = {};
    for (const name of [...tables.map((table) => table.name), ...ofSchema.map((part) => `pg_${part}`)]) {
      const versions = await client.query<object>(
        `SELECT count(*), md5(string_agg(xmin || ' ' || ctid, ',' ORDER BY ctid)) FROM ${name}`,
      );
      seen[name] = versions.rows[0];
    }
    const sequences = 'SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename';
    return { ...seen, sequences: (await client.query<object>(sequences)).rows };
  });
}

const commands: readonly string[][] = [
  ['start'],
  ['migrate'],
  ['doctor'],
  ['reconcile'],
  ['publisher', 'create', 'Avisa', 'NO', 'NOK', 'Europe/Oslo', 'nb'],
  ['publisher', 'list'],
  ['publisher', 'set', '1000', 'name=A'],
  ['client', 'create', '1000', 'no.avisa', 'A'],
  ['client', 'show', '1000', 'no.leveret.demo'],
  ['client', 'rotate', '1000', 'no.leveret.demo', '--now'],
  ['keys', 'rotate'],
  ['keys', 'rotate-oauth', '--now'],
  ['import', 'catalogue', '1000', catalogue],
  ['export', 'setup', '1000', 'setup.json'],
];

test('no command goes on with a database of another set, in either mode, or changes anything in it', async () => {
  const before = await takeSnapshot(former.connection);
  assert.ok(Object.keys(before).length > 40, 'the snapshot saw the tables');
  const { host, port, database } = new pg.Client(former.connection);
  const at = host.startsWith('/') ? host : `${host}:${port}`;
  const says =
    `The database ${database} at ${at} was made by an earlier Leveret, whose tables this one does not know, ` +
    'and nothing in it was changed: to start anew, name an empty database by DATABASE_URL.';
  for (const variables of [{}, liveVariables])
    for (const command of commands)
      assert.deepEqual(
        await run(command, { DATABASE_URL: former.connectionString, ...variables }),
        { exitCode: 1, says },
        command.join(' '),
      );
  assert.deepEqual(await takeSnapshot(former.connection), before);
});

test('a data folder of another set is told by its name, and stays as it is', async () => {
  const dataDirectory = join(folder, 'data');
  const inside = async <Result>(work: (connection: pg.ClientConfig) => Promise<Result>) => {
    const server = await startEmbeddedPostgres({ dataDirectory, memoryMegabytes: 512, log: () => {} });
    try {
      return await work(server.connection);
    } finally {
      await server.stop();
    }
  };
  const before = await inside(async (connection) => {
    await within(connection, loadFormer);
    return takeSnapshot(connection);
  });
  const files = (await readdir(dataDirectory)).sort();
  const sentence =
    `The database in ${dataDirectory} was made by an earlier Leveret, whose tables this one does not know, ` +
    'and nothing in it was changed: to start anew, move that folder away, or name another by LEVERET_DATA.\n';
  for (const command of ['start', 'migrate', 'doctor']) {
    const [port, sandboxPort] = [String(await freePort()), String(await freePort())];
    const variables = { LEVERET_DATA: dataDirectory, PORT: port, SANDBOX_PORT: sandboxPort };
    const { code, out, said } = await runCommand([command], { ...variables, LEVERET_KEY: '' });
    assert.equal(said, sentence, command);
    assert.equal(code, 1, command);
    assert.doesNotMatch(out, /is ready at/, command);
  }
  assert.deepEqual((await readdir(dataDirectory)).sort(), files, 'not even a key was made');
  assert.deepEqual(await inside(takeSnapshot), before);
});

test('beside a database of a later release a node runs on, and is told of it', async () => {
  await within(current.connection, (client) =>
    client.query(`INSERT INTO schema_migrations (name) VALUES ('9999-of-tomorrow.sql')`),
  );
  const says = 'The database is at a later release, beside which this one may run for a while';
  const node = await startSandboxNode(current.connectionString);
  await node.stop();
  assert.match(node.words(), new RegExp(says));
  const variables = { DATABASE_URL: current.connectionString };
  const doctor = await runCommand(['doctor'], variables);
  assert.equal(doctor.code, 0, doctor.out);
  assert.match(doctor.out, new RegExp(`^warn  ${says}: 9999-of-tomorrow\\.sql$`, 'm'));
  const migrate = await runCommand(['migrate'], variables);
  assert.equal(migrate.code, 0, migrate.out);
  assert.equal(migrate.out, `${says}.\n`);
});
