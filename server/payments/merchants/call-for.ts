import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { MethodContext } from '../port/payment-method.ts';
import { accountOf, type ConfiguredMethod } from './find-method.ts';

/**
 * What an adapter needs for a call: the merchant's settings, and a way out on which the publisher takes its
 * turn and one account's failures hold back no other.
 */
export function callFor(
  { provider }: { provider: SharedHttpClient },
  { method, publisherId, merchantId, settings }: Omit<ConfiguredMethod, 'country'>,
): MethodContext {
  return { http: provider.of({ publisherId, account: `${accountOf(method)} ${merchantId}` }), settings };
}
