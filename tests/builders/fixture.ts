import { type Sandbox, startSandbox } from '@leveret/sandbox/start-sandbox.js';
import { type App, createApp } from '@leveret/server/app.js';
import { keepGatesRegistered, seedSandbox } from '@leveret/server/commands/seed-sandbox.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { deriveSecrets } from '@leveret/server/config/secrets.js';
import { keepPartitions } from '@leveret/server/database/keep-partitions.js';
import { createLog, type Log } from '@leveret/server/kit/log.js';
import { createTestDatabase, testDatabaseVariables } from '@leveret/server/testing/database.js';
import { testLimits } from '@leveret/server/testing/limits.js';
import { freePort } from './free-port.ts';

/** A node, its database and a sandbox, all of their own, with the demo publisher. */
export type Fixture = {
  url: string;
  sandboxUrl: string;
  databaseUrl: string;
  app: App;
  sandbox: Sandbox;
  /** Puts a node in place of this one that runs no jobs: from then on nothing happens but what is asked. */
  rest(): Promise<void>;
  /** Moves the clocks of sandbox and node together; what becomes due on the way has run when it answers. */
  advance(seconds: number): Promise<void>;
  close(): Promise<void>;
};

export type FixtureOptions = {
  realTime?: boolean;
  log?: Log;
  /** Another way to the fixture's database, for the node alone. */
  through?: (databaseUrl: string) => Promise<string>;
  /** More of the node's environment, by the port that it listens on. */
  variables?: (port: number) => Record<string, string>;
};

/** Time stands still in the sandbox unless `realTime`; the node's clock moves only with it. */
export async function buildFixture(options: FixtureOptions = {}): Promise<Fixture> {
  // Where a step fails, what stands by then is closed: else it would keep the test's process alive.
  await using opened = new AsyncDisposableStack();
  const database = await createTestDatabase();
  opened.defer(database.drop);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const sandbox = await startSandbox({
    port: 0,
    smtpPort: 0,
    serverUrl: url,
    realTime: options.realTime ?? true,
  });
  opened.defer(sandbox.close);
  const variables = {
    PORT: String(port),
    SANDBOX_PORT: new URL(sandbox.url).port,
    SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
    LOG_LEVEL: 'error',
    ...testDatabaseVariables(),
    ...options.variables?.(port),
  };
  const { settings, passwords } = readEnvironment(variables, '/', false);
  const secrets = deriveSecrets(Buffer.alloc(32, 7), passwords);
  const log = options.log ?? createLog({ level: 'error' });
  const { through } = options;
  const connection = through
    ? { connectionString: await through(database.connectionString) }
    : database.connection;
  const made = { settings, secrets, connection, log, limits: testLimits };
  const app = await createApp(made);
  opened.defer(() => fixture.app.stop());
  const fixture: Fixture = {
    url,
    sandboxUrl: sandbox.url,
    databaseUrl: database.connectionString,
    app,
    sandbox,
    async rest() {
      await fixture.app.stop();
      fixture.app = await createApp({ ...made, runsJobs: false });
      await fixture.app.start();
    },
    async advance(seconds) {
      const body = JSON.stringify({ seconds });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${sandbox.url}/control/clock/advance`, { method: 'POST', headers, body });
    },
    close: () => closing.disposeAsync(),
  };
  await keepPartitions(app.context);
  await seedSandbox(app.context);
  await app.start();
  opened.defer((await keepGatesRegistered(app.context, port)).stop);
  const closing = opened.move();
  return fixture;
}
