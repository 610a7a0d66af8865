import { randomUUID } from 'node:crypto';
import { type Answer, refuse } from './answer.ts';
import type { ApiCall } from './api-call.ts';
import { checkPurchase, checkSubscriptions } from './check-purchase.ts';
import { authorize } from './complete-order.ts';
import {
  describeErrors,
  isTokenOrderRequest,
  isTokenStatusRequest,
  type TokenOrderRequest,
} from './contract.ts';
import { accepted, tokenRefusal } from './courses.ts';
import type { Kustom } from './kustom.ts';
import type { CustomerToken, KustomOrder, Managed } from './order.ts';

/**
 * `POST /customer-token/v1/tokens/{token}/order`: charges what a buyer agreed to earlier. Every call makes an
 * order, whatever its idempotency key: that is the worst that a client must stand.
 */
export function orderWithToken(kustom: Kustom, { id, body, hits }: ApiCall): Answer {
  const token = kustom.token(id);
  if (!token) return refuse(404, 'TOKEN_NOT_FOUND', 'No token has this id');
  const refusal = refusalOf(token);
  if (refusal) return refusal;
  if (!isTokenOrderRequest(body)) return refuse(400, 'BAD_VALUE', describeErrors(isTokenOrderRequest.errors));
  const purchase = { ...body, purchase_country: token.country };
  const wrong = checkPurchase(purchase) ?? checkSubscriptions(body.order_lines, true);
  if (wrong !== undefined) return refuse(400, 'BAD_VALUE', wrong);
  const order: KustomOrder = {
    id: randomUUID(),
    purchase,
    session: undefined,
    state: 'complete',
    startedAt: kustom.world.clock.timestamp(),
    completedAt: kustom.world.clock.timestamp(),
    email: token.email,
    recurringToken: null,
    managed: capturedAtOnce(authorize(kustom, accepted, body.order_amount), body),
    noticeFaults: [...hits.keys()],
  };
  kustom.keep(order);
  kustom.promiseAuthorizationEnd(order.managed?.expiresAtMilliseconds ?? 0, { id: order.id });
  return { status: 200, body: { order_id: order.id, fraud_status: 'ACCEPTED' } };
}

/** `GET /customer-token/v1/tokens/{token}` */
export function readToken(kustom: Kustom, { id }: ApiCall): Answer {
  const token = kustom.token(id);
  if (!token) return refuse(404, 'NOT_FOUND', 'Invalid customer-token ID');
  const isSuspended = token.status === 'ACTIVE' && tokenRefusal(token.email) === 'TOKEN_SUSPENDED';
  return {
    status: 200,
    body: { status: isSuspended ? 'SUSPENDED' : token.status, payment_method_type: 'CARD' },
  };
}

/** `PATCH /customer-token/v1/tokens/{token}/status`: a cancelled token never comes back. */
export function cancelToken(kustom: Kustom, { id, body }: ApiCall): Answer {
  const token = kustom.token(id);
  if (!token) return refuse(404, 'NOT_FOUND', 'Invalid token ID');
  if (!isTokenStatusRequest(body))
    return refuse(400, 'BAD_VALUE', describeErrors(isTokenStatusRequest.errors));
  kustom.keepToken({ ...token, status: 'CANCELLED' });
  return { status: 202 };
}

function refusalOf(token: CustomerToken): Answer | undefined {
  if (token.status === 'CANCELLED') return refuse(403, 'TOKEN_CANCELLED', 'The token was cancelled');
  const code = tokenRefusal(token.email);
  return code === undefined ? undefined : refuse(403, code, 'The token cannot be charged');
}

function capturedAtOnce(managed: Managed, body: TokenOrderRequest): Managed {
  if (!body.auto_capture) return managed;
  const capture = {
    id: randomUUID(),
    amountMinor: body.order_amount,
    at: managed.createdAt,
    description: '',
    reference: body.merchant_reference1 ?? '',
  };
  return {
    ...managed,
    status: 'CAPTURED',
    remainingMinor: 0,
    captures: [capture],
    acknowledgedAt: managed.createdAt,
  };
}
