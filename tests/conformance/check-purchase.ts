import type { Charge } from '@leveret/sandbox/kit/ledger.js';
import { callbacksAt } from '../builders/ledgers.ts';
import { type AttemptBook, type Books, type ProviderBooks, readBooks, readProviderBooks } from './books.ts';
import type { Purchase } from './purchase.ts';
import type { Stage } from './stage.ts';

const openStates = ['created', 'sent', 'pending', 'unknown'];
/** What comes with one line: an hour at once, and the paid period. */
const grantsOfLine = 2;

/** Every sentence is a promise that is broken for this order; the books of four sides are compared. */
export async function findBreaches(stage: Stage, purchase: Purchase): Promise<string[]> {
  const [books, provider] = await Promise.all([
    readBooks(stage, purchase.orderId),
    readProviderBooks(stage.sandboxUrl),
  ]);
  const breaches = [
    ...findForgotten(books),
    ...findWrongSums(books),
    ...findWrongMoney(books, provider, purchase),
    ...findKeptTwice(books),
    ...findWrongGrants(books),
    ...(await findWrongCallbacks(stage, books, purchase)),
  ];
  return breaches.map((one) => `order ${purchase.orderId} (${books.state}): ${one}`);
}

function hasOpenCase({ cases }: Books): boolean {
  return cases.some((one) => one.state === 'open');
}

function findForgotten(books: Books): string[] {
  const isAttended = hasOpenCase(books) || books.jobs.length > 0;
  const open = books.attempts.filter((one) => openStates.includes(one.state));
  return [
    ...(books.state === 'paying' && !isAttended ? ['is paying, with neither a job nor a case'] : []),
    ...(open.length > 0 && !isAttended ? ['has an open attempt, with neither a job nor a case'] : []),
    ...(open.length > 1 ? [`has ${open.length} open attempts`] : []),
  ];
}

const totals = ['authorized_minor', 'captured_minor', 'refunded_minor', 'cancelled_minor'] as const;

function findWrongSums({ payment, attempts }: Books): string[] {
  return totals.flatMap((name) => {
    const sum = attempts.reduce((all, one) => all + one[name], 0);
    return payment && payment[name] !== sum ? [`${name} is ${payment[name]}, of attempts ${sum}`] : [];
  });
}

function takenBy(charge: Charge | undefined): number {
  if (!charge) return 0;
  return charge.capturedMinor ?? (charge.state === 'charged' ? charge.amountMinor : 0);
}

function findWrongMoney(books: Books, provider: ProviderBooks, { way }: Purchase): string[] {
  return books.attempts.flatMap((attempt) => {
    const charge = provider.charges.find((one) => one.reference === attempt.reference);
    // Nobody knows, and a person or a report will tell; or a call is under way.
    if (isUndecided(books, attempt)) return [];
    const taken = takenBy(charge);
    const back = provider.refunds
      .filter((one) => one.chargeId === charge?.id)
      .reduce((sum, one) => sum + one.amountMinor, 0);
    const left = attempt.authorized_minor - attempt.captured_minor - attempt.cancelled_minor;
    const isReserved = charge?.state === 'reserved' && charge.amountMinor > taken;
    const isOurs = attempt.adapter === way.method.name;
    const givesBack = !isOurs || way.method.refund !== undefined;
    const refunded = attempt.refunded_minor - attempt.refunded_manually_minor;
    return [
      ...(attempt.captured_minor === taken ? [] : [`captured ${attempt.captured_minor}, provider ${taken}`]),
      ...(refunded === back || !givesBack ? [] : [`refunded ${refunded}, provider ${back}`]),
      ...(isReserved && left <= 0 ? ['the provider reserves what we do not know of'] : []),
      ...(left > 0 && charge?.state === 'released' ? [`${left} is reserved by our books only`] : []),
    ].map((one) => `attempt ${attempt.attempt_id} (${attempt.state}): ${one}`);
  });
}

function isUndecided(books: Books, { attempt_id, state }: AttemptBook): boolean {
  const isMoving = books.operations.some(
    (one) =>
      one.attempt_id === attempt_id &&
      ['capture', 'cancel', 'refund'].includes(one.kind) &&
      ['sent', 'unknown'].includes(one.state),
  );
  return openStates.includes(state) || isMoving;
}

/** How many payments keep money or hold it back, which is one of a completed order at most. */
function findKeptTwice(books: Books): string[] {
  const isKept = (one: AttemptBook) =>
    one.captured_minor > one.refunded_minor ||
    one.authorized_minor > one.captured_minor + one.cancelled_minor;
  const kept = books.attempts.filter(isKept).length;
  const isRefunded = books.attempts.some((one) => one.refunded_minor + one.cancelled_minor > 0);
  if (kept > 1) return [`keeps the money of ${kept} payments`];
  const isOwed = (books.payment?.amount_minor ?? 0) > 0;
  if (books.state === 'completed' && isOwed && kept === 0 && !isRefunded)
    return ['is completed without money'];
  return books.state === 'stopped' && kept > 0 && !hasOpenCase(books) ? ['is stopped and keeps money'] : [];
}

function findWrongGrants({ state, grants, lines }: Books): string[] {
  const live = grants.filter((one) => one.revoked_at === null).length;
  if (state !== 'completed') return live > 0 ? [`gives access by ${live} grants`] : [];
  return grants.length === grantsOfLine * lines ? [] : [`has ${grants.length} grants for ${lines} lines`];
}

async function findWrongCallbacks(
  stage: Stage,
  { endings, state }: Books,
  { callbackPath }: Purchase,
): Promise<string[]> {
  const last = endings.at(-1)?.replace('order ', '');
  const isEnd = state === 'completed' || state === 'stopped';
  const wrong = isEnd !== (last !== undefined) || (isEnd && last !== state) ? [`ended as ${last}`] : [];
  if (new Set(endings).size < endings.length) wrong.push(`ended as ${endings.join(', ')}`);
  if (callbackPath === undefined) return wrong;
  const told = await callbacksAt(stage, callbackPath);
  const statuses = told.map((one) => one.query['fulfillmentStatus']);
  const expected = endings.map((name) => (name === 'order completed' ? 'success' : 'failed'));
  const ids = new Set(told.map((one) => one.headers['webhook-id']));
  if (statuses.join() !== expected.join()) wrong.push(`told ${statuses.join()}, not ${expected.join()}`);
  if (ids.size !== told.length) wrong.push(`told ${told.length} times with ${ids.size} ids`);
  return wrong;
}
