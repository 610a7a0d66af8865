import { randomUUID } from 'node:crypto';
import { type Answer, readOnly, refuse } from './answer.ts';
import type { ApiCall } from './api-call.ts';
import { sendStrayNotices } from './callbacks.ts';
import { checkPurchase, checkSubscriptions, isSpoken } from './check-purchase.ts';
import { type CheckoutRequest, describeErrors, isCheckoutRequest, isCheckoutUpdate } from './contract.ts';
import type { Kustom } from './kustom.ts';
import type { KustomOrder } from './order.ts';
import { showCheckoutOrder } from './show-order.ts';
import { sessionMilliseconds } from './time-passes.ts';

/** `POST /checkout/v3/orders`: every call makes a new session, as there is no idempotency. */
export async function createCheckoutOrder(kustom: Kustom, call: ApiCall): Promise<Answer> {
  const { body } = call;
  if (!isCheckoutRequest(body)) return badValue(describeErrors(isCheckoutRequest.errors));
  const wrong = findWrong(body);
  if (wrong !== undefined) return badValue(wrong);
  noteLocale(kustom, body.locale);
  const { clock } = kustom.world;
  const order: KustomOrder = {
    id: randomUUID(),
    purchase: body,
    session: { request: body, origin: call.origin, wasDenied: false, touchedAtMilliseconds: clock.now() },
    state: 'incomplete',
    startedAt: clock.timestamp(),
    completedAt: null,
    email: body.billing_address?.email ?? '',
    recurringToken: null,
    managed: undefined,
    noticeFaults: [...call.hits.keys()],
  };
  kustom.keep(order);
  kustom.promiseSessionEnd(clock.now() + sessionMilliseconds, { id: order.id });
  await sendStrayNotices(kustom.callbacks, order.id, order.noticeFaults);
  const headers = { location: `${call.origin}/kustom/checkout/v3/orders/${order.id}` };
  return { status: 201, body: showCheckoutOrder(order), headers };
}

/** `GET /checkout/v3/orders/{id}` */
export function readCheckoutOrder(kustom: Kustom, call: ApiCall): Answer {
  const order = kustom.order(call.id);
  const body = order && showCheckoutOrder(order);
  return body ? { status: 200, body } : noSession();
}

/** `POST /checkout/v3/orders/{id}`: what is not given stays; possible while the session is open. */
export function updateCheckoutOrder(kustom: Kustom, call: ApiCall): Answer {
  const order = kustom.order(call.id);
  if (!order?.session || order.state === 'expired') return noSession();
  if (order.state !== 'incomplete') return readOnly();
  const { body } = call;
  if (!isCheckoutUpdate(body)) return badValue(describeErrors(isCheckoutUpdate.errors));
  const request = { ...order.session.request, ...body };
  const wrong = findWrong(request);
  if (wrong !== undefined) return badValue(wrong);
  const changed: KustomOrder = {
    ...order,
    purchase: request,
    session: { ...order.session, request, touchedAtMilliseconds: kustom.world.clock.now() },
    email: request.billing_address?.email ?? order.email,
  };
  kustom.keep(changed);
  return { status: 200, body: showCheckoutOrder(changed) };
}

/** `POST /checkout/v3/orders/{id}/abort`: nobody can pay it any more. */
export function abortCheckoutOrder(kustom: Kustom, call: ApiCall): Answer {
  const order = kustom.order(call.id);
  if (!order?.session || order.state === 'expired') return noSession();
  if (order.state !== 'incomplete') return readOnly();
  const aborted: KustomOrder = { ...order, state: 'aborted' };
  kustom.keep(aborted);
  return { status: 200, body: showCheckoutOrder(aborted) };
}

function findWrong(request: CheckoutRequest): string | undefined {
  return checkPurchase(request) ?? checkSubscriptions(request.order_lines, request.recurring === true);
}

/** A language that the checkout does not speak is no error, but is not what the merchant meant. */
function noteLocale(kustom: Kustom, locale: string): void {
  if (isSpoken(locale)) return;
  const rule = `locale ${locale} is shown in English`;
  kustom.world.violations.note({ provider: 'kustom', method: 'POST', path: '/checkout/v3/orders', rule });
}

function badValue(message: string): Answer {
  return refuse(400, 'BAD_VALUE', message);
}

function noSession(): Answer {
  return refuse(404, 'NOT_FOUND', 'No order has this id; make a new one');
}
