import { type Reply, runOnce } from '../../database/idempotency-keys.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { Answer } from '../../kit/http/endpoint.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { ClientCall } from '../../publishers/publisher.ts';

/**
 * Runs a call's work in one transaction, once for its idempotency key. `operation` names what the path names
 * as well; `sealing` keeps a reply that shows a secret.
 */
export function runKeyed(
  database: Database,
  call: Pick<ClientCall, 'caller' | 'idempotencyKey' | 'bodyText'>,
  operation: string,
  work: (transaction: Transaction) => Promise<Reply>,
  sealing?: SealingKeys,
): Promise<Answer> {
  const once = {
    clientId: call.caller.clientId,
    operation,
    key: call.idempotencyKey,
    bodyText: call.bodyText,
    ...(sealing && { sealing }),
  };
  return database.transaction('keyed call', (transaction) =>
    runOnce(transaction, once, () => work(transaction)),
  );
}
