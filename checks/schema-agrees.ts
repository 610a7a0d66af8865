import { createTestDatabase } from '@leveret/server/testing/database.js';
import { Client, type ClientConfig } from 'pg';
import type { Problem } from './check.ts';
import { compareGenerated, writeGenerated } from './reading/compare-generated.ts';
import { dumpSchema } from './reading/dump-schema.ts';

const document = 'server/database/schema.sql';

export const name = 'schema-agrees';

/** The committed schema is what the migrations make of an empty database. */
export async function run(root: string): Promise<Problem[]> {
  return compareGenerated(root, document, await generate());
}

export async function fix(root: string): Promise<void> {
  await writeGenerated(root, document, await generate());
}

async function generate(): Promise<string> {
  const database = await createTestDatabase();
  try {
    return await readSchema(database.connection);
  } finally {
    await database.drop();
  }
}

async function readSchema(connection: ClientConfig): Promise<string> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await dumpSchema(client);
  } finally {
    await client.end();
  }
}
