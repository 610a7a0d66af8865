import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { OrderId } from '../kit/ids.ts';
import { maskEmail, maskPhone } from '../kit/mask.ts';
import { Problem } from '../kit/problem.ts';
import { findSentLink } from '../messages/find-sent-link.ts';
import type { WithheldReason } from '../messages/message.ts';
import type { OrderState } from '../orders/order.ts';
import type { Client } from '../publishers/publisher.ts';
import type { AccountState } from './account.ts';
import { findOrderReader, type OrderReader } from './find-order-reader.ts';
import { issueLinks } from './issue-login-link.ts';

type Context = { secrets: Pick<Secrets, 'loginLink'> };

/** What a client asks for beside the link; without addresses it leads where the order's last link did. */
export type LinkOptions = {
  returnUrl: string | undefined;
  errorUrl: string | undefined;
  linkLifetimeSeconds: number | undefined;
};

export type LinkRequest = { client: Client; orderId: OrderId; options: LinkOptions };

export type LinkOutcome = {
  isSent: boolean;
  channel: 'sms' | 'email' | null;
  /** Masked: enough to tell it from another. */
  destination: string | null;
  reason: WithheldReason | 'no_address_is_known' | 'number_is_old' | 'link_sent_lately' | null;
};

const lockOrder = sql(
  'orders.lockForSupport',
  `SELECT orders.state, accounts.state AS account_state
   FROM orders LEFT JOIN accounts USING (account_id)
   WHERE orders.publisher_id = $1 AND order_id = $2 FOR UPDATE OF orders`,
);

type OrderRow = { state: OrderState; account_state: AccountState | null };

/**
 * Sends the reader of an order another link, on a budget that nobody else uses up, and says where it went or
 * why not. Throws `not_found`, `order_is_stopped`, `account_is_closed`, and `order_is_not_completed` where
 * the order is nobody's yet.
 */
export async function sendOrderLink(
  context: Context,
  transaction: Transaction,
  request: LinkRequest,
): Promise<LinkOutcome> {
  const { publisherId } = request.client.publisher;
  const [order] = await transaction.query<OrderRow>(lockOrder, [publisherId, request.orderId]);
  if (!order) throw new Problem('not_found');
  if (order.state === 'stopped') throw new Problem('order_is_stopped');
  if (order.account_state === 'closed') throw new Problem('account_is_closed');
  if (order.state !== 'completed' && order.account_state === null)
    throw new Problem('order_is_not_completed');
  const reader = await findOrderReader(transaction, publisherId, request.orderId);
  if (!reader) return { isSent: false, channel: null, destination: null, reason: 'no_address_is_known' };
  if (reader.isNumberOld) return { ...whereTo(null, reader), isSent: false, reason: 'number_is_old' };
  return sendLinkTo(context, transaction, { ...request, reader }, 'as asked');
}

const findFormer = sql(
  'loginLinks.findFormer',
  `SELECT client_id, return_url, error_url FROM (
     SELECT 1 AS rank, client_id, return_url, error_url, created_at FROM login_links
     WHERE publisher_id = $1 AND order_id = $2
     UNION ALL
     SELECT 2, client_id, return_url, error_url, asked_at FROM order_completions
     WHERE publisher_id = $1 AND order_id = $2) former
   ORDER BY rank, created_at DESC LIMIT 1`,
);

type Former = { client_id: string; return_url: string | null; error_url: string | null };

/** Issues a link of an order to one address; the caller holds the order's lock. */
export async function sendLinkTo(
  context: Context,
  transaction: Transaction,
  { client, orderId, options, reader }: LinkRequest & { reader: OrderReader },
  repeats: 'as asked' | 'once in ten minutes',
): Promise<LinkOutcome> {
  const { publisherId, settings } = client.publisher;
  const [former] = await transaction.query<Former>(findFormer, [publisherId, orderId]);
  const isAsked = options.returnUrl !== undefined || options.errorUrl !== undefined;
  // Addresses were held against the list of the client that named them.
  const kept =
    isAsked || former === undefined
      ? { clientId: client.clientId, returnUrl: options.returnUrl, errorUrl: options.errorUrl }
      : {
          clientId: former.client_id,
          returnUrl: former.return_url ?? undefined,
          errorUrl: former.error_url ?? undefined,
        };
  const wanted = {
    ...kept,
    publisherId,
    orderId,
    credentialKind: reader.kind,
    credential: reader.credential,
    credentialKey: reader.key,
    purpose: 'login' as const,
    cause: 'support' as const,
    lifetimeSeconds: options.linkLifetimeSeconds ?? settings.linkLifetimeHours * 3600,
  };
  const [link] = await issueLinks(context, transaction, [wanted], repeats);
  if (!link) return { ...whereTo(null, reader), isSent: false, reason: 'link_sent_lately' };
  const { channel, destination, reason } = await findSentLink(transaction, publisherId, link.linkId);
  const to = channel && destination ? { kind: channel, credential: destination } : reader;
  return { ...whereTo(channel, to), isSent: channel !== null, reason };
}

function whereTo(
  channel: 'sms' | 'email' | null,
  { kind, credential }: { kind: 'email' | 'mobile' | 'sms'; credential: string },
): Pick<LinkOutcome, 'channel' | 'destination'> {
  return { channel, destination: kind === 'email' ? maskEmail(credential) : maskPhone(credential) };
}
