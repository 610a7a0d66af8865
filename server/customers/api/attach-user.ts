import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { attachUser } from '../attach-user.ts';
import { CustomerChanged, CustomerParams, changedAnswer } from './customer-answers.ts';

const Body = narrowing({
  uniqueUserId: Type.String({ minLength: 1, maxLength: 64 }),
  reason: actReason,
});

export const attachCustomerUser = endpoint({
  operationId: 'attachCustomerUser',
  summary: 'Say that a user is a customer',
  description:
    'The reader then sees and changes what stands under the number, and their orders are the customer’s. ' +
    'Several users may be one customer; a user is one customer at the most (user_is_another_customer).',
  params: CustomerParams,
  body: Body,
  reply: CustomerChanged,
  changes: true,
  examples: {
    params: { customerNumber: 1_000_000 },
    body: { uniqueUserId: '0123456789abcdef0123456789abcdef' },
  },
  handle(
    context: { database: Database; secrets: Pick<Secrets, 'credentialHash'> },
    call: ClientCall<Static<typeof Body>, CustomerParams>,
  ) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const { uniqueUserId } = call.body;
    return runKeyed(context.database, call, `attachCustomerUser ${number}`, async (transaction) => {
      await attachUser(transaction, key, uniqueUserId, context.secrets.credentialHash);
      return changedAnswer(number, call.warnings);
    });
  },
});
