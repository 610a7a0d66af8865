import { randomBytes } from 'node:crypto';
import { grantAccess } from '../access/grant-access.ts';
import { grantBoughtAccess } from '../access/grant-bought-access.ts';
import { advanceClock } from '../database/clock.ts';
import { createPool } from '../database/connect.ts';
import { sql } from '../database/statement.ts';
import {
  createDatabase,
  type Database,
  type DomainEvent,
  type Transaction,
} from '../database/transaction.ts';
import { draftInvoice } from '../invoices/draft-invoice.ts';
import {
  accountId,
  clientId,
  customerNumber,
  newUniqueUserId,
  orderId,
  type PublisherId,
  publisherId,
} from '../kit/ids.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { PaymentMethod } from '../orders/payment-methods.ts';
import { startSubscription } from '../subscriptions/start-subscription.ts';
import type { SubscriptionEvent } from '../subscriptions/subscription.ts';
import { createTestDatabase } from './database.ts';

type PeriodStarted = Extract<SubscriptionEvent, { name: 'subscription period started' }>;
export type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/** A line as the tests write it: columns of order_lines, with what they leave out filled in. */
export type TestLine = Partial<Record<string, unknown>> & {
  spec_type: 'coupon' | 'product' | 'issue' | 'article';
};

export type TestOrder = {
  publisherId: PublisherId;
  lines: TestLine[];
  payer?: { mobile?: Buffer; email?: Buffer };
  completion?: { kind: 'mobile' | 'email'; key: Buffer };
  accountId?: number;
  customerNumber?: number;
  paymentMethod?: PaymentMethod;
};

export type TestFixture = {
  database: Database;
  /** Everything that was reported, in order. */
  events: DomainEvent[];
  addPublisher(options?: { settings?: object; timeZone?: string }): Promise<PublisherId>;
  /** Writes an order that has just been completed, and answers the event of it. */
  addOrder(order: TestOrder): Promise<OrderCompleted>;
  addAccount(account: TestAccount): Promise<{ accountId: number; uniqueUserId: string }>;
  rows<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  setNow(time: string): Promise<void>;
  close(): Promise<void>;
};

type TestAccount = {
  publisherId: PublisherId;
  state?: 'pending' | 'active' | 'closed';
  credentials?: { key: Buffer; kind: 'mobile' | 'email'; isProven: boolean }[];
};

export const newKey = () => randomBytes(16);

/** A real database with the tables of all domains. Reported events are followed as the journey does. */
export async function openTestFixture(): Promise<TestFixture> {
  const test = await createTestDatabase();
  const settings = { connection: test.connection, poolSize: 10, preparedStatements: true };
  const events: DomainEvent[] = [];
  const database = createDatabase(
    createPool(settings, () => undefined),
    {
      preparedStatements: true,
      random: Math.random,
      report: async (transaction, reported) => {
        events.push(...reported);
        for (const event of reported) await follow(transaction, event);
      },
    },
  );
  const rows: TestFixture['rows'] = (text, values = []) => database.query(sql(`test ${text}`, text), values);
  return {
    database,
    events,
    rows,
    addPublisher: (options) => addPublisher(rows, options),
    addOrder: (order) => addOrder(rows, order),
    addAccount: (account) => addAccount(rows, account),
    async setNow(time) {
      const [row] = await rows<{ now: Date }>('SELECT leveret_now() AS now');
      await advanceClock(database, Date.parse(time) - (row?.now.getTime() ?? 0));
    },
    async close() {
      await database.close();
      await test.drop();
    },
  };
}

async function follow(transaction: Transaction, event: DomainEvent): Promise<void> {
  if (event.name !== 'subscription period started') return;
  await grantBoughtAccess.run({}, transaction, [event as PeriodStarted]);
}

/** The steps of this and the neighbour domains that follow a completed order. */
export function complete(fixture: TestFixture, ...events: OrderCompleted[]): Promise<void> {
  return fixture.database.transaction('test', async (transaction) => {
    await grantAccess.run({}, transaction, events);
    await startSubscription.run({}, transaction, events);
    await draftInvoice.run({}, transaction, events);
  });
}

async function addPublisher(
  rows: TestFixture['rows'],
  options: { settings?: object; timeZone?: string } = {},
): Promise<PublisherId> {
  const [row] = await rows<{ publisher_id: number }>(
    `INSERT INTO publishers (name, time_zone, country, currency, locale, settings)
     VALUES ('Test', $1, 'NO', 'NOK', 'nb', $2) RETURNING publisher_id`,
    [options.timeZone ?? 'Europe/Oslo', JSON.stringify(options.settings ?? {})],
  );
  return publisherId(row?.publisher_id ?? 0);
}

const lineDefaults = {
  description: 'a line',
  quantity: 1,
  unit_price_minor: 9900,
  discount_minor: 0,
  amount_minor: 9900,
  vat_basis_points: 0,
  vat_minor: 0,
  capture_when: 'access',
  refunded_minor: 0,
  attributes: {},
};

async function addOrder(rows: TestFixture['rows'], order: TestOrder): Promise<OrderCompleted> {
  const [row] = await rows<{ order_id: number }>(
    `INSERT INTO orders (order_id, publisher_id, client_id, state, customer_number, account_id,
       payment_method, prepaid, recurring, amount_minor, currency, ordered_at, registered_at, expires_at,
       ended_at)
     SELECT nextval('order_ids'), $1, 'no.leveret.test', 'completed', $2, $3, $4, false, false, 9900, 'NOK',
       at, at, at + interval '7 days', at
     FROM (SELECT leveret_now() AS at) clock RETURNING order_id`,
    [order.publisherId, order.customerNumber ?? 1, order.accountId ?? null, order.paymentMethod ?? 'free'],
  );
  const id = row?.order_id ?? 0;
  const given = order.lines.map((line, index) => ({ ...lineDefaults, line_number: index + 1, ...line }));
  const coded = given.map((line) =>
    Object.fromEntries(Object.entries(line).map(([name, value]) => [name, inJson(value)])),
  );
  await rows(
    `INSERT INTO order_lines SELECT (jsonb_populate_record(NULL::order_lines,
       line || jsonb_build_object('order_id', $1::bigint, 'publisher_id', $2::integer))).*
     FROM jsonb_array_elements($3::jsonb) AS line`,
    [id, order.publisherId, JSON.stringify(coded)],
  );
  await rows(
    `INSERT INTO order_parties (order_id, line_number, publisher_id, party, mobile_key, email_key)
     VALUES ($1, 0, $2, '{}', $3, $4)`,
    [id, order.publisherId, order.payer?.mobile ?? null, order.payer?.email ?? null],
  );
  if (order.completion) {
    await rows(
      `INSERT INTO order_completions (order_id, publisher_id, client_id, credential_kind, credential_key,
         asked_at)
       VALUES ($1, $2, 'no.leveret.test', $3, $4, leveret_now())`,
      [id, order.publisherId, order.completion.kind, order.completion.key],
    );
  }
  return {
    name: 'order completed',
    publisherId: order.publisherId,
    orderId: orderId(id),
    clientId: clientId('no.leveret.test'),
    customerNumber: customerNumber(order.customerNumber ?? 1),
    ...(order.accountId !== undefined && { accountId: accountId(order.accountId) }),
    paymentMethod: order.paymentMethod ?? 'free',
    prepaid: false,
    amountMinor: 9900,
    currency: 'NOK',
    sequence: 1,
  };
}

function inJson(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}

async function addAccount(rows: TestFixture['rows'], account: TestAccount) {
  const uniqueUserId = newUniqueUserId();
  const [row] = await rows<{ account_id: number }>(
    `INSERT INTO accounts (publisher_id, unique_user_id, state, created_at)
     VALUES ($1, $2, $3, leveret_now()) RETURNING account_id`,
    [account.publisherId, uniqueUserId, account.state ?? 'active'],
  );
  const id = row?.account_id ?? 0;
  for (const { key, kind, isProven } of account.credentials ?? []) {
    await rows(
      `INSERT INTO credentials (publisher_id, credential_key, kind, credential, account_id, proven_at,
         last_proven_at, created_at)
       SELECT $1, $2, $3, 'someone', $4, proof, proof, leveret_now()
       FROM (SELECT CASE WHEN $5 THEN leveret_now() END AS proof) AS proven`,
      [account.publisherId, key, kind, id, isProven],
    );
  }
  return { accountId: id, uniqueUserId };
}
