import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookieOf, writeCookie } from '../kit/http/browser-form.ts';
import type { PageCall } from '../kit/http/endpoint.ts';

const prefix = 'leveret-order-';
const lifeSeconds = 2 * 86_400;
/** More would make the browser's requests too large for any server. */
const mostCookies = 20;

export type CookieOfOrder = { secret: Buffer; publicUrl: string; orderId: number };

/**
 * Whether this browser carries the cookie of the order: of a buyer who was invited, or of the guest with this
 * id. Each is a keyed hash (HMAC-SHA-256), so that neither can be made from what stands in the database.
 */
export function carriesOrder(call: PageCall, about: CookieOfOrder, guestId: string | undefined): boolean {
  const given = Buffer.from(call.cookies[nameOf(about)] ?? '');
  const made = Buffer.from(valueOf(about, guestId));
  return given.length === made.length && timingSafeEqual(given, made);
}

/** Sets the cookie of the order; where a browser has many of other orders, the oldest of them go. */
export function orderCookies(call: PageCall, about: CookieOfOrder, guestId: string | undefined): string[] {
  if (carriesOrder(call, about, guestId)) return [];
  const { publicUrl } = about;
  const marker = cookieOf(publicUrl, prefix).name;
  const others = Object.keys(call.cookies)
    .filter((name) => name.startsWith(marker) && name !== nameOf(about))
    .map((name) => name.slice(marker.length))
    .filter((id) => /^\d{1,16}$/.test(id))
    .sort((one, other) => Number(one) - Number(other));
  const gone = others.slice(0, Math.max(0, others.length - mostCookies + 1));
  return [
    writeCookie(publicUrl, `${prefix}${about.orderId}`, valueOf(about, guestId), lifeSeconds),
    ...gone.map((id) => writeCookie(publicUrl, `${prefix}${id}`, '', 0)),
  ];
}

function nameOf({ publicUrl, orderId }: CookieOfOrder): string {
  return cookieOf(publicUrl, `${prefix}${orderId}`).name;
}

function valueOf({ secret, orderId }: CookieOfOrder, guestId: string | undefined): string {
  const text = guestId === undefined ? `invited to order ${orderId}` : `guest ${guestId} of order ${orderId}`;
  return createHmac('sha256', secret).update(text).digest('base64url');
}
