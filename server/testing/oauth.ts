import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { createReaders } from '../accounts/find-readers.ts';
import { deriveSecrets, type Secrets } from '../config/secrets.ts';
import { createDatabaseClock } from '../database/clock.ts';
import { createPool } from '../database/connect.ts';
import { createDatabase, type Database } from '../database/transaction.ts';
import { type Endpoint, endpoint } from '../kit/http/endpoint.ts';
import { createHttpServer, type HttpServer } from '../kit/http/serve.ts';
import { createRateLimiter } from '../kit/rate-limit.ts';
import { createPublisherDirectory, type PublisherDirectory } from '../publishers/find-publisher.ts';
import { createKeyRing } from '../publishers/key-ring.ts';
import { serveOauth } from '../publishers/oauth/serve-oauth.ts';
import type { Client } from '../publishers/publisher.ts';
import { createReaderVerifier, createTokenVerifier } from '../publishers/verify-access-token.ts';
import { createTestDatabase } from './database.ts';
import { testLimits } from './limits.ts';

export const testPublicUrl = 'https://orders.example.no';

export type TestNode = HttpServer & {
  database: Database;
  publishers: PublisherDirectory;
  secrets: Secrets;
  /** Moves the node's own monotonic clock, by which the directory and the key ring age. */
  passMilliseconds: (milliseconds: number) => void;
  close: () => Promise<void>;
};

/** A node that gives tokens, and shows at /capi/me whose token it was called with. */
export async function startTestNode(
  shared: { connectionString: string; secrets: Secrets },
  mode: 'sandbox' | 'live' = 'sandbox',
): Promise<TestNode> {
  const { secrets } = shared;
  const pool = createPool(
    { connection: { connectionString: shared.connectionString }, poolSize: 4, preparedStatements: true },
    () => undefined,
  );
  const options = { preparedStatements: true, report: () => Promise.resolve(), random: Math.random };
  const database = createDatabase(pool, options);
  let passed = 0;
  const now = () => passed;
  const clock = createDatabaseClock(database);
  const publishers = createPublisherDirectory({ database, clock, now });
  const keyRing = await createKeyRing({ database, secrets, now });
  const rateLimiter = createRateLimiter({ now, liveNodes: () => 1 });
  const log = { warn: () => undefined, error: () => undefined };
  const tokens = { publishers, keyRing, clock, publicUrl: testPublicUrl, mode };
  const readers = createReaders({ database });
  const verifyClient = createTokenVerifier(tokens);
  const http = await createHttpServer({
    rows: [{ method: 'GET', path: '/capi/me', who: 'client', scope: 'orders:read', endpoint: showCaller }],
    context: {},
    authenticate: verifyClient,
    explainError: () => undefined,
    rateLimiter,
    limits: testLimits,
    log,
    docsBase: '/docs',
    publicUrl: testPublicUrl,
    aliases: { '/login': '/user' },
    version: '0',
  });
  const settings = { mode, publicUrl: testPublicUrl };
  serveOauth(http.app, http.admission, {
    database,
    publishers,
    clock,
    secrets,
    settings,
    keyRing,
    readers,
    verifyReader: createReaderVerifier({ ...tokens, readers }),
    verifyClient,
    rateLimiter,
    log,
  });
  const close = async () => {
    await http.app.close();
    await database.close();
  };
  const passMilliseconds = (milliseconds: number) => {
    passed += milliseconds;
  };
  return { ...http, database, publishers, secrets, passMilliseconds, close };
}

/** One node with a database of its own. */
export async function startTestOauth(mode: 'sandbox' | 'live' = 'sandbox') {
  const testDatabase = await createTestDatabase();
  const shared = {
    connectionString: testDatabase.connectionString,
    secrets: deriveSecrets(randomBytes(32), undefined),
  };
  const node = await startTestNode(shared, mode);
  const close = async () => {
    await node.close();
    await testDatabase.drop();
  };
  return { ...node, shared, close };
}

const showCaller: Endpoint<unknown, Client> = endpoint({
  operationId: 'show-caller',
  summary: 'Who calls',
  reply: Type.Object({ clientId: Type.String(), scopes: Type.Array(Type.String()) }),
  async handle(_context: unknown, { caller }: { caller: Client }) {
    return {
      body: { clientId: caller.clientId, publisherId: caller.publisher.publisherId, scopes: caller.scopes },
    };
  },
});

/** HTTP Basic of a client. */
export function basic(clientId: string, secret: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
}
