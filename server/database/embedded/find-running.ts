import { existsSync, readFileSync } from 'node:fs';
import { liveOwner } from './claim-data-folder.ts';
import { embeddedPlaces } from './places.ts';
import { type Connection, connectionOf } from './prepare-database.ts';
import { socketFolderOf } from './socket-folder.ts';

/**
 * The way to the server that a running node keeps in this data folder, for a command beside it; nothing
 * where no node is running there.
 */
export function findRunningPostgres(dataDirectory: string): Connection | undefined {
  const places = embeddedPlaces(dataDirectory);
  if (!existsSync(places.owner) || liveOwner(places.owner) === undefined) return undefined;
  return connectionOf(socketFolderOf(places), readFileSync(places.password, 'utf8').trim());
}
