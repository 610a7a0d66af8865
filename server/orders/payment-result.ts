import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type PaymentMethod, paymentMethods } from './payment-methods.ts';

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

/** Signs a result as a JSON Web Token (RFC 7519) by HMAC-SHA-256, with the key's id. */
export function signPaymentResult(key: Buffer, result: PaymentResult, expiresAt: Date): Promise<string> {
  const { transactionId, clientId, paidAt, ...claims } = result;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: type, kid: keyIdOf(key) })
    .setJti(transactionId)
    .setAudience(clientId)
    .setIssuedAt(paidAt)
    .setExpirationTime(expiresAt)
    .sign(key);
}

/** Tells whether a result is ours and still good. Whether it fits the order is the reader's to say. */
export async function verifyPaymentResult(
  key: Buffer,
  signature: string,
  now: Date,
): Promise<VerifiedResult> {
  // The library would also read a spelling with blanks or padding in it.
  if (!/^[\w-]+\.[\w-]+\.[\w-]{43}$/.test(signature)) return { kind: 'forged' };
  try {
    const options = { algorithms: ['HS256'], typ: type, currentDate: now, requiredClaims: ['exp'] };
    return readClaims('genuine', (await jwtVerify(signature, key, options)).payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) return readClaims('expired', error.payload);
    if (error instanceof errors.JOSEError) return { kind: 'forged' };
    throw error;
  }
}

function readClaims(kind: 'genuine' | 'expired', claims: JWTPayload): VerifiedResult {
  const paymentMethod = paymentMethods.find((one) => one === claims['paymentMethod']);
  if (!paymentMethod) return { kind: 'forged' };
  const result: PaymentResult = {
    transactionId: String(claims.jti),
    clientId: String(claims.aud),
    paymentMethod,
    amountMinor: Number(claims['amountMinor']),
    currency: String(claims['currency']),
    recurring: claims['recurring'] === true,
    isCaptured: claims['isCaptured'] === true,
    paidAt: new Date(Number(claims.iat) * 1000),
  };
  return { kind, result };
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest().subarray(0, 6).toString('base64url');
}
