import type { Static } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { changeCustomer as change } from '../change-customer.ts';
import { customerFields } from '../customer-body.ts';
import { readCustomer } from '../read-customer.ts';
import { CustomerChanged, CustomerParams, changedAnswer, exampleCustomer } from './customer-answers.ts';

const Body = narrowing({ ...customerFields, reason: actReason });

export const changeCustomer = endpoint({
  operationId: 'changeCustomer',
  summary: 'Change who a customer is',
  description:
    'Replaces everything: what is left out is nothing from then on. Addresses, references and users stay. ' +
    'Orders keep what they were registered with.',
  params: CustomerParams,
  body: Body,
  reply: CustomerChanged,
  changes: true,
  examples: { params: { customerNumber: 1_000_000 }, body: exampleCustomer },
  async handle(
    context: { database: Database; secrets: Pick<Secrets, 'credentialHash'> },
    call: ClientCall<Static<typeof Body>, CustomerParams>,
  ) {
    const { publisher } = call.caller;
    const { credentialHash } = context.secrets;
    const refusals = collectRefusals(call.warnings);
    const customer = readCustomer({ publisher, credentialHash, refusals }, call.body);
    refusals.throwIfAny();
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: publisher.publisherId, customerNumber: number };
    return runKeyed(context.database, call, `changeCustomer ${number}`, async (transaction) => {
      await change(transaction, key, customer, credentialHash);
      return changedAnswer(number, call.warnings);
    });
  },
});
