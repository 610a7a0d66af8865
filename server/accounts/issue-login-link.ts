import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { CompletionEvent } from '../fulfillment/completion.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { AccountEvent } from './account.ts';
import { type IssuedLink, insertLoginLinks, type WantedLink } from './login-links-store.ts';

type Context = { secrets: Pick<Secrets, 'loginLink'> };
type Completed =
  | Extract<OrderEvent, { name: 'order completed' }>
  | Extract<CompletionEvent, { name: 'login link asked late' }>;

const findWanted = sql(
  'loginLinks.findWanted',
  `SELECT order_completions.publisher_id, order_completions.client_id, order_id, credential_kind, credential,
     credential_key, return_url, error_url,
     coalesce(link_lifetime_seconds, (publishers.settings ->> 'linkLifetimeHours')::integer * 3600, 86400)
       AS seconds
   FROM order_completions JOIN publishers USING (publisher_id)
   WHERE order_id = ANY ($1::bigint[]) AND credential IS NOT NULL
   ORDER BY order_id`,
);

type Row = {
  publisher_id: number;
  client_id: string;
  order_id: number;
  credential_kind: 'email' | 'mobile';
  credential: string;
  credential_key: Buffer;
  return_url: string | null;
  error_url: string | null;
  seconds: number;
};

/** A completed order whose publisher named a credential gets one link to it. */
export const issueLoginLink: NowStep<Context, Transaction, Completed> = {
  stepName: 'issueLoginLink',
  reports: ['login link issued'],
  async run(context, transaction, events) {
    const rows = await transaction.query<Row>(findWanted, [events.map((event) => event.orderId)]);
    await issueLinks(context, transaction, rows.map(wantedOf), 'once in ten minutes');
  },
};

/**
 * Writes links, reports each, and answers those that were written. What the system sends is not repeated
 * within ten minutes for the same order and credential; what a reader asks for is sent as asked.
 */
export async function issueLinks(
  context: Context,
  transaction: Transaction,
  wanted: readonly WantedLink[],
  repeats: 'once in ten minutes' | 'as asked' | 'moved',
): Promise<IssuedLink[]> {
  const isOnce = repeats === 'once in ten minutes';
  const issued = await insertLoginLinks(transaction, context.secrets.loginLink, wanted, isOnce);
  const name = repeats === 'moved' ? 'login link moved' : 'login link issued';
  if (issued.length > 0)
    await transaction.report<AccountEvent>(issued.map((link) => issuedEvent(name, link)));
  return issued;
}

function wantedOf(row: Row): WantedLink {
  return {
    publisherId: row.publisher_id,
    clientId: row.client_id,
    orderId: row.order_id,
    credentialKind: row.credential_kind,
    credential: row.credential,
    credentialKey: row.credential_key,
    purpose: 'login',
    returnUrl: row.return_url ?? undefined,
    errorUrl: row.error_url ?? undefined,
    lifetimeSeconds: row.seconds,
    cause: 'order',
  };
}

function issuedEvent(
  name: 'login link issued' | 'login link moved',
  { linkId, wanted }: IssuedLink,
): AccountEvent {
  return {
    name,
    publisherId: publisherId(wanted.publisherId),
    ...(wanted.orderId !== undefined && { orderId: orderId(wanted.orderId) }),
    linkId,
    channel: wanted.credentialKind === 'email' ? 'email' : 'sms',
  };
}
