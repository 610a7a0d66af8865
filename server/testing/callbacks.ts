import pg from 'pg';
import { deliverJob } from '../callbacks/deliver.ts';
import { createDeliveryLanes } from '../callbacks/delivery-lanes.ts';
import { recordEvents } from '../callbacks/record-events.ts';
import { deriveSecrets } from '../config/secrets.ts';
import { advanceClock } from '../database/clock.ts';
import { createPool } from '../database/connect.ts';
import { sql } from '../database/statement.ts';
import { createDatabase, type Database, type Transaction } from '../database/transaction.ts';
import { type JourneyEvent, journey } from '../journey.ts';
import { type AddressGuard, createAddressGuard } from '../kit/address-guard.ts';
import { createHttpClient, type SharedHttpClient } from '../kit/http-client.ts';
import { clientId, customerNumber, orderId, publisherId } from '../kit/ids.ts';
import { type AnyEvent, createJourneyRunner } from '../kit/journey-runner.ts';
import { runWorker, type Worker } from '../kit/work-queue/run-worker.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { enqueue } from '../kit/work-queue/work-store.ts';
import type { OrderFacts } from '../orders/order.ts';
import { defaultClientSettings } from '../publishers/client-settings.ts';
import { type Client } from '../publishers/publisher.ts';
import { defaultPublisherSettings } from '../publishers/publisher-settings.ts';
import { createTestDatabase } from './database.ts';

export type Run = { deliveryId: number; result: JobResult };

/** Everything around callbacks that is real: database, worker, HTTP client. For tests. */
export type TestFixture = Awaited<ReturnType<typeof openTestFixture>>;

type FixtureOptions = { totalTimeoutMilliseconds?: number; breakerFailures?: number };

export async function openTestFixture(options: FixtureOptions = {}) {
  const testDatabase = await createTestDatabase();
  const pool = createPool(
    { connection: testDatabase.connection, poolSize: 20, preparedStatements: true },
    () => undefined,
  );
  const guard = createAddressGuard({ allowLoopback: true, blockedCidrs: [] });
  const outbound = createOutbound(guard, options);
  const workers: Worker[] = [];
  const events: AnyEvent[] = [];
  const errors: unknown[] = [];
  const run = createJourneyRunner(journey, {
    log: recordEvents,
    async enqueue(transaction: Transaction, jobs) {
      await enqueue(transaction, jobs);
      transaction.afterCommit(wakeAll);
    },
  });
  const database: Database = createDatabase(pool, {
    preparedStatements: true,
    random: Math.random,
    async report(transaction, reported) {
      events.push(...reported);
      await run(context, transaction, reported);
    },
  });
  const secrets = deriveSecrets(Buffer.alloc(32, 7));
  const lanes = { deliveries: createDeliveryLanes({ database, secrets }) };
  const context = { database, ...lanes, secrets, outbound, addressGuard: guard, random: () => 0.5 };
  const wakeAll = () => workers.forEach((worker) => worker.wake());
  const { runs, countedJob, untilRuns } = countRuns();
  return {
    ...context,
    context,
    connection: testDatabase.connection,
    events,
    errors,
    runs,
    startWorker(changes: Partial<typeof context> = {}): Worker {
      const worker = runWorker({
        database,
        context: { ...context, ...changes },
        kinds: { deliver: countedJob },
        concurrency: 100,
        pollMilliseconds: 1_000,
        random: Math.random,
        onError: (error) => errors.push(error),
      });
      workers.push(worker);
      return worker;
    },
    untilRuns,
    /** Moves the database's clock while no job runs, so that every due time is written before. */
    async advance(seconds: number): Promise<void> {
      await untilIdle(database);
      await advanceClock(database, seconds * 1_000);
      wakeAll();
    },
    untilIdle: () => untilIdle(database),
    report: (reported: readonly JourneyEvent[]) =>
      database.transaction('test', (transaction) => transaction.report(reported)),
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.stop(5_000)));
      await outbound.close();
      await database.close();
      await testDatabase.drop();
    },
  };
}

function createOutbound(guard: AddressGuard, options: FixtureOptions): SharedHttpClient {
  return createHttpClient({
    name: 'publishers',
    guard,
    connectTimeoutMilliseconds: 400,
    totalTimeoutMilliseconds: options.totalTimeoutMilliseconds ?? 10_000,
    maxInFlight: 128,
    maxQueued: 128,
    maxResponseBytes: 65_536,
    breaker: { failures: options.breakerFailures ?? 1_000, probeAfterMilliseconds: 60_000 },
  });
}

/** The job of deliveries, with a record of every run. */
function countRuns() {
  const runs: Run[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const countedJob: typeof deliverJob = {
    ...deliverJob,
    async run(given, job) {
      const result = await deliverJob.run(given, job);
      runs.push({ deliveryId: Number(job.arguments['deliveryId']), result });
      for (const one of waiting) if (runs.length >= one.count) one.resolve();
      return result;
    },
  };
  /** Resolves once so many runs of the job have ended in all, each with its record written. */
  async function untilRuns(count: number): Promise<void> {
    if (runs.length >= count) return;
    await new Promise<void>((resolve) => waiting.push({ count, resolve }));
  }
  return { runs, countedJob, untilRuns };
}

const countLeased = sql(
  'test.countLeased',
  'SELECT count(*) AS count FROM jobs WHERE leased_until IS NOT NULL',
);

async function untilIdle(database: Database): Promise<void> {
  for (;;) {
    const [row] = await database.query<{ count: number }>(countLeased);
    if (row?.count === 0) return;
  }
}

const addPublisher = sql(
  'test.addPublisher',
  `INSERT INTO publishers (publisher_id, name, time_zone, country, currency, locale)
   VALUES ($1, 'Leveret Times', 'Europe/Oslo', 'NO', 'NOK', 'nb')`,
);
const addClient = sql(
  'test.addClient',
  `INSERT INTO clients (client_id, publisher_id, name, scopes, profile, settings)
   VALUES ($1, $2, 'Site', '{}', $3, $4)`,
);

/** A publisher with one client, which may use plain http. */
export async function addTestClient(
  database: Database,
  id: number,
  settings: Partial<Client['settings']> = {},
): Promise<Client> {
  const client: Client = {
    clientId: clientId(`no.leveret.test${id}`),
    by: { kind: 'client', id: `no.leveret.test${id}` },
    publisher: {
      publisherId: publisherId(id),
      name: 'Leveret Times',
      timeZone: 'Europe/Oslo',
      country: 'NO',
      currency: 'NOK',
      locale: 'nb',
      ownerEmail: '',
      settings: defaultPublisherSettings,
    },
    name: 'Site',
    profile: 'original',
    scopes: [],
    returnAddresses: [],
    settings: { ...defaultClientSettings, allowsHttp: true, ...settings },
    revocationNumber: 0,
    isDisabled: false,
  };
  await database.query(addPublisher, [id]);
  await database.query(addClient, [client.clientId, id, client.profile, JSON.stringify(client.settings)]);
  return client;
}

const addOrder = sql(
  'test.addOrder',
  `WITH made AS (
     INSERT INTO orders (order_id, publisher_id, client_id, state, customer_number, prepaid, recurring,
       amount_minor,
       currency, ordered_at, registered_at, expires_at)
     VALUES ($1, $2, $3, 'registered', 1, false, false, 9900, 'NOK', now(), now(), now() + interval '7 days')
     RETURNING order_id)
   INSERT INTO order_completions (order_id, publisher_id, client_id, callback_url, asked_at)
   SELECT order_id, $2, $3, $4, now() FROM made`,
);

/** An order whose completion was asked for, and the facts that its events carry. */
export async function addTestOrder(
  database: Database,
  client: Client,
  id: number,
  callbackUrl: string | null,
): Promise<OrderFacts> {
  await database.query(addOrder, [id, client.publisher.publisherId, client.clientId, callbackUrl]);
  return {
    publisherId: client.publisher.publisherId,
    orderId: orderId(id),
    clientId: client.clientId,
    customerNumber: customerNumber(1),
    prepaid: false,
    amountMinor: 9_900,
    currency: 'NOK',
  };
}

/** A session of its own, for what must stay open beside the pool. */
export async function openSession(fixture: TestFixture): Promise<pg.Client> {
  const session = new pg.Client(fixture.connection);
  session.on('error', () => undefined);
  await session.connect();
  return session;
}
