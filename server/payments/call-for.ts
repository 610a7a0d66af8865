import type { SharedHttpClient } from '../kit/http-client.ts';
import { accountOf, type ConfiguredMethod } from './find-method.ts';
import type { MethodContext } from './port/payment-method.ts';

/**
 * What an adapter needs for a call: the merchant's settings, and a way out on which the publisher takes its
 * turn and one account's failures hold back no other.
 */
export function callFor(
  { provider }: { provider: SharedHttpClient },
  { method, publisherId, merchantId, settings }: ConfiguredMethod,
): MethodContext {
  return { http: provider.of({ publisherId, account: `${accountOf(method)} ${merchantId}` }), settings };
}
