import { createHmac } from 'node:crypto';

/** Where a provider reports to: the unguessable part of the address, and the credentials to bring. */
export type WebhookCredentials = { token: string; username: string; password: string };

/** Derives those of one purpose, the same on every node of the installation. */
export function deriveWebhookCredentials(key: Buffer, purpose: string): WebhookCredentials {
  const derive = (what: string) =>
    createHmac('sha256', key).update(`${purpose} ${what}`).digest('base64url').slice(0, 32);
  return { token: derive('token'), username: 'leveret', password: derive('password') };
}
