import { createHmac } from 'node:crypto';
import { webhookKey } from './webhook-secret.ts';

export type WebhookHeaders = {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/**
 * The three headers of Standard Webhooks 1.0: HMAC-SHA-256 over `id.timestamp.body`. `id` stays the same over
 * all tries, `timestamp` (Unix seconds) is each try's own, `body` is sent byte for byte as it is here (empty
 * for a GET). Each of `secrets` gives a signature, newest first, so that the receiver may change over in
 * peace.
 */
export function signCallback(callback: {
  id: string;
  timestamp: number;
  body: string;
  secrets: readonly string[];
}): WebhookHeaders {
  const { id, timestamp, body, secrets } = callback;
  if (!/^[A-Za-z0-9_-]{1,120}$/u.test(id)) throw new Error('a webhook id has letters, digits, _ and - only');
  if (!Number.isSafeInteger(timestamp)) throw new Error('a webhook timestamp is in whole seconds');
  if (secrets.length === 0) throw new Error('a webhook needs a secret');
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', webhookKey(secret)).update(signed).digest('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
