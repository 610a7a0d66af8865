import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import { migrate } from '../database/migrate.ts';
import { laterWarning } from './later-warning.ts';
import { makesDatabase, openDatabaseBesideNode, refuseOtherMode } from './open-database.ts';
import { print } from './print.ts';
import type { ReadEnvironment } from './verb.ts';

/**
 * Brings the database to this release and says what was applied. In live mode a sandbox is refused and stays
 * as it is.
 */
export function migrateVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command.description('bring the database to this release').action(() => migrateToRelease(readEnvironment()));
}

async function migrateToRelease({ settings }: Environment): Promise<void> {
  const database = await openDatabaseBesideNode(settings, makesDatabase);
  try {
    if (settings.mode === 'live') await refuseOtherMode(database.connection, settings);
    const applied = await migrate(database.connection);
    const said = laterWarning(database.migrations) ?? 'The database is at this release';
    print(applied.length === 0 ? `${said}.` : `Applied ${applied.join(', ')}.`);
  } finally {
    await database.stop();
  }
}
