import type { HttpRequest } from '../kit/http-client.ts';
import { type ClientSettings, clientSettingsOf } from '../publishers/client-settings.ts';
import type { CallbackKey } from './callback-keys.ts';
import { buildCallbackUrl } from './callback-url.ts';
import type { LoadedDelivery } from './load-delivery.ts';
import { signCallback } from './sign-callback.ts';

/** The id that a receiver sees, the same over all tries and replays. */
export function messageId(deliveryId: number): string {
  return `msg_${deliveryId}`;
}

/**
 * The legacy GET, with the three webhook headers always and the `lv_` parameters in the strict profile or
 * where the client asks. Of two keys the older one makes `lv_sig`, so that the newer can be installed first.
 */
export function buildCallback(delivery: LoadedDelivery, keys: readonly CallbackKey[]): HttpRequest {
  const timestamp = unixSeconds(delivery.now);
  const id = messageId(delivery.delivery_id);
  const settings = settingsOf(delivery);
  const key = keys.at(-1);
  const isSigned = delivery.profile === 'strict' || settings.signsCallbacks;
  const signed =
    isSigned && key
      ? {
          order: delivery.order_id ?? 0,
          event: id,
          sequence: delivery.sequence ?? 0,
          timestamp,
          keyId: key.keyId,
          secret: key.secret,
        }
      : undefined;
  return {
    method: 'GET',
    url: callbackAddress(delivery, signed),
    headers: { ...signCallback({ id, timestamp, body: '', secrets: keys.map(({ secret }) => secret) }) },
    rules: rulesOf(settings),
  };
}

/** A signed POST, exactly as Standard Webhooks 1.0. */
export function buildWebhook(delivery: LoadedDelivery, secrets: readonly string[]): HttpRequest {
  const body = JSON.stringify(delivery.body);
  const id = messageId(delivery.delivery_id);
  const signature = signCallback({ id, timestamp: unixSeconds(delivery.now), body, secrets });
  return {
    method: 'POST',
    url: delivery.url,
    headers: { 'content-type': 'application/json', ...signature },
    body,
    rules: rulesOf(settingsOf(delivery)),
  };
}

/** An address that cannot be read is sent as it is, and refused with its reason by the address guard. */
function callbackAddress(
  delivery: LoadedDelivery,
  signed: Parameters<typeof buildCallbackUrl>[1]['signed'],
): string {
  if (!URL.canParse(delivery.url)) return delivery.url;
  const fulfillmentStatus = delivery.body['fulfillmentStatus'] === 'success' ? 'success' : 'failed';
  return buildCallbackUrl(delivery.url, { fulfillmentStatus, signed });
}

function settingsOf(delivery: LoadedDelivery): ClientSettings {
  return clientSettingsOf(delivery.client_settings ?? {});
}

function rulesOf(settings: ClientSettings) {
  return { allowHttp: settings.allowsHttp, ports: settings.callbackPorts };
}

function unixSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
