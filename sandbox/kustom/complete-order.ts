import { randomUUID } from 'node:crypto';
import { addressOf, firstPushAt } from './callbacks.ts';
import { type Course, courseOf } from './courses.ts';
import type { Kustom } from './kustom.ts';
import type { KustomOrder, Managed } from './order.ts';
import { authorizationMilliseconds } from './time-passes.ts';

const minute = 60_000;
const late = 2 * 3_600_000;

/** How the buyer's press ended; `to` is where the browser goes then. */
export type Completion =
  | { kind: 'completed'; to: string }
  | { kind: 'denied'; text: string; to: string | undefined }
  | { kind: 'closed' };

/**
 * The buyer presses "pay": the merchant is asked, and then the order is there. Without a course the buyer's
 * address decides. Who is denied may try again, as long as the session is open.
 */
export async function completeOrder(
  kustom: Kustom,
  id: string,
  choice: { email?: string | undefined; course?: Course | undefined } = {},
): Promise<Completion> {
  const order = withEmail(kustom.order(id), choice.email);
  if (!order?.session || order.state !== 'incomplete') return { kind: 'closed' };
  const course = choice.course ?? courseOf(order.email);
  if (course.kind === 'denied') return denyOrder(kustom, order);
  const verdict = await kustom.callbacks.validate(order, order.session.request);
  if (verdict.kind === 'denied') return verdict;
  // The merchant may have aborted the session while it was asked.
  if (kustom.order(id)?.state !== 'incomplete') return { kind: 'closed' };
  const recurringToken = order.session.request.recurring ? makeToken(kustom, order) : null;
  const completed = { ...order, state: 'complete' as const, completedAt: kustom.world.clock.timestamp() };
  const managed = authorize(kustom, course, order.purchase.order_amount);
  kustom.keep({ ...completed, recurringToken, managed });
  await follow(kustom, completed, course, managed);
  const { merchant_urls: urls } = order.session.request;
  return { kind: 'completed', to: addressOf(urls, 'confirmation', id) ?? '' };
}

/** The purchase is denied; the session stays, so that the buyer may try another way. */
export function denyOrder(kustom: Kustom, order: KustomOrder): Completion {
  if (!order.session) return { kind: 'closed' };
  kustom.keep({ ...order, session: { ...order.session, wasDenied: true } });
  return { kind: 'denied', to: undefined, text: 'The purchase was denied. Try another way to pay.' };
}

/** An order as it enters order management. */
export function authorize(kustom: Kustom, course: Course, amountMinor: number): Managed {
  const now = kustom.world.clock.now();
  const isAccepted = course.kind !== 'reviewed';
  return {
    status: 'AUTHORIZED',
    fraudStatus: isAccepted ? 'ACCEPTED' : 'PENDING',
    wasAccepted: isAccepted,
    createdAt: kustom.world.clock.timestamp(),
    expiresAtMilliseconds: now + authorizationMilliseconds,
    remainingMinor: amountMinor,
    captures: [],
    refunds: [],
    acknowledgedAt: null,
  };
}

async function follow(kustom: Kustom, order: KustomOrder, course: Course, managed: Managed): Promise<void> {
  const { id, noticeFaults } = order;
  const now = kustom.world.clock.now();
  kustom.promiseAuthorizationEnd(managed.expiresAtMilliseconds, { id });
  if (course.kind === 'reviewed' || course.kind === 'stopped') {
    kustom.promiseReview(now + course.afterMinutes * minute, { id, event: course.event });
  }
  if (noticeFaults.includes('lost')) return;
  const firstAt = firstPushAt(now) + (noticeFaults.includes('late') ? late : 0);
  const push = { id, attempt: 1, firstAtMilliseconds: firstAt };
  if (noticeFaults.includes('early')) await kustom.callbacks.postPush(push);
  else kustom.callbacks.promisePush(firstAt, push);
}

function withEmail(order: KustomOrder | undefined, email: string | undefined): KustomOrder | undefined {
  return order && email !== undefined && email !== '' ? { ...order, email } : order;
}

function makeToken(kustom: Kustom, { email, purchase }: KustomOrder): string {
  const token = randomUUID();
  kustom.keepToken({ token, email, country: purchase.purchase_country, status: 'ACTIVE' });
  return token;
}
