import { issueLinks } from '../accounts/issue-login-link.ts';
import { linkCode, linkToken } from '../accounts/login-link.ts';
import type { WantedLink } from '../accounts/login-links-store.ts';
import { credentialKey, parseCredential } from '../kit/credential.ts';
import { type OrderId, orderId } from '../kit/ids.ts';
import type { NewClient } from '../publishers/create-client.ts';
import type { NewPublisher } from '../publishers/create-publisher.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestNode } from './node.ts';
import { createTestPublisher } from './publisher.ts';

export type TestOrder = {
  state?: 'registered' | 'paying' | 'completed' | 'stopped';
  stoppedReason?: 'expired' | 'cancelled' | 'payment_failed';
  paymentMethod?: string | null;
  prepaid?: boolean;
  amountMinor?: number;
};

export type TestCredential = { kind: 'email' | 'mobile'; shown: string; key: Buffer };

export type TestFixture = Awaited<ReturnType<typeof openTestFixture>>;

/** A whole node, and what tests of accounts and fulfillment want to write into it. */
export async function openTestFixture() {
  const node = await openTestNode();
  const { database, secrets, publishers } = node.context;
  const { rows } = node;

  return {
    database,
    secrets,
    publishers,
    rows,
    async addClient(publisher: Partial<NewPublisher> = {}, client: Partial<NewClient> = {}): Promise<Client> {
      const made = await createTestPublisher(database, { publisher, client });
      await publishers.refresh();
      const found = await publishers.findClient(made.clientId);
      if (!found) throw new Error('the client is not found');
      return found;
    },
    async disableClient({ clientId }: Client): Promise<void> {
      await rows('UPDATE clients SET disabled_at = leveret_now() WHERE client_id = $1', [clientId]);
      await publishers.refresh();
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
      const [row] = await rows<{ link_id: number; key_id: string }>(
        `SELECT link_id, key_id FROM login_links WHERE publisher_id = $1 AND credential_key = $2
         ORDER BY created_at DESC, link_id DESC LIMIT 1`,
        [client.publisher.publisherId, to.key],
      );
      if (!row) throw new Error('there is no link to this credential');
      return {
        linkId: row.link_id,
        token: linkToken(secrets.loginLink, row.key_id, row.link_id),
        code: linkCode(secrets.loginLink, row.key_id, row.link_id),
      };
    },
    async countEvents(name: string): Promise<number> {
      return (await rows('SELECT 1 AS one FROM events WHERE name = $1', [name])).length;
    },
    advance: node.advance,
    close: node.close,
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
