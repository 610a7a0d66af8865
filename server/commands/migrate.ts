import type { Environment } from '../config/env.ts';
import { migrateDatabase, openDatabaseBesideNode } from './open-database.ts';
import { print } from './print.ts';

/** Brings the database to this release and says what was applied. */
export async function migrateCommand({ settings }: Environment): Promise<void> {
  const database = await openDatabaseBesideNode(settings);
  try {
    const applied = await migrateDatabase(database.connection);
    print(applied.length === 0 ? 'The database is at this release.' : `Applied ${applied.join(', ')}.`);
  } finally {
    await database.stop();
  }
}
