import type { Static } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanCode } from '../../kit/clean-text.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { consentFields } from '../consent-body.ts';
import { holdOwnCustomerRow } from '../hold-own-customer-row.ts';
import { stateConsent } from '../state-consent.ts';
import { CustomerChanged, statedAnswer } from './customer-answers.ts';

const Body = narrowing(consentFields);

export const stateOwnConsent = endpoint({
  operationId: 'stateOwnConsent',
  summary: 'A reader gives or withdraws a consent',
  description:
    'Kept with the time, the version of the words that were shown, and the site by which it was said. A ' +
    'reader who was no customer becomes one. The original’s path is not known: this one is ours.',
  body: Body,
  reply: CustomerChanged,
  changes: true,
  examples: { body: { consentCode: 'NEWS', state: 'given', version: 1, channelCode: 'email' } },
  handle(
    context: { database: Database; secrets: Pick<Secrets, 'credentialHash'> },
    call: UserCall<Static<typeof Body>>,
  ) {
    const { publisher, user, clientId } = call.caller;
    const { accountId } = user;
    const { consentCode, version, channelCode, state } = call.body;
    const statement = {
      consentCode: cleanCode(consentCode),
      version,
      channelCode: cleanCode(channelCode ?? ''),
      state,
      statedAt: undefined,
      source: clientId,
      by: { kind: 'user', id: String(accountId) },
    } as const;
    const reader = {
      publisherId: publisher.publisherId,
      accountId,
      credentialHash: context.secrets.credentialHash,
    };
    return runKeyed(context.database, call, `stateOwnConsent ${accountId}`, async (transaction) => {
      const key = await holdOwnCustomerRow(transaction, reader);
      const effect = await stateConsent(transaction, key, statement);
      return statedAnswer(key.customerNumber, effect, call.warnings);
    });
  },
});
