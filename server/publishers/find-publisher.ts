import type { Queryable } from '../database/statement.ts';
import type { Client, Publisher } from './publisher.ts';
import {
  type ClientRow,
  listClients,
  listPublishers,
  listSecrets,
  type PublisherRow,
  type SecretRow,
} from './publisher-store.ts';
import { readClient, readPublisher } from './read-publisher.ts';

/** A secret that a client may use now; `expiresAt` is by the database's clock. */
export type ActiveSecret = { sha256: Buffer; expiresAt: Date | undefined };

/** Who is who, from memory. No answer is older than five seconds, so a revocation then holds everywhere. */
export type PublisherDirectory = {
  findClient(clientId: string): Promise<Client | undefined>;
  findPublisher(publisherId: number): Promise<Publisher | undefined>;
  /** The publisher, where there is just one. */
  findOnlyPublisher(): Promise<Publisher | undefined>;
  /** The client's active secrets as hashes, none to two. */
  findSecrets(clientId: string): Promise<readonly ActiveSecret[]>;
  /** Reads again now, for the node that has just changed something. */
  refresh(): Promise<void>;
};

type Source = {
  database: Queryable;
  /** Measured at each reading, so that what this node knows of the database's clock is as young. */
  clock?: { measure(): Promise<void> };
};

type Snapshot = {
  /** When the reading began, by the node's monotonic clock. */
  readAt: number;
  publishers: ReadonlyMap<number, Publisher>;
  clients: ReadonlyMap<string, Client>;
  secrets: ReadonlyMap<string, ActiveSecret[]>;
};

const oldestServedMilliseconds = 5000;
const refreshedAfterMilliseconds = 2000;
// An unknown id may be new; asking for unknown ones may not become a way to keep the database busy.
const rereadForUnknownAfterMilliseconds = 500;

/** Holds all publishers and clients in memory, and reads them again in the background while they are used. */
export function createPublisherDirectory(
  options: Source & { /** Milliseconds that only go forward. */ now?: () => number },
): PublisherDirectory {
  const now = options.now ?? (() => performance.now());
  let snapshot: Snapshot | undefined;
  let reading: Promise<Snapshot> | undefined;

  function read(): Promise<Snapshot> {
    reading ??= readSnapshot(options, now())
      .then((fresh) => {
        snapshot = fresh;
        return fresh;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  /** Answers at once from memory where that is young enough, else after the reading that is on its way. */
  function current(oldestMilliseconds: number): Snapshot | Promise<Snapshot> {
    const age = snapshot ? now() - snapshot.readAt : Number.POSITIVE_INFINITY;
    if (snapshot && age <= oldestMilliseconds) {
      // A failure shows when the memory is too old to be served; then the caller gets it.
      if (age > refreshedAfterMilliseconds) read().catch(() => undefined);
      return snapshot;
    }
    return read();
  }

  async function find<Value>(pick: (snapshot: Snapshot) => Value | undefined): Promise<Value | undefined> {
    const found = pick(await current(oldestServedMilliseconds));
    return found ?? pick(await current(rereadForUnknownAfterMilliseconds));
  }

  return {
    findClient: (clientId) => find(({ clients }) => clients.get(clientId)),
    findPublisher: (publisherId) => find(({ publishers }) => publishers.get(publisherId)),
    findOnlyPublisher: () => find(({ publishers }) => onlyOf([...publishers.values()])),
    findSecrets: async (clientId) => (await find(({ secrets }) => secrets.get(clientId))) ?? [],
    async refresh() {
      // A reading that began before the change may not show it.
      await reading?.catch(() => undefined);
      await read();
    },
  };
}

function onlyOf<Value>([only, ...others]: readonly Value[]): Value | undefined {
  return others.length === 0 ? only : undefined;
}

async function readSnapshot({ database, clock }: Source, readAt: number): Promise<Snapshot> {
  // Clients first, so that the publisher of each is among those read after them.
  const clientRows = await database.query<ClientRow>(listClients);
  const [publisherRows, secretRows] = await Promise.all([
    database.query<PublisherRow>(listPublishers),
    database.query<SecretRow>(listSecrets),
    clock?.measure(),
  ]);
  const publishers = new Map(publisherRows.map((row) => [row.publisher_id, readPublisher(row)]));
  const clients = new Map<string, Client>();
  for (const row of clientRows) {
    const publisher = publishers.get(row.publisher_id);
    if (publisher) clients.set(row.client_id, readClient(row, publisher));
  }
  return { readAt, publishers, clients, secrets: gatherSecrets(secretRows) };
}

function gatherSecrets(rows: readonly SecretRow[]): Map<string, ActiveSecret[]> {
  const secrets = new Map<string, ActiveSecret[]>();
  for (const row of rows) {
    const secret = { sha256: row.secret_sha256, expiresAt: row.expires_at ?? undefined };
    secrets.set(row.client_id, [...(secrets.get(row.client_id) ?? []), secret]);
  }
  return secrets;
}
