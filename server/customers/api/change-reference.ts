import type { Static } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { changeExternalReference as change } from '../change-references.ts';
import { ReferenceChanged, ReferenceFields, ReferenceParams, readReference } from './reference-fields.ts';

const Body = narrowing({ externalId: ReferenceFields.externalId });

export const changeExternalReference = endpoint({
  operationId: 'changeExternalReference',
  summary: 'Change what a customer is called in another system',
  description: 'Refused where the name stands for another customer (external_id_is_taken).',
  params: ReferenceParams,
  body: Body,
  reply: ReferenceChanged,
  examples: {
    params: { customerNumber: 1_000_000, referenceCode: 'CRM' },
    body: { externalId: 'A-1000002' },
  },
  handle(context: { database: Database }, call: ClientCall<Static<typeof Body>, ReferenceParams>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const reference = readReference({ ...call.params, ...call.body });
    return runKeyed(context.database, call, `changeExternalReference ${number}`, async (transaction) => {
      await change(transaction, key, reference);
      const { referenceCode } = reference;
      return { status: 200, body: { success: true, customerNumber: number, referenceCode } };
    });
  },
});
