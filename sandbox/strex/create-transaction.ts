import { fieldOf } from '../kit/bad-input.ts';
import { knowsMerchant } from './account.ts';
import type { Answer } from './answer.ts';
import { isTransactionRequest, minorOf, type TransactionRequest } from './contract.ts';
import { followFate } from './follow-fate.ts';
import { fateOf } from './magic-numbers.ts';
import { checkPassword } from './one-time-passwords.ts';
import { queued } from './status.ts';
import { bookCharge, type Strex } from './strex.ts';
import type { Transaction } from './transaction.ts';

const defaultTimeoutMinutes = 5;

/** `POST /api/strex/transactions`: takes on a charge. `origin` is where the buyer's page stands. */
export function createTransaction(strex: Strex, body: unknown, origin: string): Answer {
  const refusal = checkRequest(strex, body);
  if (typeof refusal === 'string') return { status: 400, body: { message: refusal } };
  const { request, priceMinor } = refusal;
  const transaction = accept(strex, request, priceMinor);
  strex.keep(transaction);
  bookCharge(strex.world, transaction);
  if (request.smsConfirmation) askByMessage(strex, transaction, origin);
  const refused = request.oneTimePassword === undefined ? undefined : checkPassword(strex, request);
  const fate = fateOf(request.recipient, request.properties?.['TestInProd'] === true);
  followFate(strex, transaction, refused ? [{ afterSeconds: 1, status: refused }] : fate.steps);
  return { status: 201, location: `${origin}/strex/api/strex/transactions/${request.transactionId}` };
}

function checkRequest(
  strex: Strex,
  body: unknown,
): string | { request: TransactionRequest; priceMinor: number } {
  const refuse = (rule: string) => {
    strex.world.violations.note({ provider: 'strex', method: 'POST', path: '/api/strex/transactions', rule });
    return rule;
  };
  if (!isTransactionRequest(body)) {
    const [error] = isTransactionRequest.errors ?? [];
    return refuse(`${fieldOf(error) || 'body'} ${error?.message ?? 'is not valid'}`);
  }
  const priceMinor = minorOf(body.price);
  if (priceMinor === undefined) return refuse('price has more than two decimals');
  if (!knowsMerchant(body.merchantId)) return 'MerchantId is unknown';
  if (strex.find(body.transactionId)) return 'DuplicateTransaction';
  return { request: body, priceMinor };
}

function accept(strex: Strex, request: TransactionRequest, priceMinor: number): Transaction {
  const now = strex.world.clock.now();
  return {
    transactionId: request.transactionId,
    merchantId: request.merchantId,
    shortNumber: request.shortNumber,
    recipient: request.recipient,
    priceMinor,
    serviceCode: request.serviceCode,
    invoiceText: request.invoiceText,
    reverses: null,
    acceptedAtMilliseconds: now,
    expiresAtMilliseconds: now + (request.timeout ?? defaultTimeoutMinutes) * 60_000,
    lastModified: strex.world.clock.timestamp(),
    status: queued,
  };
}

/** The buyer agrees by answering a message; here also on a page, to which the message leads. */
function askByMessage(strex: Strex, transaction: Transaction, origin: string): void {
  const price = (transaction.priceMinor / 100).toFixed(2);
  strex.world.inbox.receive({
    channel: 'sms',
    to: transaction.recipient,
    from: 'Strex',
    text:
      `Reply OK to pay NOK ${price} for ${transaction.invoiceText} on your phone bill. ` +
      `${origin}/pay/strex/${transaction.transactionId}`,
    receivedAt: strex.world.clock.timestamp(),
    messageId: `strex-${transaction.transactionId}`,
  });
}
