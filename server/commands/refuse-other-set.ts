import pg from 'pg';
import type { Settings } from '../config/settings.ts';
import { type Compared, compareDatabase } from '../database/compare-migrations.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { addressOf } from './require-database.ts';

/**
 * Says how the database stands to this release, and changes nothing. Throws `OperatorError` where another set
 * of migrations made it, which no migration of ours can follow.
 */
export async function refuseOtherSet(connection: pg.PoolConfig, settings: Settings): Promise<Compared> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const found = await compareDatabase(client);
    if (found === undefined) throw new OperatorError(explainOtherSet(settings, client));
    return found;
  } finally {
    await client.end();
  }
}

function explainOtherSet({ databaseUrl, dataDirectory }: Settings, client: pg.Client): string {
  const [where, anew] =
    databaseUrl === undefined
      ? [`in ${dataDirectory}`, 'move that folder away, or name another by LEVERET_DATA']
      : [`${client.database} at ${addressOf(client)}`, 'name an empty database by DATABASE_URL'];
  return (
    `The database ${where} was made by an earlier Leveret, whose tables this one does not know, and ` +
    `nothing in it was changed: to start anew, ${anew}.`
  );
}
