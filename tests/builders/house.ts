import { type Sandbox, startSandbox } from '@leveret/sandbox/start-sandbox.js';
import { type App, createApp } from '@leveret/server/app.js';
import { keepGatesRegistered, seedSandbox } from '@leveret/server/commands/seed-sandbox.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { deriveSecrets } from '@leveret/server/config/secrets.js';
import { keepPartitions } from '@leveret/server/database/keep-partitions.js';
import { createTestDatabase } from '@leveret/server/database/test-database.js';
import { createLog, type Log } from '@leveret/server/kit/log.js';
import { freePort } from './free-port.ts';

/** A node, its database and a sandbox, all of their own, with the demo publisher. */
export type House = {
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

export type HouseOptions = {
  realTime?: boolean;
  log?: Log;
  /** Another way to the house's database, for the node alone. */
  through?: (databaseUrl: string) => Promise<string>;
  /** More of the node's environment, by the port that it listens on. */
  variables?: (port: number) => Record<string, string>;
};

/** Time stands still in the sandbox unless `realTime`; the node's clock moves only with it. */
export async function buildHouse(options: HouseOptions = {}): Promise<House> {
  const database = await createTestDatabase();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const sandbox = await startSandbox({
    port: 0,
    smtpPort: 0,
    serverUrl: url,
    realTime: options.realTime ?? true,
  });
  const variables = {
    PORT: String(port),
    SANDBOX_PORT: new URL(sandbox.url).port,
    SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
    LOG_LEVEL: 'error',
    ...options.variables?.(port),
  };
  const { settings, passwords } = readEnvironment(variables, '/', false);
  const secrets = deriveSecrets(Buffer.alloc(32, 7), passwords);
  const log = options.log ?? createLog({ level: 'error' });
  const { through } = options;
  const connection = through
    ? { connectionString: await through(database.connectionString) }
    : database.connection;
  const made = { settings, secrets, connection, log };
  const app = await createApp(made);
  await keepPartitions(app.context);
  await seedSandbox(app.context);
  await app.start();
  const gates = await keepGatesRegistered(app.context, port);
  const house: House = {
    url,
    sandboxUrl: sandbox.url,
    databaseUrl: database.connectionString,
    app,
    sandbox,
    async rest() {
      await house.app.stop();
      house.app = await createApp({ ...made, runsJobs: false });
      await house.app.start();
    },
    async advance(seconds) {
      const body = JSON.stringify({ seconds });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${sandbox.url}/control/clock/advance`, { method: 'POST', headers, body });
    },
    async close() {
      gates.stop();
      await house.app.stop();
      await sandbox.close();
      await database.drop();
    },
  };
  return house;
}
