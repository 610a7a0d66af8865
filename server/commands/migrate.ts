import type { Environment } from '../config/env.ts';
import { migrateDatabase, openDatabaseBesideNode, refuseOtherMode } from './open-database.ts';
import { print } from './print.ts';

/**
 * Brings the database to this release and says what was applied. In live mode a sandbox is refused and stays
 * as it is.
 */
export async function migrateCommand({ settings }: Environment): Promise<void> {
  const database = await openDatabaseBesideNode(settings);
  try {
    if (settings.mode === 'live') await refuseOtherMode(database.connection, settings);
    const applied = await migrateDatabase(database.connection);
    print(applied.length === 0 ? 'The database is at this release.' : `Applied ${applied.join(', ')}.`);
  } finally {
    await database.stop();
  }
}
