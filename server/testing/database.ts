import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, type PoolConfig } from 'pg';
import { connectionUrl } from '../database/embedded/connection-url.ts';
import { startTemporaryPostgres } from '../database/embedded/start-temporary.ts';
import { listMigrations, migrate } from '../database/migrate.ts';
import { sqlState } from '../database/transaction.ts';
import './watch-locks.ts';

export type TestDatabase = {
  /** A `DATABASE_URL`, for a node that runs as a process of its own. */
  connectionString: string;
  /** The same for `createPool`, `pg.Pool` and `pg.Client`. */
  connection: PoolConfig & { connectionString: string };
  /** Ends all sessions of the database and removes it. */
  drop(): Promise<void>;
};

/**
 * A new migrated database for one test or test file, on the server that the test runner started. A test file
 * run by itself starts a server of its own, which ends with the process.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await (serverUrl ??= findServer());
  const template = await (templateName ??= provideTemplate(server));
  const name = `t_${randomBytes(8).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const connectionString = withDatabase(givenServer()?.pooler ?? server, name);
  const drop = () => onServer(server, (client) => dropDatabase(client, name));
  return { connectionString, connection: { connectionString }, drop };
}

/** Autovacuum may be at work in it: we have no right to end that by force, but a plain drop makes it go. */
async function dropDatabase(client: Client, name: string): Promise<void> {
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } catch (error) {
    if (sqlState(error) !== '42501') throw error;
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
  }
}

/** The same address with another database. */
export function withDatabase(url: string, name: string): string {
  const parts = /^(\w+:\/\/[^/?]*)(?:\/[^?]*)?(\?.*)?$/.exec(url);
  if (parts === null) throw new TypeError('the address of the test database is not a postgresql:// URL');
  return `${parts[1]}/${name}${parts[2] ?? ''}`;
}

let serverUrl: Promise<string> | undefined;
let templateName: Promise<string> | undefined;

/** What nodes need to know of the way to a test database, beside its address. */
export function testDatabaseVariables(): Record<string, string> {
  return givenServer()?.pooler === undefined ? {} : { DATABASE_PREPARED: 'off' };
}

/** The server that the test runner started, and a pooler before it where everything is to go through one. */
function givenServer(): { connectionString: string; pooler?: string } | undefined {
  const given = process.env['LEVERET_TEST_DATABASE'];
  return given === undefined
    ? undefined
    : (JSON.parse(given) as { connectionString: string; pooler?: string });
}

async function findServer(): Promise<string> {
  const given = givenServer();
  if (given !== undefined) return given.connectionString;
  const server = await startTemporaryPostgres(() => undefined);
  process.once('beforeExit', () => void server.stop());
  return connectionUrl(server.connection);
}

/**
 * The name carries the migrations' texts, so that a server that outlives the run keeps one template per
 * schema.
 */
async function provideTemplate(server: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await listMigrations()) {
    hash.update(name).update(await readFile(new URL(`../../database/migrations/${name}`, import.meta.url)));
  }
  const template = `leveret_template_${hash.digest('hex').slice(0, 16)}`;
  await onServer(server, (client) => makeTemplateOnce(client, server, template));
  return template;
}

/**
 * Test files run at once: the first takes the lock. A session's lock, since databases are made outside
 * transactions.
 */
async function makeTemplateOnce(client: Client, server: string, template: string): Promise<void> {
  await client.query("SELECT pg_advisory_lock(hashtext('leveret test template'))");
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (found.rows.length > 0) return;
  const unfinished = `${template}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  await migrate({ connectionString: withDatabase(server, unfinished) });
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
}

async function onServer<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
