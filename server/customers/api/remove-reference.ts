import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanCode } from '../../kit/clean-text.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { removeExternalReference as remove } from '../change-references.ts';
import { ReferenceChanged, ReferenceParams } from './reference-fields.ts';

export const removeExternalReference = endpoint({
  operationId: 'removeExternalReference',
  summary: 'Remove what a customer is called in another system',
  description: 'The name may stand for another customer from then on.',
  params: ReferenceParams,
  reply: ReferenceChanged,
  examples: { params: { customerNumber: 1_000_000, referenceCode: 'CRM' } },
  handle(context: { database: Database }, call: ClientCall<undefined, ReferenceParams>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const referenceCode = cleanCode(call.params.referenceCode);
    return runKeyed(context.database, call, `removeExternalReference ${number}`, async (transaction) => {
      await remove(transaction, key, referenceCode);
      return { status: 200, body: { success: true, customerNumber: number, referenceCode } };
    });
  },
});
