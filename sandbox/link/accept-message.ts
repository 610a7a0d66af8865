import { randomBytes } from 'node:crypto';
import type { Hits } from '../kit/faults.ts';
import type { World } from '../kit/world.ts';
import { isCharge, isChargeOnly, validityMilliseconds } from './check-message.ts';
import type { MessageRequest } from './contract.ts';
import { countParts } from './count-parts.ts';
import { noteSubmitted, type Submitted, writeReports } from './delivery-report.ts';
import type { Gate } from './gates.ts';
import type { Link } from './link.ts';
import { type Course, courseFor } from './magic-numbers.ts';
import { planReports, type TimedReport } from './plan-reports.ts';

export type Accepted = { messageId: string; resultCode: 1005; description: 'Queued'; smsCount: number };

/**
 * Accepts a checked message: books it, lets its text arrive, and promises the booking of its charge and its
 * delivery reports. Under the fault `early` those have happened before this returns.
 */
export async function acceptMessage(
  link: Link,
  message: MessageRequest,
  gates: Gate[],
  hits: Hits,
): Promise<Accepted> {
  const now = link.world.clock.now();
  const textParts = countParts(message.userData ?? '');
  const submitted = noteSubmitted(message, {
    id: randomBytes(12).toString('base64url'),
    parts: isCharge(message) ? 1 : textParts,
    gateIds: gates.map((gate) => gate.gateId),
    acceptedAtMilliseconds: now,
  });
  const course = courseFor(message.destination, isCharge(message));
  bookAcceptance(link.world, submitted, message, textParts);
  if (isCharge(message)) acceptCharge(link, submitted, message);
  if (course.arrives && !isChargeOnly(message)) arrive(link.world, submitted, message);

  const isEarly = hits.has('early');
  if (isCharge(message)) bookCharge(link, submitted, course, isEarly);
  const validitySeconds = validityMilliseconds(message, now) / 1000;
  for (const report of planReports(course, validitySeconds, hits)) {
    await promiseReport(link, submitted, report, isEarly);
  }
  return { messageId: submitted.id, resultCode: 1005, description: 'Queued', smsCount: textParts };
}

function bookAcceptance(world: World, submitted: Submitted, message: MessageRequest, parts: number): void {
  world.ledger.bookMessage({
    provider: 'link',
    id: submitted.id,
    reference: message.refId ?? '',
    channel: 'sms',
    from: message.source,
    to: message.destination,
    parts,
    acceptedAt: world.clock.timestamp(),
  });
}

function acceptCharge(link: Link, submitted: Submitted, message: MessageRequest): void {
  link.keepSubmitted(submitted);
  link.world.ledger.bookCharge({
    provider: 'link',
    id: submitted.id,
    reference: message.refId ?? '',
    destination: message.destination,
    amountMinor: message.tariff ?? 0,
    currency: message.currency ?? '',
    state: 'unknown',
    description: message.productDescription ?? '',
    acceptedAt: link.world.clock.timestamp(),
    bookedAt: null,
    details: {
      productCategory: message.productCategory ?? null,
      merchant: message.customParameters?.['strex.username'] ?? null,
      securityLevel: message.customParameters?.['strex.securityLevel'] ?? null,
      validitySeconds: validityMilliseconds(message, submitted.acceptedAtMilliseconds) / 1000,
    },
  });
}

function arrive(world: World, submitted: Submitted, message: MessageRequest): void {
  world.inbox.receive({
    channel: 'sms',
    to: message.destination,
    from: message.source,
    text: message.userData ?? '',
    receivedAt: world.clock.timestamp(),
    messageId: submitted.id,
    ...(message.refId === undefined ? {} : { refId: message.refId }),
  });
}

function bookCharge(link: Link, submitted: Submitted, course: Course, isEarly: boolean): void {
  if (course.booked === 'unknown') return;
  const work = { id: submitted.id, state: course.booked };
  if (isEarly) link.book(work);
  else link.promiseBooking(submitted.acceptedAtMilliseconds + 1000, work);
}

async function promiseReport(
  link: Link,
  submitted: Submitted,
  timed: TimedReport,
  isEarly: boolean,
): Promise<void> {
  const postedAt = submitted.acceptedAtMilliseconds + timed.afterSeconds * 1000;
  const datedAt = submitted.acceptedAtMilliseconds + timed.datedSeconds * 1000;
  for (const report of writeReports(submitted, timed.resultCode, datedAt)) {
    for (const gateId of submitted.gateIds) {
      const work = {
        report,
        gateId,
        attempt: 1,
        firstAtMilliseconds: postedAt,
        forged: timed.forged ?? false,
      };
      if (isEarly) await link.reporting.post(work);
      else link.reporting.promise(postedAt, work);
    }
  }
}
