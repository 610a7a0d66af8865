import { Type } from 'typebox';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { customerReply } from '../customer-body.ts';
import { findOwnCustomer } from '../find-own-customer.ts';
import { showDetails } from './customer-answers.ts';

export const showOwnCustomer = endpoint({
  operationId: 'showOwnCustomer',
  summary: 'Who a reader is as a customer, with their token',
  description:
    'What was said of the customer whose number the reader’s account is attached to. Where nobody has said ' +
    'anything, what the profile says: nothing that the reader has not proven.',
  reply: Type.Object({
    customerNumber: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
    ...customerReply,
    attachedUsers: Type.Array(Type.String(), { description: 'the reader alone' }),
  }),
  async handle(context: { database: Queryable }, { caller }: UserCall) {
    const { accountId, uniqueUserId } = caller.user;
    const own = await findOwnCustomer(context.database, caller.publisher.publisherId, accountId);
    if (!own) throw new Problem('not_found');
    const { customerNumber = null, details } = own;
    return { body: { customerNumber, ...showDetails(details), attachedUsers: [uniqueUserId] } };
  },
});
