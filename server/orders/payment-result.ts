import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type PaymentMethod, paymentMethods } from './order.ts';

/** A payment that was made on the publisher's page before its order is registered, as we vouch for it. */
export type PaymentResult = {
  /** Ours, unique for good: it pays one order. */
  transactionId: string;
  /** The only client that may register an order with it. */
  clientId: string;
  paymentMethod: PaymentMethod;
  amountMinor: number;
  currency: string;
  recurring: boolean;
  /** Whether the money was taken, or is only reserved. */
  isCaptured: boolean;
  paidAt: Date;
};

export type VerifiedResult =
  | { kind: 'genuine'; result: PaymentResult }
  | { kind: 'forged' }
  | { kind: 'expired'; result: PaymentResult };

const type = 'leveret-payment+jws';
/** What the name of every payment of ours begins with. */
export const transactionIdPrefix = 'leveret-';

/** How long an order may be registered with a result. */
export const resultGoodForSeconds = 24 * 3600;

/** The name of one of our payments in an order; nobody else's transactions may be called so. */
export function transactionIdOf(reference: string): string {
  return `${transactionIdPrefix}${reference}`;
}

/** In whichever case it is written: what is ours must carry our signature, and that says it exactly. */
export function isOurTransaction(transactionId: string): boolean {
  return transactionId.toLowerCase().startsWith(transactionIdPrefix);
}

/** Our reference of a payment that goes by this name in an order; nothing where it is not ours. */
export function referenceOf(transactionId: string): string | undefined {
  return isOurTransaction(transactionId) ? transactionId.slice(transactionIdPrefix.length) : undefined;
}

/** Signs a result as a JSON Web Signature in its compact form (RFC 7515, HMAC-SHA-256), with the key's id. */
export function signPaymentResult(key: Buffer, result: PaymentResult, expiresAt: Date): string {
  const { transactionId, clientId, paymentMethod, amountMinor, currency, recurring, isCaptured } = result;
  const claims = {
    jti: transactionId,
    aud: clientId,
    paymentMethod,
    amountMinor,
    currency,
    recurring,
    isCaptured,
    iat: seconds(result.paidAt),
    exp: seconds(expiresAt),
  };
  const signed = `${encode({ alg: 'HS256', typ: type, kid: keyIdOf(key) })}.${encode(claims)}`;
  return `${signed}.${macOf(key, signed).toString('base64url')}`;
}

/** Tells whether a result is ours and still good. Whether it fits the order is the reader's to say. */
export function verifyPaymentResult(key: Buffer, signature: string, now: Date): VerifiedResult {
  const match = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/.exec(signature);
  const [, head = '', claims = '', given = ''] = match ?? [];
  const made = macOf(key, `${head}.${claims}`);
  const mac = Buffer.from(given, 'base64url');
  if (!match || mac.length !== made.length || !timingSafeEqual(mac, made)) return { kind: 'forged' };
  if (decode(head)['typ'] !== type) return { kind: 'forged' };
  const body = decode(claims);
  const paymentMethod = paymentMethods.find((one) => one === body['paymentMethod']);
  if (!paymentMethod) return { kind: 'forged' };
  const result: PaymentResult = {
    transactionId: String(body['jti']),
    clientId: String(body['aud']),
    paymentMethod,
    amountMinor: Number(body['amountMinor']),
    currency: String(body['currency']),
    recurring: body['recurring'] === true,
    isCaptured: body['isCaptured'] === true,
    paidAt: new Date(Number(body['iat']) * 1000),
  };
  const isGood = now.getTime() < Number(body['exp']) * 1000;
  return { kind: isGood ? 'genuine' : 'expired', result };
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest().subarray(0, 6).toString('base64url');
}

function macOf(key: Buffer, signed: string): Buffer {
  return createHmac('sha256', key).update(signed).digest();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Read only after the signature was found to be ours. */
function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
