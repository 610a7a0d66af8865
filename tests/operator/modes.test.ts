import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { OperatorError } from '@leveret/server/kit/operator-error.js';
import { createTestDatabase, type TestDatabase } from '@leveret/server/testing/database.js';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../builders/free-port.ts';
import { commandKey, liveVariables, runCommand } from '../builders/run-command.ts';
import { startProductionNode, startSandboxNode } from './start-nodes.ts';

let sandbox: TestDatabase;
let live: TestDatabase;
let said: { sandbox: string; live: string };

/** A sandbox and a live database, as a first start leaves them behind. */
before(async () => {
  [sandbox, live] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const first = await startSandboxNode(sandbox.connectionString);
  await first.advanceClock(3600);
  await first.stop();
  const second = await startProductionNode(live.connectionString);
  await second.stop();
  said = { sandbox: first.words(), live: second.words() };
});
after(async () => {
  await sandbox.drop();
  await live.drop();
});

async function query<Row extends object>(database: TestDatabase, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const run = async (database: TestDatabase, mode: 'live' | 'sandbox', ...parameters: string[]) =>
  runCommand(parameters, {
    DATABASE_URL: database.connectionString,
    PORT: String(await freePort()),
    ...(mode === 'live' ? liveVariables : {}),
  });

test('a sandbox database is not started live: one that reads the message knows what to do', async () => {
  const ended = await run(sandbox, 'live', 'start');
  assert.equal(ended.code, 1, ended.out);
  assert.match(ended.said, /^This database was a sandbox,.*new database.*export setup.*import setup"\.\n$/);
});

test('a live database is not started as a sandbox, and gets no demo client', async () => {
  const ended = await run(live, 'sandbox', 'start');
  assert.equal(ended.code, 1, ended.out);
  assert.match(ended.said, /^This database is live,.*LEVERET_MODE=live.*\n$/);
  assert.deepEqual(await query(live, 'SELECT client_id FROM clients'), []);
});

/** The command as its process runs it, in this one: it refuses before it begins anything. */
async function refusedIn(
  database: TestDatabase,
  mode: 'live' | 'sandbox',
  ...command: string[]
): Promise<string> {
  const variables = {
    DATABASE_URL: database.connectionString,
    LEVERET_KEY: commandKey,
    ...(mode === 'live' ? liveVariables : {}),
  };
  const line = buildCommandLine(() => readEnvironment(variables, '/', false));
  return line.parseAsync(command, { from: 'user' }).then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof OperatorError ? error.message : String(error)),
  );
}

test('taking the demo client, the accounts and the clock back makes no sandbox live', async () => {
  await query(
    sandbox,
    `DELETE FROM client_secrets; DELETE FROM clients; DELETE FROM payment_method_settings;
     UPDATE test_clock SET offset_milliseconds = 0`,
  );
  assert.match(await refusedIn(sandbox, 'live', 'start'), /was a sandbox/);
});

test('databases from before there were marks are known by what a sandbox left in them', async () => {
  const publisher = `INSERT INTO publishers (name, time_zone, country, currency, locale)
    VALUES ('Avisa', 'Europe/Oslo', 'NO', 'NOK', 'nb')`;
  const traces = [
    `${publisher}; INSERT INTO clients (client_id, publisher_id, name, scopes)
       SELECT 'no.leveret.demo', publisher_id, 'Demo site', '{}' FROM publishers`,
    `INSERT INTO test_clock (offset_milliseconds) VALUES (1)
       ON CONFLICT (only_row) DO UPDATE SET offset_milliseconds = 1`,
    `${publisher}; INSERT INTO payment_method_settings (publisher_id, adapter, settings)
       SELECT publisher_id, 'vipps', '{"baseUrl": "http://127.0.0.1:8090/vipps"}' FROM publishers`,
  ];
  for (const trace of traces) {
    const database = await createTestDatabase();
    await query(database, trace);
    assert.match(await refusedIn(database, 'live', 'start'), /was a sandbox/, trace);
    await database.drop();
  }
});

test('doctor names the fault, and says ok where there is none', async () => {
  const wrong = await run(sandbox, 'live', 'doctor');
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /^FAIL {2}This database was a sandbox/m);
  const right = await run(live, 'live', 'doctor');
  assert.equal(right.code, 0, right.out);
  assert.match(right.out, /^warn {2}SMTP_URL is not set/m);
  const { out } = await run(sandbox, 'sandbox', 'doctor');
  assert.doesNotMatch(out, /^warn/m);
  assert.match(out, /^ok {4}beside a node: .*the demo shop at http:\/\/localhost:8070$/m);
  assert.doesNotMatch(right.out, /demo shop/);
  assert.match(right.out, /^ok {4}the database is live$/m);
});

test('doctor asks the mail server, which has to be there and to be one that is trusted', async (context) => {
  const server = new SMTPServer({ authOptional: true });
  server.listen(0, '127.0.0.1');
  context.after(() => server.close());
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const doctor = () =>
    runCommand(['doctor'], {
      ...liveVariables,
      DATABASE_URL: live.connectionString,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      SMTP_FROM: 'a@b.no',
    });
  const at = `the mail server at 127\\.0\\.0\\.1:${port}`;
  const wrong = await doctor();
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /^warn {2}SMTP_BOUNCE_ADDRESS is not set/m);
  // The server's own certificate is signed by itself, and is also out of date since some day.
  const untrusted = '(DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED) at CONN';
  assert.match(wrong.out, new RegExp(`^FAIL {2}${at} takes no e-mail: ${untrusted}$`, 'm'));
  server.options.disabledCommands = ['STARTTLS'];
  const right = await doctor();
  assert.equal(right.code, 0, right.out);
  assert.match(right.out, new RegExp(`^ok {4}${at} answers$`, 'm'));
});

test('commands in live mode leave a sandbox as it is; beside a live node they need not say live', async () => {
  await query(sandbox, `DELETE FROM schema_migrations WHERE name LIKE '0010%'`);
  const making = ['create-publisher', 'Avisa', 'NO', 'NOK', 'Europe/Oslo', 'nb'];
  for (const command of [['migrate'], making])
    assert.match(await refusedIn(sandbox, 'live', ...command), /was a sandbox/);
  const [row] = await query<{ times: string }>(
    sandbox,
    `SELECT count(*) AS times FROM schema_migrations WHERE name LIKE '0010%'`,
  );
  assert.equal(Number(row?.times), 0, 'nothing was migrated');
  assert.equal(await refusedIn(live, 'sandbox', ...making), 'nothing was refused');
});

test('where no mail server is named, a live node says at its start that no e-mail goes out', () => {
  assert.match(said.live, /"SMTP_URL is not set, so that no e-mail goes out/);
  assert.doesNotMatch(said.sandbox, /SMTP_URL/);
});
