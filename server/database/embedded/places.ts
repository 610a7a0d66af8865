import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the embedded server keeps its things. All of it lies under `postgres/` in the data folder. */
export type Places = {
  dataDirectory: string;
  root: string;
  cluster: string;
  binaries: string;
  socket: string;
  shortSocket: string;
  password: string;
  owner: string;
  serverLog: string;
};

export function embeddedPlaces(dataDirectory: string): Places {
  const root = resolve(dataDirectory, 'postgres');
  return {
    dataDirectory: resolve(dataDirectory),
    root,
    cluster: resolve(root, 'cluster'),
    binaries: resolve(root, 'binaries'),
    socket: resolve(root, 'socket'),
    shortSocket: resolve(root, 'socket-folder'),
    password: resolve(root, 'password'),
    owner: resolve(root, 'owner.json'),
    serverLog: resolve(root, 'server.log'),
  };
}

/** Whether a database was ever made in the data folder; looks, and makes nothing. */
export function hasEmbeddedDatabase(dataDirectory: string): boolean {
  return existsSync(resolve(embeddedPlaces(dataDirectory).cluster, 'PG_VERSION'));
}
