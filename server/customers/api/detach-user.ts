import { type Static, Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { detachUser } from '../attach-user.ts';
import { CustomerChanged, changedAnswer } from './customer-answers.ts';

const Params = narrowing({
  customerNumber: Type.Integer({ minimum: 1 }),
  uniqueUserId: Type.String({ minLength: 1, maxLength: 64 }),
});

export const detachCustomerUser = endpoint({
  operationId: 'detachCustomerUser',
  summary: 'Say that a user is a customer no more',
  description: 'The reader sees nothing under the number any more. Their orders stay theirs.',
  params: Params,
  reply: CustomerChanged,
  examples: {
    params: { customerNumber: 1_000_000, uniqueUserId: '0123456789abcdef0123456789abcdef' },
  },
  handle(context: { database: Database }, call: ClientCall<undefined, Static<typeof Params>>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const { uniqueUserId } = call.params;
    return runKeyed(context.database, call, `detachCustomerUser ${number}`, async (transaction) => {
      await detachUser(transaction, key, uniqueUserId);
      return changedAnswer(number, call.warnings);
    });
  },
});
