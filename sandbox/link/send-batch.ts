import type { Hits } from '../kit/faults.ts';
import type { Accepted } from './accept-message.ts';
import { checkPlatform } from './account.ts';
import { isBatchRequest } from './contract.ts';
import type { Link } from './link.ts';
import { checkAndAccept, refuseBody } from './send-message.ts';
import type { SubmitError } from './submit-error.ts';

type Refused = { messageId: null; resultCode: number; description: string };

/** `POST /sms/sendbatch`: up to 1,000 messages, one result each, in order. */
export async function sendBatch(
  link: Link,
  body: unknown,
  hits: Hits,
): Promise<{ sent: (Accepted | Refused)[] } | SubmitError> {
  if (!isBatchRequest(body)) return refuseBody(isBatchRequest.errors, body);
  const refusal = checkPlatform(body);
  if (refusal) return refusal;
  const { sendRequestMessages, ...shared } = body;
  const sent: (Accepted | Refused)[] = [];
  for (const message of sendRequestMessages) {
    const result = await checkAndAccept(link, { ...shared, ...message }, hits);
    if ('sent' in result) sent.push(result.sent);
    else sent.push({ messageId: null, resultCode: result.status, description: result.description });
  }
  return { sent };
}
