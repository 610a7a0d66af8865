import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { rotateCallbackKey } from '../callback-keys.ts';
import { SigningKeys, showKey } from './list-signing-keys.ts';

export const rotateSigningKey = endpoint({
  operationId: 'rotateCallbackSigningKey',
  summary: 'Make a new key for legacy callbacks',
  description: 'The former key signs for another 24 hours, so that the new one can be installed in peace.',
  reply: SigningKeys,
  changes: true,
  async handle(context: { database: Database; secrets: Pick<Secrets, 'sealing'> }, call: ClientCall) {
    const work = async (transaction: Transaction) => {
      const keys = await rotateCallbackKey(context, transaction, call.caller.publisher.publisherId);
      return { status: 200, body: { keys: keys.map(showKey) } };
    };
    return runKeyed(context.database, call, 'rotateCallbackSigningKey', work, context.secrets.sealing);
  },
});
