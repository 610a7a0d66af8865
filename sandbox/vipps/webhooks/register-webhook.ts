import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer, Call } from '../answer.ts';
import { problem } from '../epayment/problem.ts';
import type { Vipps } from '../vipps.ts';
import { isTakenAddress } from '../web-address.ts';
import type { Registration } from './registration.ts';

export type Register = { url: string; events: string[] };

const mostPerEvent = 25;
const epaymentEvents = ['created', 'aborted', 'expired', 'cancelled', 'captured', 'refunded', 'authorized'];
const agreementEvents = ['activated', 'rejected', 'stopped', 'expired'];
const chargeEvents = ['reserved', 'captured', 'canceled', 'refunded', 'failed', 'creation-failed'];
const knownEvents = new Set([
  ...[...epaymentEvents, 'terminated'].map((name) => `epayments.payment.${name}.v1`),
  ...agreementEvents.map((name) => `recurring.agreement-${name}.v1`),
  ...chargeEvents.map((name) => `recurring.charge-${name}.v1`),
]);

/** `POST /webhooks/v1/webhooks`: the secret is shown this once. */
export function registerWebhook(vipps: Vipps, call: Call<Register>): Answer {
  const { url, events } = call.body;
  if (!isTakenAddress(url)) return problem(400, 'Bad Request', [{ name: 'url', reason: 'Must use HTTPS.' }]);
  const unknown = events.find((name) => !knownEvents.has(name));
  if (unknown !== undefined || events.length === 0) {
    return problem(400, 'Bad Request', [
      { name: 'events', reason: `${unknown ?? 'nothing'} is not an event` },
    ]);
  }
  const standing = standingRegistrations(vipps, call.msn);
  const isFull = events.some(
    (name) => standing.filter((one) => one.events.includes(name)).length >= mostPerEvent,
  );
  if (isFull) return problem(400, 'Bad Request', [{ name: 'events', reason: 'Too many registrations.' }]);
  const id = randomUUID();
  const secret = randomBytes(64).toString('base64');
  vipps.registrations.put({ id, msn: call.msn, url, events, secret, isGone: false });
  return { status: 201, body: { id, secret } };
}

/** `GET /webhooks/v1/webhooks` */
export function listWebhooks(vipps: Vipps, call: Call<undefined>): Answer {
  const webhooks = standingRegistrations(vipps, call.msn).map(({ id, url, events }) => ({ id, url, events }));
  return { status: 200, body: { webhooks } };
}

/** `DELETE /webhooks/v1/webhooks/{id}` */
export function deleteWebhook(vipps: Vipps, call: Call<undefined>): Answer {
  const registration = vipps.registrations.get(call.parameters['id'] ?? '');
  if (registration?.msn !== call.msn || registration.isGone) return problem(404, 'Not Found');
  vipps.registrations.put({ ...registration, isGone: true });
  return { status: 204 };
}

function standingRegistrations(vipps: Vipps, msn: string): Registration[] {
  return vipps.registrations.all().filter((one) => one.msn === msn && !one.isGone);
}
