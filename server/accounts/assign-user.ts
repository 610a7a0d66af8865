import type { Secrets } from '../config/secrets.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { accountId, type OrderId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { OrderState } from '../orders/order.ts';
import type { Client } from '../publishers/publisher.ts';
import { type AccountRow, ensureAccount } from './accounts-store.ts';
import { issueLinks } from './issue-login-link.ts';
import type { WantedLink } from './login-links-store.ts';
import { recordAssignments } from './record-assignments.ts';

export type AssignRequest = {
  client: Client;
  orderId: OrderId;
  /** The client whose list the addresses are on. */
  linkClientId: string;
  credential: { kind: 'email' | 'mobile'; shown: string; key: Buffer };
  message:
    | { returnUrl: string | undefined; errorUrl: string | undefined; lifetimeSeconds: number }
    | undefined;
};

export type AssignOutcome = {
  uniqueUserId: string;
  isNewUser: boolean;
  isPasswordSet: boolean;
  /** A link was asked for, and one went to the credential within the last ten minutes. */
  isSentLately: boolean;
};

const lockOrder = sql(
  'orders.lockForAssign',
  'SELECT state, account_id FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);
const setAccount = sql(
  'orders.setAccount',
  'UPDATE orders SET account_id = $3 WHERE publisher_id = $1 AND order_id = $2',
);

/**
 * Ties an order to the account of a credential, made as pending where there is none. The same credential
 * again answers the same account; another one is refused. The message follows only if it was asked for.
 * Throws `not_found`, `order_is_stopped`, `account_is_closed`, `already_assigned`.
 */
export async function assignUser(
  context: { secrets: Pick<Secrets, 'loginLink'> },
  transaction: Transaction,
  request: AssignRequest,
): Promise<AssignOutcome> {
  const { client, credential } = request;
  const { publisherId } = client.publisher;
  const [order] = await transaction.query<{ state: OrderState; account_id: number | null }>(lockOrder, [
    publisherId,
    request.orderId,
  ]);
  if (!order) throw new Problem('not_found');
  if (order.state === 'stopped') throw new Problem('order_is_stopped');
  const account = await ensureAccount(transaction, {
    publisherId,
    key: credential.key,
    kind: credential.kind,
    credential: credential.shown,
  });
  if (account.state === 'closed') throw new Problem('account_is_closed');
  if (order.account_id !== null && order.account_id !== account.account_id)
    throw new Problem('already_assigned');
  if (order.account_id === null) await assign(transaction, request, account);
  const { message } = request;
  const isSentLately = message !== undefined && !(await sendLink(context, transaction, request, message));
  return {
    uniqueUserId: account.unique_user_id,
    isNewUser: account.isNew,
    isPasswordSet: account.is_password_set,
    isSentLately,
  };
}

async function assign(transaction: Transaction, request: AssignRequest, account: AccountRow): Promise<void> {
  const { client, orderId } = request;
  await transaction.query(setAccount, [client.publisher.publisherId, orderId, account.account_id]);
  await recordAssignments(transaction, [
    {
      publisherId: client.publisher.publisherId,
      orderId,
      accountId: accountId(account.account_id),
      by: 'client',
      assignedBy: client.clientId,
    },
  ]);
}

/** Answers whether a link was issued; the system does not repeat one within ten minutes. */
async function sendLink(
  context: { secrets: Pick<Secrets, 'loginLink'> },
  transaction: Transaction,
  request: AssignRequest,
  message: NonNullable<AssignRequest['message']>,
): Promise<boolean> {
  const { client, credential, orderId, linkClientId } = request;
  const link: WantedLink = {
    publisherId: client.publisher.publisherId,
    clientId: linkClientId,
    orderId,
    credentialKind: credential.kind,
    credential: credential.shown,
    credentialKey: credential.key,
    purpose: 'login',
    cause: 'client',
    ...message,
  };
  return (await issueLinks(context, transaction, [link], 'once in ten minutes')).length > 0;
}
