import { Client, DatabaseError } from 'pg';
import { CannotStartDatabase } from './cannot-start.ts';
import { superuser } from './initialise-cluster.ts';
import type { Places } from './places.ts';

export type Connection = { host: string; port: number; user: string; password: string; database: string };

const name = 'leveret';

/**
 * Makes the role and the database that Leveret works with, where they are missing. The role owns its
 * databases and may make more (the tests do), but is no superuser: nothing sent through it can reach the
 * machine's files.
 */
export async function prepareDatabase(places: Places, host: string, password: string): Promise<Connection> {
  const client = new Client({ host, port: 5432, user: superuser, password, database: 'postgres' });
  // A fault after the last answer is of no interest here, and unheard it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await makeMissing(client, password);
  } catch (error) {
    throw explainRefusal(error, places);
  } finally {
    await client.end();
  }
  return connectionOf(host, password);
}

/** How Leveret itself connects to its server. */
export function connectionOf(host: string, password: string): Connection {
  return { host, port: 5432, user: name, password, database: name };
}

async function makeMissing(client: Client, password: string): Promise<void> {
  const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (roles.rows.length === 0) {
    await client.query(`CREATE ROLE ${name} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(password)}`);
  }
  const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (databases.rows.length === 0) await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
}

function explainRefusal(error: unknown, places: Places): unknown {
  if (!(error instanceof DatabaseError) || error.code !== '28P01') return error;
  return new CannotStartDatabase(
    `The password in ${places.password} is not that of the database in ${places.cluster}: ` +
      'put back the two from one and the same backup.',
    { cause: error },
  );
}
