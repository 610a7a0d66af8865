import { createHmac } from 'node:crypto';
import { webhookKey } from './webhook-secret.ts';

export type CallbackSignature = {
  order: number | string;
  /** The event's id, the same over all tries. */
  event: string;
  /** Grows by event within an order; a smaller number is older news. */
  sequence: number;
  /** Unix seconds of this try. */
  timestamp: number;
  keyId: string;
  /** `whsec_…`, the same kind of secret as for webhooks. */
  secret: string;
};

const reservedNames = new Set([
  'fulfillmentstatus',
  'lv_order',
  'lv_event',
  'lv_seq',
  'lv_ts',
  'lv_kid',
  'lv_sig',
]);

/**
 * The address of a legacy callback. The client's own query stays as it was given; `fulfillmentStatus` and the
 * `lv_` parameters are ours: whatever the address already had under these names is replaced, also in
 * spellings that some receivers take for the same (other case, `name[]`, a dot for the underscore).
 *
 * With `signed`, `lv_sig` is HMAC-SHA-256 in base64url without padding, keyed with the bytes inside the
 * `whsec_` secret, over `callbackStringToSign`.
 */
export function buildCallbackUrl(
  callbackUrl: string,
  outcome: { fulfillmentStatus: 'success' | 'failed'; signed?: CallbackSignature | undefined },
): string {
  const url = new URL(callbackUrl);
  const parameters = queryPairs(url).filter((pair) => !isReserved(pair));
  parameters.push(`fulfillmentStatus=${outcome.fulfillmentStatus}`);
  const { signed } = outcome;
  if (signed) {
    parameters.push(
      ...Object.entries({
        lv_order: signed.order,
        lv_event: signed.event,
        lv_seq: signed.sequence,
        lv_ts: signed.timestamp,
        lv_kid: signed.keyId,
      }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
    );
  }
  url.search = parameters.join('&');
  url.hash = '';
  if (signed) url.search += `&lv_sig=${callbackSignature(url, signed.secret)}`;
  return url.href;
}

/**
 * What `lv_sig` is made over: four lines, joined by a line feed, none at the end.
 *
 *     GET
 *     <host in lower case, with `:port` unless it is the scheme's own>
 *     <path, percent-encoded as on the wire>
 *     <every `name=value` of the query exactly as on the wire, without lv_sig, sorted by bytes, joined by &>
 *
 * Nothing is decoded, so that no two languages can differ about encoding.
 */
export function callbackStringToSign(url: URL): string {
  const parameters = queryPairs(url).filter((pair) => !pair.startsWith('lv_sig='));
  return ['GET', url.host, url.pathname, parameters.sort().join('&')].join('\n');
}

export function callbackSignature(url: URL, secret: string): string {
  return createHmac('sha256', webhookKey(secret)).update(callbackStringToSign(url)).digest('base64url');
}

function queryPairs(url: URL): string[] {
  return url.search.slice(1).split('&').filter(Boolean);
}

function isReserved(pair: string): boolean {
  const name = [...new URLSearchParams(pair).keys()][0] ?? '';
  const folded = name.toLowerCase().replace(/\[.*$/su, '').trim();
  return reservedNames.has(folded.replace(/[. ]/gu, '_'));
}
