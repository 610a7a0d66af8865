import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Queryable } from '../../database/statement.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { readCompletionOptions } from '../../publishers/read-completion-options.ts';
import { checkCredential as check } from '../check-credential.ts';

type Context = {
  secrets: Secrets;
  database: Queryable;
  addressGuard: AddressGuard;
  rateLimiter: RateLimiter;
};

const Body = narrowing({ credential: Type.String({ minLength: 1, maxLength: 255 }) });

// Enough for a busy login page, too little for going through a list of addresses. Holds for every client.
const limit = { perSecond: 10, perMinute: 120 };

export const checkCredential = endpoint({
  operationId: 'checkCredential',
  summary: 'Tell whether there is an account for a credential, and whether a password is set',
  description: 'An account counts once somebody has proven the credential. Limited to 120 calls a minute.',
  body: Body,
  reply: Type.Object({ credentialExists: Type.Boolean(), isPasswordSet: Type.Boolean() }),
  examples: { body: { credential: 'kari@example.com' } },
  async handle(context: Context, call: ClientCall<Type.Static<typeof Body>>) {
    const { caller: client } = call;
    const rate = context.rateLimiter.take(`credential check ${client.clientId}`, limit);
    if (!rate.allowed) {
      throw new Problem('rate_limit_exceeded', { retryAfterSeconds: rate.retryAfterSeconds });
    }
    const refusals = collectRefusals(call.warnings);
    const { credentialHash } = context.secrets;
    const { addressGuard } = context;
    const { credential } = await readCompletionOptions(
      { client, credentialHash, addressGuard, refusals },
      call.body,
    );
    refusals.throwIfAny();
    if (!credential) throw new Error('a credential passed that was not read');
    return { body: await check(context.database, client.publisher.publisherId, credential.key) };
  },
});
