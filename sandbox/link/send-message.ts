import { fieldOf } from '../kit/bad-input.ts';
import type { Hits } from '../kit/faults.ts';
import { type Accepted, acceptMessage } from './accept-message.ts';
import { checkPlatform } from './account.ts';
import { checkMessage, gatesFor } from './check-message.ts';
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
  return { sent: await acceptMessage(link, message, gates, hits) };
}

/** The refusal of a body that the contract does not allow; a currency outside it has a code of its own. */
export function refuseBody(errors: typeof isMessageRequest.errors, body: unknown): SubmitError {
  const [error] = errors ?? [];
  const field = fieldOf(error);
  const isCharged = typeof body === 'object' && body !== null && 'tariff' in body && body.tariff !== 0;
  if (field === 'currency' && isCharged) return submitError(106202);
  return submitError(106000, `${field || 'body'} ${error?.message ?? 'is not valid'}`);
}
