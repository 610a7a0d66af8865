import { createHmac, timingSafeEqual } from 'node:crypto';
import { type OrderId, orderId } from '../kit/ids.ts';

/** The unguessable name of an order in addresses: its id and 96 bits that only this installation can make. */
function orderToken(secret: Buffer, id: OrderId): string {
  return `${id.toString(36)}-${macOf(secret, id).toString('base64url')}`;
}

/** Answers the order that a token names, or nothing for a token that was not made here. */
export function readOrderToken(secret: Buffer, token: string): OrderId | undefined {
  const match = /^([0-9a-z]{1,11})-([\w-]{16})$/.exec(token);
  const id = match?.[1] === undefined ? Number.NaN : Number.parseInt(match[1], 36);
  if (!match?.[2] || !Number.isSafeInteger(id)) return undefined;
  const given = Buffer.from(match[2], 'base64url');
  const made = macOf(secret, orderId(id));
  return given.length === made.length && timingSafeEqual(given, made) ? orderId(id) : undefined;
}

/** The address where the buyer completes the order in a browser. */
export function fulfillmentUrl(publicUrl: string, secret: Buffer, id: OrderId): string {
  return `${publicUrl}/user/fulfillment/${orderToken(secret, id)}`;
}

function macOf(secret: Buffer, id: OrderId): Buffer {
  return createHmac('sha256', secret).update(String(id)).digest().subarray(0, 12);
}
