import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { SealedColumn } from '../database/reseal-column.ts';
import { type SealingKeys, seal, unseal } from '../kit/seal.ts';
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

export function sealSecrets(sealing: SealingKeys, endpointId: number, secrets: EndpointSecrets): Buffer {
  return seal(sealing, placeOf(endpointId), Buffer.from(JSON.stringify(secrets)));
}

export function openSecrets(sealing: SealingKeys, endpointId: number, sealed: Buffer): EndpointSecrets {
  return Value.Parse(EndpointSecrets, JSON.parse(unseal(sealing, placeOf(endpointId), sealed).toString()));
}

/** Secrets of endpoints, as they are sealed anew. */
export const sealedEndpointSecrets: SealedColumn = {
  table: 'webhook_endpoints',
  column: 'sealed_secrets',
  key: { endpoint_id: 'bigint' },
  placeOf: (row) => placeOf(Number(row['endpoint_id'])),
};

function placeOf(endpointId: number): string {
  return `webhook_endpoints.sealed_secrets ${endpointId}`;
}
