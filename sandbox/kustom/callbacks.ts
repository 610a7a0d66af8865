import { request } from 'undici';
import type { FaultKind } from '../kit/faults.ts';
import { postNotice } from '../kit/post-notice.ts';
import type { World } from '../kit/world.ts';
import type { CheckoutRequest, MerchantUrls } from './contract.ts';
import type { KustomOrder } from './order.ts';
import { showCheckoutOrder } from './show-order.ts';

export type Push = { id: string; attempt: number; firstAtMilliseconds: number; isStray?: boolean };
export type Notification = { id: string; event: string };

/** What the merchant says to a purchase that is about to be completed. */
export type Verdict = { kind: 'approved' } | { kind: 'denied'; to: string | undefined; text: string };

export type Callbacks = {
  promisePush(atMilliseconds: number, push: Push): void;
  postPush(push: Push): Promise<void>;
  promiseNotification(atMilliseconds: number, notification: Notification): void;
  postNotification(notification: Notification): Promise<void>;
  validate(order: KustomOrder, request: CheckoutRequest): Promise<Verdict>;
};

const minute = 60_000;
/** After completion: 2, 5, 15, 30 and 60 minutes, then every 4 hours until 48 hours have passed. */
const pushMinutes = [2, 5, 15, 30, 60, ...Array.from({ length: 11 }, (_, at) => 60 + (at + 1) * 240)];
const validationPatienceMilliseconds = 3000;

export function firstPushAt(completedAtMilliseconds: number): number {
  return completedAtMilliseconds + 2 * minute;
}

/** The address as the merchant gave it, with the order's id where it asked for it. */
export function addressOf(urls: MerchantUrls, name: keyof MerchantUrls, id: string): string | undefined {
  return urls[name]?.replaceAll('{checkout.order.id}', id);
}

/** Calls merchants: unsigned, at the addresses that they gave with the session. */
export function startCallbacks(world: World, orderOf: (id: string) => KustomOrder | undefined): Callbacks {
  async function post(id: string, name: 'push' | 'notification', code: string, body?: object) {
    const order = orderOf(id);
    const url = order?.session && addressOf(order.session.request.merchant_urls, name, id);
    if (!order || url === undefined) return;
    for (let sent = 0; sent < (order.noticeFaults.includes('duplicate') ? 2 : 1); sent += 1) {
      const content = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      book(world, id, code, await postNotice(world, { url, ...content }));
    }
  }

  async function postPush(push: Push): Promise<void> {
    if (!push.isStray && isHeard(orderOf(push.id))) return;
    await post(push.id, 'push', 'push');
    const next = pushMinutes[push.attempt];
    if (push.isStray || next === undefined || isHeard(orderOf(push.id))) return;
    promisePush(push.firstAtMilliseconds + (next - 2) * minute, { ...push, attempt: push.attempt + 1 });
  }

  const postNotification = ({ id, event }: Notification) =>
    post(id, 'notification', event, { order_id: id, event_type: event });
  const promisePush = world.dueWork.kind<Push>('kustom push', postPush);
  return {
    promisePush,
    postPush,
    promiseNotification: world.dueWork.kind<Notification>('kustom notification', postNotification),
    postNotification,
    validate: (order, checkout) => validate(world, order, checkout),
  };
}

/** Pushes stop when the order is acknowledged, or when it is forgotten. */
function isHeard(order: KustomOrder | undefined): boolean {
  return order?.managed === undefined || order.managed.acknowledgedAt !== null;
}

/**
 * Asks the merchant. A redirect denies, 400 keeps the buyer in the checkout, and everything else approves,
 * silence for three seconds too, unless the order requires a success.
 */
async function validate(world: World, order: KustomOrder, checkout: CheckoutRequest): Promise<Verdict> {
  const url = addressOf(checkout.merchant_urls, 'validation', order.id);
  if (url === undefined) return { kind: 'approved' };
  const answer = await askMerchant(world, url, JSON.stringify(showCheckoutOrder(order)));
  book(world, order.id, 'validation', answer?.status ?? null);
  const status = answer?.status ?? 0;
  if ([301, 302, 303, 307].includes(status)) {
    return { kind: 'denied', to: answer?.location, text: 'The shop denied the purchase.' };
  }
  const isRequired = checkout.options?.require_validate_callback_success === true;
  if (status === 400 || (isRequired && status !== 200)) {
    return { kind: 'denied', to: undefined, text: 'The shop did not approve the purchase.' };
  }
  return { kind: 'approved' };
}

async function askMerchant(
  world: World,
  url: string,
  body: string,
): Promise<{ status: number; location: string | undefined } | undefined> {
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher: world.outbound,
      signal: AbortSignal.timeout(validationPatienceMilliseconds),
    });
    await response.body.dump();
    const { location } = response.headers;
    return { status: response.statusCode, location: typeof location === 'string' ? location : undefined };
  } catch {
    return undefined;
  }
}

function book(world: World, id: string, code: string, answered: number | null): void {
  const earlier = world.ledger.everything().reports.filter((one) => one.id === id && one.resultCode === code);
  world.ledger.bookReport({
    provider: 'kustom',
    id,
    resultCode: code,
    gate: code === 'push' || code === 'validation' ? code : 'notification',
    attempt: earlier.length + 1,
    answered,
    sentAt: world.clock.timestamp(),
  });
}

/** Notices that come while nothing is paid: one too early, and one of a stranger who claims success. */
export async function sendStrayNotices(callbacks: Callbacks, id: string, faults: FaultKind[]): Promise<void> {
  if (faults.includes('reordered')) {
    await callbacks.postPush({ id, attempt: 1, firstAtMilliseconds: 0, isStray: true });
  }
  if (faults.includes('wrong-signature')) {
    await callbacks.postNotification({ id, event: 'FRAUD_RISK_ACCEPTED' });
  }
}
