import { type Static, Type } from 'typebox';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { eraseCustomer as erase } from '../erase-customer.ts';
import { CustomerParams } from './customer-answers.ts';

const Body = narrowing({
  giveUpSubscriptions: Type.Optional(
    Type.Boolean({ description: 'true: subscriptions that are paid for and run end as well' }),
  ),
  reason: actReason,
});

export const eraseCustomer = endpoint({
  operationId: 'eraseCustomer',
  summary: 'Erase a person',
  description:
    'Forgets who they are in everything: customer, accounts and logins, the payers of their orders, ' +
    'messages, links, callbacks and what providers said. Orders, sums and access stay, and are nobody’s. ' +
    'What the books must still name (documents) is put where no endpoint shows it, and deleted when its ' +
    'time is over. Refused while something of theirs is running (customer_is_served). It cannot be undone. ' +
    'What your own sites and providers know is for you to erase.',
  params: CustomerParams,
  body: Body,
  reply: Type.Object({
    success: Type.Boolean(),
    customerNumber: Type.Integer(),
    documents: Type.Array(
      Type.Object({
        orderId: Type.Integer(),
        invoiceNumber: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
        keptUntil: Type.Integer({ description: 'epoch milliseconds' }),
      }),
      { description: 'which bills and receipts still name the person, and until when' },
    ),
  }),
  changes: true,
  examples: { params: { customerNumber: 1_000_000 }, body: { reason: 'asked for it' } },
  handle(context: { database: Database }, call: ClientCall<Static<typeof Body>, CustomerParams>) {
    const number = customerNumber(call.params.customerNumber);
    const key = { publisherId: call.caller.publisher.publisherId, customerNumber: number };
    const givesUpSubscriptions = call.body.giveUpSubscriptions === true;
    return runKeyed(context.database, call, `eraseCustomer ${number}`, async (transaction) => {
      const documents = (await erase(transaction, key, { givesUpSubscriptions })).map((one) => {
        return { ...one, keptUntil: epochMilliseconds(one.keptUntil) };
      });
      return { status: 200, body: { success: true, customerNumber: number, documents } };
    });
  },
});
