import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { rotateCallbackKey } from '../callback-keys.ts';
import { SigningKeys, showKey } from './list-signing-keys.ts';

export const rotateSigningKey = endpoint({
  operationId: 'rotateCallbackSigningKey',
  summary: 'Make a new key for legacy callbacks',
  description: 'The former key signs for another 24 hours, so that the new one can be installed in peace.',
  reply: SigningKeys,
  async handle(context: { database: Database; secrets: Pick<Secrets, 'sealing'> }, call: ClientCall) {
    const keys = await rotateCallbackKey(context, call.caller.publisher.publisherId);
    return { body: { keys: keys.map(showKey) } };
  },
});
