import { randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const minBytes = 24;
const maxBytes = 64;

/** A new secret for signing: `whsec_` and 32 random bytes in base64 (Standard Webhooks, symmetric). */
export function createWebhookSecret(): string {
  return prefix + randomBytes(32).toString('base64');
}

/** The key inside a `whsec_` secret; nothing when it is not base64 of 24 to 64 bytes. */
export function readWebhookSecret(secret: string): Buffer | undefined {
  if (!secret.startsWith(prefix)) return undefined;
  const encoded = secret.slice(prefix.length);
  const key = Buffer.from(encoded, 'base64');
  const isWhole = key.toString('base64') === encoded;
  return isWhole && key.length >= minBytes && key.length <= maxBytes ? key : undefined;
}

/** As `readWebhookSecret`, for secrets of our own making: throws instead. */
export function webhookKey(secret: string): Buffer {
  const key = readWebhookSecret(secret);
  if (!key) throw new Error('a webhook secret must be whsec_ and base64 of 24 to 64 bytes');
  return key;
}
