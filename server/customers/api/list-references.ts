import { Type } from 'typebox';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findCustomer } from '../find-customer.ts';
import { findReferences } from '../references-store.ts';
import { CustomerParams } from './customer-answers.ts';

export const listExternalReferences = endpoint({
  operationId: 'listExternalReferences',
  summary: 'List what a customer is called in other systems',
  description: 'One name in each system, by the code of the system.',
  params: CustomerParams,
  reply: Type.Object({
    customerNumber: Type.Integer(),
    externalReferences: Type.Array(Type.Object({ referenceCode: Type.String(), externalId: Type.String() })),
  }),
  examples: { params: { customerNumber: 1_000_000 } },
  async handle(context: { database: Queryable }, call: ClientCall<undefined, CustomerParams>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    if (!(await findCustomer(context.database, key))) throw new Problem('not_found');
    const externalReferences = await findReferences(context.database, key);
    return { body: { customerNumber: number, externalReferences } };
  },
});
