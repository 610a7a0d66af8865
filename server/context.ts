import type { CheckAccess } from './access/check-access.ts';
import type { DeliveryLanes } from './callbacks/delivery-lanes.ts';
import type { CatalogueSnapshots } from './catalogue/catalogue.ts';
import type { Secrets } from './config/secrets.ts';
import type { Settings } from './config/settings.ts';
import type { DatabaseClock } from './database/clock.ts';
import type { Database } from './database/transaction.ts';
import type { CompleteLane } from './fulfillment/complete-by-api.ts';
import type { VisitLanes } from './fulfillment/visit-lanes.ts';
import type { AddressGuard } from './kit/address-guard.ts';
import type { SharedHttpClient } from './kit/http-client.ts';
import type { Log } from './kit/log.ts';
import type { RateLimiter } from './kit/rate-limit.ts';
import type { WebhookCredentials } from './kit/webhook-credentials.ts';
import type { MessageChannels } from './messages/deliver-message.ts';
import type { MessageLanes } from './messages/message-lanes.ts';
import type { Metrics } from './operations/metrics.ts';
import type { FindReaderProfile } from './orders/payer-of-reader.ts';
import type { RegisterLane } from './orders/register-order.ts';
import type { StartPrepayment } from './payments/before-orders/begin-prepayment.ts';
import type { BrowserPayments } from './payments/browser-payment.ts';
import type { MethodDirectory } from './payments/merchants/find-method.ts';
import type { PublisherDirectory } from './publishers/find-publisher.ts';
import type { KeyRing } from './publishers/key-ring.ts';

/**
 * Everything that endpoints, steps and jobs may use, made once by `app.ts`. Each function names what it needs
 * of it.
 */
export type Context = {
  settings: Settings;
  secrets: Secrets;
  log: Log;
  random: () => number;
  database: Database;
  clock: DatabaseClock;
  publishers: PublisherDirectory;
  /** The keys that sign tokens. */
  keyRing: KeyRing;
  catalogue: CatalogueSnapshots;
  methods: MethodDirectory;
  browserPayments: BrowserPayments;
  /** Begins a payment that has no order yet. */
  startPrepayment: StartPrepayment;
  metrics: Metrics;
  readiness: { isStopping: boolean };
  wakeWorker(): void;
  channels: MessageChannels;
  messageCredentials: WebhookCredentials;
  addressGuard: AddressGuard;
  /** For addresses that publishers give us. */
  outbound: SharedHttpClient;
  /** For payment and message providers, whose addresses the operator sets. */
  provider: SharedHttpClient;
  rateLimiter: RateLimiter;
  registerOrder: RegisterLane;
  completeOrder: CompleteLane;
  visitLanes: VisitLanes;
  checkAccess: CheckAccess;
  findReaderProfile: FindReaderProfile;
  deliveries: DeliveryLanes;
  messageLanes: MessageLanes;
  /** Stops timers and channels that the context started. */
  close(): void;
};
