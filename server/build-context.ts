import type pg from 'pg';
import { createCheckAccess } from './access/check-access.ts';
import { findProfile } from './accounts/find-profile.ts';
import { createDeliveryLanes } from './callbacks/delivery-lanes.ts';
import { createCatalogueSnapshots } from './catalogue/catalogue-snapshots.ts';
import type { Secrets } from './config/secrets.ts';
import type { Settings } from './config/settings.ts';
import type { Context } from './context.ts';
import type { DatabaseClock } from './database/clock.ts';
import type { OpenDatabases } from './database/open-databases.ts';
import { createCompleteLane } from './fulfillment/complete-by-api.ts';
import { createVisitLanes } from './fulfillment/visit-lanes.ts';
import { createAddressGuard } from './kit/address-guard.ts';
import type { HttpLimits } from './kit/http/http-options.ts';
import { createHttpClient } from './kit/http-client.ts';
import type { Log } from './kit/log.ts';
import { visitorOrigin } from './kit/origin.ts';
import { createRateLimiter } from './kit/rate-limit.ts';
import { deriveWebhookCredentials } from './kit/webhook-credentials.ts';
import { createChannels } from './messages/channels/list.ts';
import { createMessageLanes } from './messages/message-lanes.ts';
import { createMetrics } from './operations/metrics.ts';
import type { NodePresence } from './operations/node-presence.ts';
import { createRegisterLane } from './orders/register-order.ts';
import { createStartPrepayment } from './payments/before-orders/start-prepayment.ts';
import { openBrowserPayments } from './payments/charging/open-browser-payments.ts';
import { createOrderTurns } from './payments/charging/order-turns.ts';
import { createMethodDirectory } from './payments/merchants/find-method.ts';
import { createPublisherDirectory } from './publishers/find-publisher.ts';
import { createKeyRing } from './publishers/key-ring.ts';

export type AppOptions = {
  settings: Settings;
  secrets: Secrets;
  connection: pg.PoolConfig;
  log: Log;
  random?: () => number;
  /** Off for a node that only answers. */
  runsJobs?: boolean;
  limits?: Partial<HttpLimits>;
};

type Made = {
  databases: OpenDatabases;
  clock: DatabaseClock;
  presence: NodePresence;
  random: () => number;
  wakeWorker(): void;
};

const refreshMilliseconds = 2000;

/** Makes everything that endpoints, steps and jobs may use. */
export async function buildContext(options: AppOptions, made: Made): Promise<Context> {
  const { settings, secrets, log } = options;
  const { databases, clock, presence } = made;
  const database = databases.requests;
  const catalogue = createCatalogueSnapshots({ database });
  const onError = (error: unknown) => log.error({ error }, 'refreshing what the node keeps in memory failed');
  const methods = createMethodDirectory(database, secrets.sealing, onError, settings);
  await methods.refresh();
  const keyRing = await createKeyRing({ database, secrets });
  const clients = createClients(settings);
  const channels = createChannels({ settings, secrets, provider: clients.provider });
  const timer = setInterval(() => {
    Promise.all([methods.refresh(), clock.measure(), presence.beat()]).catch(onError);
  }, refreshMilliseconds);
  const { provider } = clients;
  // Only pages begin payments at a screen, whichever client's order it is.
  const pages = database.startedBy(visitorOrigin);
  const orderTurns = createOrderTurns(databases.sizes.requests);
  const rateLimiter = createRateLimiter({ now: () => performance.now(), liveNodes: presence.liveNodes });
  return {
    ...clients,
    startPrepayment: createStartPrepayment({ database: pages, methods, provider, settings, secrets }),
    browserPayments: openBrowserPayments({
      database: pages,
      methods,
      provider,
      secrets,
      settings,
      rateLimiter,
      orderTurns,
    }),
    settings,
    secrets,
    log,
    random: made.random,
    database,
    clock,
    publishers: createPublisherDirectory({ database, clock }),
    keyRing,
    catalogue,
    methods,
    metrics: createMetrics(databases.counts),
    readiness: { isStopping: false },
    wakeWorker: made.wakeWorker,
    channels,
    messageCredentials: deriveWebhookCredentials(secrets.webhookCredentials, 'messages'),
    rateLimiter,
    registerOrder: createRegisterLane({ database }),
    completeOrder: createCompleteLane({ database, methods }),
    visitLanes: createVisitLanes({ database }),
    checkAccess: createCheckAccess({ database, catalogue }),
    findReaderProfile: (publisher, account) => findProfile(database, publisher, account),
    deliveries: createDeliveryLanes({ database: databases.work, secrets }),
    messageLanes: createMessageLanes({ database: databases.work }),
    close() {
      clearInterval(timer);
      channels.close();
    },
  };
}

/** Addresses from publishers are checked; those of providers are the operator's own word. */
function createClients(
  settings: AppOptions['settings'],
): Pick<Context, 'addressGuard' | 'outbound' | 'provider'> {
  const { mode, blockedCidrs } = settings;
  const addressGuard = createAddressGuard({ allowLoopback: mode === 'sandbox', blockedCidrs });
  const limits = { connectTimeoutMilliseconds: 3000, maxInFlight: 256, maxQueued: 256 };
  return {
    addressGuard,
    outbound: createHttpClient({
      ...limits,
      name: 'callbacks',
      guard: addressGuard,
      totalTimeoutMilliseconds: 15_000,
      maxInFlightToOne: 32,
      maxResponseBytes: 65_536,
    }),
    provider: createHttpClient({
      ...limits,
      name: 'providers',
      guard: addressGuard,
      totalTimeoutMilliseconds: 10_000,
      maxInFlightToOne: 96,
      maxResponseBytes: 1_000_000,
    }),
  };
}
