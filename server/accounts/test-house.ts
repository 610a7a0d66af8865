import { attachGrants } from '../access/attach-grants.ts';
import { attachProvenGrants } from '../access/attach-proven-grants.ts';
import { grantAccess } from '../access/grant-access.ts';
import { deriveSecrets } from '../config/secrets.ts';
import { advanceClock } from '../database/clock.ts';
import { createPool } from '../database/connect.ts';
import { sql } from '../database/statement.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { createDatabase, type DomainEvent, type Transaction } from '../database/transaction.ts';
import { credentialKey, parseCredential } from '../kit/credential.ts';
import { type OrderId, orderId } from '../kit/ids.ts';
import { createJourneyRunner, type Journey } from '../kit/journey-runner.ts';
import { completeOrder } from '../orders/complete-order.ts';
import type { NewClient } from '../publishers/create-client.ts';
import type { NewPublisher } from '../publishers/create-publisher.ts';
import { createPublisherDirectory } from '../publishers/find-publisher.ts';
import type { Client } from '../publishers/publisher.ts';
import { createTestPublisher } from '../publishers/test-publisher.ts';
import { assignUserIfNone } from './assign-user-if-none.ts';
import { findNewestLink } from './find-login-link.ts';
import { issueLinks, issueLoginLink } from './issue-login-link.ts';
import { linkCode, linkToken } from './login-link.ts';
import type { WantedLink } from './login-links-store.ts';
import { proveCredential } from './prove-credential.ts';

const nothing = { logged: false, now: [], later: [] };
const journey = {
  'payment secured': { ...nothing, now: [completeOrder] },
  'order completed': { ...nothing, now: [grantAccess, issueLoginLink] },
  'access granted': nothing,
  'login link issued': nothing,
  'login link spent': { ...nothing, now: [proveCredential, assignUserIfNone, attachProvenGrants] },
  'user assigned': { ...nothing, now: [attachGrants] },
} as unknown as Journey<unknown, Transaction, DomainEvent>;

export type TestOrder = {
  state?: 'registered' | 'paying' | 'completed' | 'stopped';
  stoppedReason?: 'expired' | 'cancelled' | 'payment_failed';
  paymentMethod?: string | null;
  prepaid?: boolean;
  amountMinor?: number;
};

export type TestCredential = { kind: 'email' | 'mobile'; shown: string; key: Buffer };

export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>;

/** A real database and the steps of the journey around accounts. For tests of accounts and fulfillment. */
export async function openTestHouse() {
  const test = await createTestDatabase();
  const secrets = deriveSecrets(Buffer.alloc(32, 7), undefined);
  const events: DomainEvent[] = [];
  const run = createJourneyRunner<unknown, Transaction, DomainEvent>(journey, {
    log: () => Promise.resolve(),
    enqueue: () => Promise.resolve(),
  });
  const pool = createPool({ connection: test.connection, poolSize: 16, preparedStatements: true }, () => {});
  const database = createDatabase(pool, {
    preparedStatements: true,
    random: Math.random,
    async report(transaction, reported) {
      events.push(...reported);
      await run({ secrets }, transaction, reported);
    },
  });
  const publishers = createPublisherDirectory({ database });
  const rows = <Row extends object>(text: string, values: unknown[] = []) =>
    database.query<Row>(sql(`test ${text}`, text), values);

  return {
    database,
    secrets,
    publishers,
    events,
    rows,
    async addClient(publisher: Partial<NewPublisher> = {}, client: Partial<NewClient> = {}): Promise<Client> {
      const made = await createTestPublisher(database, { publisher, client });
      await publishers.refresh();
      const found = await publishers.findClient(made.clientId);
      if (!found) throw new Error('the client is not found');
      return found;
    },
    credential(client: Client, text: string): TestCredential {
      const parsed = parseCredential(text, client.publisher.country);
      if (!parsed) throw new Error(`${text} is no credential`);
      const { publisherId } = client.publisher;
      return { ...parsed, key: credentialKey(secrets.credentialHash, publisherId, parsed) };
    },
    addOrder: (client: Client, order: TestOrder = {}) => addOrder(rows, client, order),
    /** Issues a link as the system does, and answers its token and code. */
    async addLink(client: Client, to: TestCredential, wanted: Partial<WantedLink> = {}) {
      const link = { ...linkTo(client, to), ...wanted };
      await database.transaction('add link', (transaction) =>
        issueLinks({ secrets }, transaction, [link], 'as asked'),
      );
      return this.newestLink(client, to);
    },
    /** What stands in the newest message to a credential. */
    async newestLink(client: Client, to: TestCredential) {
      const row = await findNewestLink(database, client.publisher.publisherId, to.key);
      if (!row) throw new Error('there is no link to this credential');
      return {
        linkId: row.link_id,
        token: linkToken(secrets.loginLink, row.key_id, row.link_id),
        code: linkCode(secrets.loginLink, row.key_id, row.link_id),
      };
    },
    countEvents: (name: string) => events.filter((event) => event.name === name).length,
    advance: (seconds: number) => advanceClock(database, seconds * 1000),
    async close() {
      await database.close();
      await test.drop();
    },
  };
}

function linkTo(client: Client, to: TestCredential): WantedLink {
  return {
    publisherId: client.publisher.publisherId,
    clientId: client.clientId,
    orderId: undefined,
    credentialKind: to.kind,
    credential: to.shown,
    credentialKey: to.key,
    purpose: 'login',
    returnUrl: undefined,
    errorUrl: undefined,
    lifetimeSeconds: 86_400,
    cause: 'order',
  };
}

type Rows = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

async function addOrder(rows: Rows, client: Client, order: TestOrder): Promise<OrderId> {
  const { state = 'registered', stoppedReason, paymentMethod = 'free', prepaid = false } = order;
  const isEnded = state === 'completed' || state === 'stopped';
  const [row] = await rows<{ order_id: number }>(
    `INSERT INTO orders (order_id, publisher_id, client_id, state, stopped_reason, customer_number,
       payment_method, prepaid, recurring, amount_minor, currency, ordered_at, registered_at, expires_at,
       ended_at)
     SELECT nextval('order_ids'), $1, $2, $3, $4, 1, $5, $6, false, $7, 'NOK', at, at, at + interval '7 days',
       CASE WHEN $8 THEN at END FROM (SELECT leveret_now() AS at) clock RETURNING order_id`,
    [
      client.publisher.publisherId,
      client.clientId,
      state,
      state === 'stopped' ? (stoppedReason ?? 'cancelled') : null,
      paymentMethod,
      prepaid,
      order.amountMinor ?? 9900,
      isEnded,
    ],
  );
  if (!row) throw new Error('the order was not written');
  await rows(
    `INSERT INTO order_lines (order_id, line_number, publisher_id, spec_type, product_code, description,
       quantity, unit_price_minor, amount_minor, vat_basis_points, vat_minor)
     VALUES ($1, 1, $2, 'product', 'GUIDE', 'The guide', 1, 9900, 9900, 0, 0)`,
    [row.order_id, client.publisher.publisherId],
  );
  return orderId(row.order_id);
}
