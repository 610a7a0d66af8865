import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanCode } from '../../kit/clean-text.ts';
import { credentialKey, credentialRefusal, parseCredential } from '../../kit/credential.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { Client, ClientCall } from '../../publishers/publisher.ts';
import { listOrders as findOrders } from '../find-order.ts';
import { orderStates } from '../order.ts';
import { OrderSummary } from '../order-reply.ts';
import { orderSummary } from '../show-order.ts';

const wordsForCredential = ['email', 'emailAddress', 'phone', 'phoneNumber', 'mobile', 'msisdn'];
const Query = narrowing({
  externalOrderId: Type.Optional(Type.String({ maxLength: 40 })),
  state: Type.Optional(Type.Union(orderStates.map((state) => Type.Literal(state)))),
  credential: Type.Optional(Type.String({ maxLength: 255, alsoCalled: wordsForCredential })),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

type Context = { database: Database; secrets: Secrets };

export const listOrders = endpoint({
  operationId: 'listOrders',
  summary: 'List orders, newest first',
  description:
    'Those that match every parameter that is given: an order number of yours, a state, an e-mail address ' +
    'or mobile of payer or receiver. Read on with `cursor` set to the `nextCursor` of the page before; ' +
    'null is the end',
  query: Query,
  reply: Type.Object({
    orders: Type.Array(OrderSummary),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  }),
  async handle(context: Context, call: ClientCall<undefined, undefined, Type.Static<typeof Query>>) {
    const { externalOrderId, state, credential, cursor, limit = 50 } = call.query;
    const rows = await findOrders(context.database, {
      publisherId: call.caller.publisher.publisherId,
      beforeOrderId: readCursor(cursor),
      externalOrderId: externalOrderId === undefined ? undefined : cleanCode(externalOrderId),
      state: orderStates.find((known) => known === state),
      credentialKey: credential === undefined ? undefined : keyOf(context, call.caller, credential),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(last.order_id) : null;
    return { body: { orders: page.map(orderSummary), nextCursor } };
  },
});

function keyOf(context: Context, client: Client, text: string): Buffer {
  const { publisherId, country } = client.publisher;
  const credential = parseCredential(text, country);
  if (!credential)
    throw fieldProblem('credential_is_invalid', 'credential', `credential ${credentialRefusal(text)}`);
  return credentialKey(context.secrets.credentialHash, publisherId, credential);
}
