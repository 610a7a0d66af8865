import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { seal, unseal } from '../kit/seal.ts';
import { secretOverlapSeconds } from './callback.ts';
import { createWebhookSecret } from './webhook-secret.ts';

/** The secrets of one endpoint, newest first. A replaced one signs until `retiresAt` (RFC 3339). */
const EndpointSecrets = Type.Array(
  Type.Object({ secret: Type.String(), retiresAt: Type.Optional(Type.String()) }),
);
export type EndpointSecrets = Type.Static<typeof EndpointSecrets>;

export function newEndpointSecrets(): EndpointSecrets {
  return [{ secret: createWebhookSecret() }];
}

/** Puts a new secret first; the one before it goes on for a day, and older ones are dropped. */
export function rotateSecrets(secrets: EndpointSecrets, now: Date): EndpointSecrets {
  const retiresAt = new Date(now.getTime() + secretOverlapSeconds * 1000).toISOString();
  const former = secrets.slice(0, 1).map(({ secret }) => ({ secret, retiresAt }));
  return [...newEndpointSecrets(), ...former];
}

/** The secrets that sign at this time, newest first. */
export function signingSecrets(secrets: EndpointSecrets, now: Date): string[] {
  return secrets
    .filter(({ retiresAt }) => retiresAt === undefined || Date.parse(retiresAt) > now.getTime())
    .map(({ secret }) => secret);
}

export function sealSecrets(sealing: Buffer, endpointId: number, secrets: EndpointSecrets): Buffer {
  return seal(sealing, placeOf(endpointId), Buffer.from(JSON.stringify(secrets)));
}

export function openSecrets(sealing: Buffer, endpointId: number, sealed: Buffer): EndpointSecrets {
  return Value.Parse(EndpointSecrets, JSON.parse(unseal(sealing, placeOf(endpointId), sealed).toString()));
}

function placeOf(endpointId: number): string {
  return `webhook_endpoints.sealed_secrets ${endpointId}`;
}
