import type { Secrets } from '../config/secrets.ts';
import type { Transaction } from '../database/transaction.ts';
import { openSecrets, rotateSecrets, sealSecrets } from './endpoint-secrets.ts';
import { lockEndpointSecrets, writeEndpointSecrets } from './webhook-endpoints-store.ts';

/** Gives an endpoint a new secret; both sign until `formerSecretUntil`. Nothing for an unknown endpoint. */
export async function rotateWebhookSecret(
  context: { secrets: Pick<Secrets, 'sealing'> },
  transaction: Transaction,
  publisherId: number,
  endpointId: number,
): Promise<{ secret: string; formerSecretUntil: string | null } | undefined> {
  const { sealing } = context.secrets;
  const locked = await lockEndpointSecrets(transaction, publisherId, endpointId);
  if (!locked) return undefined;
  const rotated = rotateSecrets(openSecrets(sealing, endpointId, locked.sealed_secrets), locked.now);
  const [newest, former] = rotated;
  if (!newest) throw new Error('an endpoint needs a secret');
  const sealed = sealSecrets(sealing, endpointId, rotated);
  await writeEndpointSecrets(transaction, publisherId, endpointId, sealed);
  return { secret: newest.secret, formerSecretUntil: former?.retiresAt ?? null };
}
