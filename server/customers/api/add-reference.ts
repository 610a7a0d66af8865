import type { Static } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { addExternalReference as add } from '../change-references.ts';
import { CustomerParams } from './customer-answers.ts';
import { ReferenceChanged, ReferenceFields, readReference } from './reference-fields.ts';

const Body = narrowing(ReferenceFields);

export const addExternalReference = endpoint({
  operationId: 'addExternalReference',
  summary: 'Say what a customer is called in another system',
  description:
    'One name in each system (external_reference_exists), which stands for one customer of the publisher ' +
    '(external_id_is_taken). A search finds the customer by it.',
  params: CustomerParams,
  body: Body,
  reply: ReferenceChanged,
  changes: true,
  examples: {
    params: { customerNumber: 1_000_000 },
    body: { referenceCode: 'CRM', externalId: 'A-1000001' },
  },
  handle(
    context: { database: Database; secrets: Pick<Secrets, 'credentialHash'> },
    call: ClientCall<Static<typeof Body>, CustomerParams>,
  ) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const reference = readReference(call.body);
    return runKeyed(context.database, call, `addExternalReference ${number}`, async (transaction) => {
      await add(transaction, key, reference, context.secrets.credentialHash);
      const { referenceCode } = reference;
      return { status: 200, body: { success: true, customerNumber: number, referenceCode } };
    });
  },
});
