import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing, narrowsIfGiven } from '../../kit/http/field-sorts.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { customerFields } from '../customer-body.ts';
import { readCustomer } from '../read-customer.ts';
import { registerCustomer as register } from '../register-customer.ts';
import { CustomerChanged, changedAnswer, exampleCustomer } from './customer-answers.ts';

const Body = narrowing({
  ...customerFields,
  customerNumber: narrowsIfGiven(
    Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'one that you have given already; else the next of ours',
      }),
    ),
  ),
});

export const registerCustomer = endpoint({
  operationId: 'registerCustomer',
  summary: 'Register a customer',
  description:
    'Name the customerNumber in the payer of orders. One that is taken is refused (customer_exists); one ' +
    'that only orders have is written down. The original’s path is not known: this one is ours.',
  body: Body,
  reply: CustomerChanged,
  changes: true,
  examples: { body: exampleCustomer },
  async handle(
    context: { database: Database; secrets: Pick<Secrets, 'credentialHash'> },
    call: ClientCall<Static<typeof Body>>,
  ) {
    const { publisher } = call.caller;
    const { customerNumber: number, ...body } = call.body;
    const { credentialHash } = context.secrets;
    const refusals = collectRefusals(call.warnings);
    const customer = readCustomer({ publisher, credentialHash, refusals }, body);
    refusals.throwIfAny();
    const registration = { publisherId: publisher.publisherId, number, customer };
    return runKeyed(context.database, call, 'registerCustomer', async (transaction) =>
      changedAnswer(await register(transaction, registration), call.warnings),
    );
  },
});
