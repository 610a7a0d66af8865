import { fieldOf } from '../kit/bad-input.ts';
import type { Hits } from '../kit/faults.ts';
import { type Accepted, acceptMessage } from './accept-message.ts';
import { checkPlatform } from './account.ts';
import { checkMessage, gatesFor, isChargeOnly } from './check-message.ts';
import { isMessageRequest, type MessageRequest } from './contract.ts';
import type { Link } from './link.ts';
import { type SubmitError, submitError } from './submit-error.ts';

/** `POST /sms/send`: accepts one message or charge, or says why not. */
export async function sendMessage(
  link: Link,
  body: unknown,
  hits: Hits,
): Promise<{ sent: Accepted } | SubmitError> {
  if (!isMessageRequest(body)) return refuseBody(isMessageRequest.errors, body);
  const refusal = checkPlatform(body);
  if (refusal) return refusal;
  return checkAndAccept(link, body, hits);
}

/** Accepts one message whose form and account have been checked. */
export async function checkAndAccept(
  link: Link,
  message: MessageRequest,
  hits: Hits,
): Promise<{ sent: Accepted } | SubmitError> {
  const refusal = checkMessage(message, link.world.clock.now());
  if (refusal) return refusal;
  const gates = gatesFor(message, link.gates);
  if ('status' in gates) return gates;
  noteSecurityLevel(link, message);
  return { sent: await acceptMessage(link, message, gates, hits) };
}

/**
 * The first charge of a reader without a text must say how surely the number is the reader's. Whether LINK
 * refuses one that does not say so is not documented, so that it is only noted.
 */
function noteSecurityLevel({ world }: Link, message: MessageRequest): void {
  const { 'strex.username': merchant, 'strex.securityLevel': level } = message.customParameters ?? {};
  if (!isChargeOnly(message) || level !== undefined) return;
  const isKnown = world.ledger
    .charges()
    .some((one) => one.destination === message.destination && one.details['merchant'] === merchant);
  if (isKnown) return;
  const rule = 'strex.securityLevel must be 2 the first time a reader is charged without a text';
  world.violations.note({ provider: 'link', method: 'POST', path: '/sms/send', rule });
}

/** The refusal of a body that the contract does not allow; a currency outside it has a code of its own. */
export function refuseBody(errors: typeof isMessageRequest.errors, body: unknown): SubmitError {
  const [error] = errors ?? [];
  const field = fieldOf(error);
  const isCharged = typeof body === 'object' && body !== null && 'tariff' in body && body.tariff !== 0;
  if (field === 'currency' && isCharged) return submitError(106202);
  return submitError(106000, `${field || 'body'} ${error?.message ?? 'is not valid'}`);
}
