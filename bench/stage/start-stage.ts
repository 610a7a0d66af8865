import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionUrl } from '@leveret/server/database/embedded/connection-url.js';
import { startTemporaryPostgres } from '@leveret/server/database/embedded/start-temporary.js';
import { demoClientId, demoClientSecret } from '@leveret/server/publishers/demo-client.js';
import pg from 'pg';
import type { LoadPlan } from '../load/main.ts';
import type { LoadResult } from '../load/tally.ts';
import type { SqlResult, SqlTask } from '../sql/main.ts';
import { readParent, type Watched } from './process-figures.ts';
import { type Child, startChild } from './start-child.ts';
import { type RunningNode, startNode } from './start-node.ts';

/** Everything that a benchmark needs, each in a process of its own, on one machine. */
export type Stage = {
  node: RunningNode;
  load: Child<LoadPlan, LoadResult>;
  sql: Child<SqlTask, SqlResult>;
  watched: Watched;
  database: pg.Client;
  databaseUrl: string;
  token: string;
  callbackUrl: string;
  /** What the node was started with. */
  environment: Record<string, string>;
  /** Where the imitated providers listen; 0 where a run needs none. */
  sandboxPort: number;
  stop(): Promise<void>;
};

type StageOptions = {
  isProfiled: boolean;
  names: readonly string[];
  /** Another database than a temporary embedded one, and what a node needs to know of it. */
  database?: { url: string; variables: Record<string, string> };
};

/**
 * Starts a database with durable commits, one node, a publisher's site, and a client. Refuses a database that
 * forgets.
 */
export async function startStage(options: StageOptions): Promise<Stage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return { ...(await build(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(options: StageOptions, stops: (() => Promise<unknown>)[]): Promise<Omit<Stage, 'stop'>> {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-bench-'));
  stops.push(async () => rmSync(folder, { recursive: true, force: true }));
  const databaseUrl = options.database?.url ?? (await startEmbedded(stops));
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  stops.push(() => database.end());
  await requireDurable(database);

  const sandbox = await startSandbox(options, stops);
  const environment = {
    DATABASE_URL: databaseUrl,
    ...options.database?.variables,
    LEVERET_MODE: 'sandbox',
    LEVERET_DATA: folder,
    LOG_LEVEL: 'error',
    SANDBOX_PORT: String(sandbox.port),
    SANDBOX_SMTP_PORT: String(sandbox.smtpPort),
  };
  const node = await startNode(environment, options.isProfiled);
  stops.push(() => node.stop());
  const receiver = await startChild<undefined, number, number>('receiver');
  stops.push(() => receiver.stop());
  const load = await startChild<LoadPlan, LoadResult>('load');
  stops.push(() => load.stop());
  const sql = await startChild<SqlTask, SqlResult>('sql', environment);
  stops.push(() => sql.stop());

  const watched = {
    node: node.pid,
    postmaster: await findPostmaster(database),
    load: load.pid,
    receiver: receiver.pid,
  };
  const callbackUrl = `http://127.0.0.1:${receiver.greeting}/callback?site=1`;
  const token = await fetchToken(node.port, { clientId: demoClientId, secret: demoClientSecret });
  const { port: sandboxPort } = sandbox;
  return { node, load, sql, watched, database, databaseUrl, token, callbackUrl, environment, sandboxPort };
}

/** In a process of its own, as providers are; only where payments are measured. */
async function startSandbox(
  { names }: StageOptions,
  stops: (() => Promise<unknown>)[],
): Promise<{ port: number; smtpPort: number }> {
  if (!names.includes('redirect') && !names.includes('neighbours')) return { port: 0, smtpPort: 0 };
  const sandbox = await startChild<undefined, undefined, { port: number; smtpPort: number }>('sandbox');
  stops.push(() => sandbox.stop());
  return sandbox.greeting;
}

async function startEmbedded(stops: (() => Promise<unknown>)[]): Promise<string> {
  const server = await startTemporaryPostgres(() => {});
  stops.push(() => server.stop());
  return connectionUrl(server.connection);
}

async function requireDurable(database: pg.Client): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await database.query<Record<string, string>>(`SHOW ${setting}`);
    if (rows[0]?.[setting] !== 'on')
      throw new Error(`${setting} is not on: these figures would mean nothing`);
  }
}

async function findPostmaster(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return readParent(rows[0]?.pid ?? 0);
}

async function fetchToken(port: number, client: { clientId: string; secret: string }): Promise<string> {
  const secret = Buffer.from(`${client.clientId}:${client.secret}`).toString('base64');
  const reply = await fetch(`http://127.0.0.1:${port}/user/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${secret}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  const granted: unknown = await reply.json();
  const isGranted = typeof granted === 'object' && granted !== null && 'access_token' in granted;
  if (!isGranted) throw new Error(`no token was granted: ${JSON.stringify(granted)}`);
  return String(granted.access_token);
}
