import type { SealingKeys } from '../kit/seal.ts';
import { type KeyedReply, type Reply, runOnce } from './idempotency-keys.ts';
import type { Database, Transaction } from './transaction.ts';

type KeyedCall = {
  caller: { clientId: string };
  idempotencyKey: string | undefined;
  bodyText: string;
};

/**
 * Runs a call's work in one transaction, once for its idempotency key. `operation` is the operation's id,
 * with what its path names behind it; `sealing` keeps a reply that shows a secret.
 */
export function runKeyed(
  database: Database,
  call: KeyedCall,
  operation: string,
  work: (transaction: Transaction) => Promise<Reply>,
  sealing?: SealingKeys,
): Promise<KeyedReply> {
  const once = {
    clientId: call.caller.clientId,
    operation,
    key: call.idempotencyKey,
    bodyText: call.bodyText,
    ...(sealing && { sealing }),
  };
  return database.transaction(`keyed ${operation.replace(/ .*/, '')}`, (transaction) =>
    runOnce(transaction, once, () => work(transaction)),
  );
}
