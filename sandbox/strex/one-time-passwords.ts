import { fieldOf } from '../kit/bad-input.ts';
import { knowsMerchant } from './account.ts';
import type { Answer } from './answer.ts';
import { isOneTimePasswordRequest, type TransactionRequest } from './contract.ts';
import { failed, type Status } from './status.ts';
import type { Strex } from './strex.ts';

/** In the provider's own test environment every code is this one, too. */
const code = '1234';
/** Source: github Target365/sdk-for-net, `OneTimePassword.TimeToLive`. */
const defaultMinutes = 2;

/** `POST /api/strex/one-time-passwords`: sends a code to a phone, for one transaction. */
export function sendPassword(strex: Strex, body: unknown): Answer {
  if (!isOneTimePasswordRequest(body)) {
    const [error] = isOneTimePasswordRequest.errors ?? [];
    const rule = `${fieldOf(error) || 'body'} ${error?.message ?? 'is not valid'}`;
    const path = '/api/strex/one-time-passwords';
    strex.world.violations.note({ provider: 'strex', method: 'POST', path, rule });
    return { status: 400, body: { message: rule } };
  }
  if (!knowsMerchant(body.merchantId)) return { status: 400, body: { message: 'MerchantId is unknown' } };
  const { transactionId, recipient } = body;
  const goodUntilMilliseconds = strex.world.clock.now() + (body.timeToLive ?? defaultMinutes) * 60_000;
  strex.keepPassword({ transactionId, recipient, goodUntilMilliseconds });
  strex.world.inbox.receive({
    channel: 'sms',
    to: recipient,
    from: 'Strex',
    text: [body.messagePrefix, `Your code is ${code}`, body.messageSuffix].filter(Boolean).join(' '),
    receivedAt: strex.world.clock.timestamp(),
    messageId: `strex-code-${transactionId}`,
  });
  return { status: 201 };
}

/** How a transaction fails that came with a wrong or old code; nothing when the code is right. */
export function checkPassword(strex: Strex, request: TransactionRequest): Status | undefined {
  const password = strex.findPassword(request.transactionId);
  if (password?.recipient !== request.recipient) return failed('OneTimePasswordFailed');
  if (password.goodUntilMilliseconds < strex.world.clock.now()) return failed('OneTimePasswordExpired');
  return request.oneTimePassword === code ? undefined : failed('OneTimePasswordFailed');
}
