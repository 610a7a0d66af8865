import { createHmac, timingSafeEqual } from 'node:crypto';
import { type OrderId, orderId } from '../kit/ids.ts';

/**
 * An order, and the address or number that it was corrected to; nothing where nobody corrected it, and empty
 * where it was and what to is not kept any more. Then only a reader whose order it is by another proof is led
 * to it.
 */
export type ProvenOrder = { orderId: OrderId; correctedTo: string | undefined };

/** The order that a token names, and whether it went to the address that the order is for now. */
export type NamedOrder = { orderId: OrderId; isFor(correctedTo: string | undefined): boolean };

/**
 * The unguessable name of the page where one order is withdrawn from: its id and 96 bits that only this
 * installation can make. Only mail to the order's own address holds it, so that whoever opens it has got that
 * mail. Where the address was corrected, 64 bits more are of the new one: what went to the old says nothing
 * any more.
 */
function withdrawalToken(secret: Buffer, { orderId: id, correctedTo }: ProvenOrder): string {
  const parts = [id.toString(36), text(macOf(secret, id))];
  if (correctedTo !== undefined) parts.push(text(addressMacOf(secret, id, correctedTo)));
  return parts.join('-');
}

/** Nothing for a token that was not made here. */
export function readWithdrawalToken(secret: Buffer, token: string): NamedOrder | undefined {
  const [, named, mac, address] = /^([0-9a-z]{1,11})-([\w-]{16})(?:-([\w-]{11}))?$/.exec(token) ?? [];
  const number = named === undefined ? Number.NaN : Number.parseInt(named, 36);
  if (mac === undefined || !Number.isSafeInteger(number)) return undefined;
  const id = orderId(number);
  if (!isSame(mac, macOf(secret, id))) return undefined;
  return {
    orderId: id,
    isFor: (correctedTo) =>
      correctedTo === undefined || address === undefined
        ? correctedTo === address
        : isSame(address, addressMacOf(secret, id, correctedTo)),
  };
}

/** Where an order is withdrawn from; it stands in mail to the order's own address, and nowhere else. */
export function withdrawalLinkOf(publicUrl: string, secret: Buffer, order: ProvenOrder): string {
  return `${publicUrl}/user/withdraw/${withdrawalToken(secret, order)}`;
}

function macOf(secret: Buffer, id: OrderId): Buffer {
  return createHmac('sha256', secret).update(`withdrawal ${id}`).digest().subarray(0, 12);
}

function addressMacOf(secret: Buffer, id: OrderId, address: string): Buffer {
  const about = `withdrawal ${id} of ${address.toLowerCase()}`;
  return createHmac('sha256', secret).update(about).digest().subarray(0, 8);
}

function text(mac: Buffer): string {
  return mac.toString('base64url');
}

function isSame(given: string, mac: Buffer): boolean {
  const read = Buffer.from(given, 'base64url');
  return read.length === mac.length && timingSafeEqual(read, mac);
}
