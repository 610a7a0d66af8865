import { createHmac, timingSafeEqual } from 'node:crypto';
import { type OrderId, orderId } from '../kit/ids.ts';

/**
 * The unguessable name of the page where one order is withdrawn from: its id and 96 bits that only this
 * installation can make. Only mail to the order's own address holds it, so that whoever opens it has got that
 * mail.
 */
function withdrawalToken(secret: Buffer, id: OrderId): string {
  return `${id.toString(36)}-${macOf(secret, id).toString('base64url')}`;
}

/** The order that a token names, or nothing for a token that was not made here. */
export function readWithdrawalToken(secret: Buffer, token: string): OrderId | undefined {
  const [, named, mac] = /^([0-9a-z]{1,11})-([\w-]{16})$/.exec(token) ?? [];
  const id = named === undefined ? Number.NaN : Number.parseInt(named, 36);
  if (mac === undefined || !Number.isSafeInteger(id)) return undefined;
  const given = Buffer.from(mac, 'base64url');
  const made = macOf(secret, orderId(id));
  return given.length === made.length && timingSafeEqual(given, made) ? orderId(id) : undefined;
}

/** Where an order is withdrawn from; it stands in mail to the order's own address, and nowhere else. */
export function withdrawalLinkOf(publicUrl: string, secret: Buffer, id: OrderId): string {
  return `${publicUrl}/user/withdraw/${withdrawalToken(secret, id)}`;
}

function macOf(secret: Buffer, id: OrderId): Buffer {
  return createHmac('sha256', secret).update(`withdrawal ${id}`).digest().subarray(0, 12);
}
