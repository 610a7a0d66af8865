import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { describing, narrows, narrowsIfGiven } from '../../kit/http/field-sorts.ts';
import type { Warning } from '../../kit/http/read-input.ts';
import { orderId } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import { findPayerCountry } from '../../orders/find-payer-country.ts';
import { originalStatusOf } from '../../orders/order.ts';
import { fulfillmentUrl } from '../../orders/order-address.ts';
import type { MethodDirectory } from '../../payments/merchants/find-method.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { readCompletionOptions, warnOfSmsCountry } from '../../publishers/read-completion-options.ts';
import {
  type CompleteLane,
  type CompletionOutcome,
  type CompletionRequest,
  completeByApi,
} from '../complete-by-api.ts';
import { refusalTexts } from '../fulfillment.ts';

type Context = {
  settings: Settings;
  secrets: Secrets;
  database: Database;
  addressGuard: AddressGuard;
  completeOrder: CompleteLane;
  methods: Pick<MethodDirectory, 'wayToPay'>;
};

const optionalText = (maxLength: number) =>
  narrowsIfGiven(Type.Optional(Type.String({ minLength: 1, maxLength })));

const Body = describing({
  orderId: narrows(Type.Integer({ minimum: 1 })),
  callbackUrl: optionalText(2000),
  credential: optionalText(255),
  returnUrl: optionalText(2000),
  errorUrl: optionalText(2000),
  linkLifetime: narrowsIfGiven(Type.Optional(Type.Integer())),
});

export const completeOrder = endpoint({
  operationId: 'completeOrder',
  summary: 'Complete (fulfill) an order',
  description:
    'OK means accepted. Where a payment is taken, the callback tells the end. Repeating it changes nothing.',
  body: Body,
  reply: Type.Object({
    fulfillmentStatus: Type.Union([Type.Literal('OK'), Type.Literal('ERROR')]),
    orderId: Type.Integer(),
    errorMessage: Type.Union([Type.String(), Type.Null()]),
    code: Type.Optional(Type.String()),
    orderStatus: Type.String(),
    state: Type.String(),
    fulfillmentUrl: Type.Optional(Type.String()),
    warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
  }),
  changes: true,
  examples: {
    body: {
      orderId: 100_000,
      callbackUrl: 'http://localhost:8090/publisher/callback?mine=1',
      credential: 'kari@example.com',
      returnUrl: 'http://localhost:8090/publisher/return',
      errorUrl: 'http://localhost:8090/publisher/error',
      linkLifetime: 24,
    },
  },
  async handle(context: Context, call: ClientCall<Type.Static<typeof Body>>): Promise<Answer> {
    const refusals = collectRefusals(call.warnings);
    const { credentialHash } = context.secrets;
    const { database, addressGuard } = context;
    const { publisherId } = call.caller.publisher;
    const { orderId: id, credential } = call.body;
    const payerCountry = await findPayerCountry(database, publisherId, id, credential);
    const reader = { client: call.caller, credentialHash, addressGuard, refusals, payerCountry };
    const options = await readCompletionOptions(reader, call.body);
    warnOfSmsCountry(reader, options.credential);
    refusals.throwIfAny();
    const { caller: client } = call;
    const request: CompletionRequest = {
      client,
      by: client.by,
      orderId: orderId(call.body.orderId),
      options,
    };
    if (call.idempotencyKey === undefined) return answer(context, call, await context.completeOrder(request));
    return completeOnce(context, call, request);
  },
});

/** With a key the order goes alone, so that the key and the effect share one transaction. */
async function completeOnce(
  context: Context,
  call: ClientCall<Type.Static<typeof Body>>,
  request: CompletionRequest,
): Promise<Answer> {
  return runKeyed(context.database, call, 'completeOrder', async (transaction) => {
    const [outcome] = await completeByApi(context, transaction, [request]);
    if (!outcome) throw new Error('completing answered nothing');
    return { status: 200, body: answer(context, call, outcome).body };
  });
}

function answer(context: Context, call: ClientCall<{ orderId: number }>, outcome: CompletionOutcome): Answer {
  const id = orderId(call.body.orderId);
  switch (outcome.kind) {
    case 'unknown order':
      throw new Problem('not_found');
    case 'refused': {
      const url = fulfillmentUrl(context.settings.publicUrl, context.secrets.orderAddress, id);
      const mayAct = outcome.code === 'buyer_must_act' || outcome.code === 'payment_method_is_not_configured';
      const state = { orderStatus: originalStatusOf(outcome.state), state: outcome.state };
      const refusal = {
        fulfillmentStatus: 'ERROR',
        orderId: id,
        errorMessage: refusalTexts[outcome.code],
        code: outcome.code,
      };
      return {
        body: { ...refusal, ...state, ...(mayAct && { fulfillmentUrl: url }), warnings: call.warnings },
      };
    }
    case 'accepted': {
      const state = { orderStatus: originalStatusOf(outcome.state), state: outcome.state };
      const warnings = [...call.warnings, ...outcome.ignored.map(firstOneStands)];
      return { body: { fulfillmentStatus: 'OK', orderId: id, errorMessage: null, ...state, warnings } };
    }
  }
}

function firstOneStands(field: string): Warning {
  const message = `${field} is not used: what earlier requests asked for, or led to, stands`;
  return { field, rule: 'already_asked', message };
}
