import type { Secrets } from '../config/secrets.ts';
import type { Database } from '../database/transaction.ts';
import { openSecrets, rotateSecrets, sealSecrets } from './endpoint-secrets.ts';
import { lockEndpointSecrets, writeEndpointSecrets } from './webhook-endpoints-store.ts';

/** Gives an endpoint a new secret; both sign until `formerSecretUntil`. Nothing for an unknown endpoint. */
export function rotateWebhookSecret(
  context: { database: Database; secrets: Pick<Secrets, 'sealing'> },
  publisherId: number,
  endpointId: number,
): Promise<{ secret: string; formerSecretUntil: string | null } | undefined> {
  const { sealing } = context.secrets;
  return context.database.transaction('rotate-webhook-secret', async (transaction) => {
    const locked = await lockEndpointSecrets(transaction, publisherId, endpointId);
    if (!locked) return undefined;
    const rotated = rotateSecrets(openSecrets(sealing, endpointId, locked.sealed_secrets), locked.now);
    const [newest, former] = rotated;
    if (!newest) throw new Error('an endpoint needs a secret');
    await writeEndpointSecrets(
      transaction,
      publisherId,
      endpointId,
      sealSecrets(sealing, endpointId, rotated),
    );
    return { secret: newest.secret, formerSecretUntil: former?.retiresAt ?? null };
  });
}
