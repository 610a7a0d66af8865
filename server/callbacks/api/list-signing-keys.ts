import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { type CallbackKey, findCallbackKeys } from '../callback-keys.ts';

export const SigningKeys = Type.Object({
  keys: Type.Array(
    Type.Object({
      keyId: Type.String({ description: 'The `lv_kid` of callbacks signed with this key' }),
      secret: Type.String(),
      createdAt: Type.String({ format: 'date-time' }),
      retiresAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    }),
  ),
});

export const listSigningKeys = endpoint({
  operationId: 'listCallbackSigningKeys',
  summary: 'Show the keys that sign legacy callbacks, newest first',
  description:
    '`webhook-signature` has a signature by each; `lv_sig` is made with the oldest that is not retired.',
  reply: SigningKeys,
  async handle(context: { database: Database; secrets: Pick<Secrets, 'sealing'> }, call: ClientCall) {
    const keys = await findCallbackKeys(context, call.caller.publisher.publisherId);
    return { body: { keys: keys.map(showKey) } };
  },
});

export function showKey(key: CallbackKey) {
  return {
    keyId: key.keyId,
    secret: key.secret,
    createdAt: key.createdAt.toISOString(),
    retiresAt: key.retiresAt?.toISOString() ?? null,
  };
}
